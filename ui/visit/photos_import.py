"""Taking photographs in: chosen or dropped, sorted to the visits they belong to, with progress and a way to stop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QProgressBar, QPushButton, QWidget

from app.domain.changes import NOTHING, Changes
from app.domain.onsite.ids import MemberId, VisitId
from app.domain.onsite.visit import ASSESSING
from app.errors import UserFacingError
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.visit_photos import PhotoImport, PhotoOutcome, TakenPhoto
from app.services.visit_sheet import VisitSheet
from app.services.visit_sorting import PhotoClaim
from ui.desk.context import DeskContext
from ui.jobs import Job, Lane
from ui.layouts import column, row
from ui.plain import plain, plain_tool_tip
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel

_MOST_TOLD: Final = 3
_NEWS_EVERY: Final = 20  # photos: often enough to see the tray grow, seldom enough not to slow it


@dataclass(frozen=True, slots=True)
class _Sorted:
    claims: tuple[PhotoClaim, ...]
    codes: dict[VisitId, str]


class PhotoImportBar(QWidget):
    """One line of buttons; while it works, one line of progress.

    Signals:
        taken: the ``Changes`` of an import, also of one that was stopped, and now and then while it goes on.
    """

    taken = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._job: Job | None = None
        self._claims: tuple[PhotoClaim, ...] = ()
        self._author: MemberId | None = None
        self._has_papers = False
        self.hint = PlainLabel(_("Drop photos or a whole folder anywhere here."), role="muted", is_wrapped=True)
        self.files, self.folder = QPushButton(_("Choose photos…")), QPushButton(_("Choose a folder…"))
        self.files.clicked.connect(self._on_files)
        self.folder.clicked.connect(self._on_folder)
        self._photos_lie_in = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        self.author = QComboBox()
        self.author.setAccessibleName(_("Who took the photos"))
        self.author.setToolTip(_("Who took the photos"))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(px(Size.PROGRESS))
        self._bar.setAccessibleName(_("Photos taken in"))
        self._stop = QPushButton(_("Stop"))
        self._stop.clicked.connect(self._on_stop)
        self.each, self.all_here = QPushButton(), QPushButton(_("Take all into this visit"))
        set_role(self.each, "primary")
        self.each.setText(_("Take each into its own visit"))
        self.each.clicked.connect(self._on_each)
        self.all_here.clicked.connect(self._on_all_here)
        self.never = QPushButton(_("Take none"))
        self.never.clicked.connect(self._on_none)
        for button in (self.files, self.folder, self._stop, self.all_here, self.never):
            set_role(button, "quiet")
        buttons = (self.each, self.all_here, self.never, self.author, self.files, self.folder)
        line = row(self.hint, self._bar, self._stop, *buttons, gap=Space.INSIDE)
        line.setStretchFactor(self.hint, 1)
        self.setLayout(column(line))
        self._show_parts()

    @property
    def is_busy(self) -> bool:
        """Whether photos are on their way in."""
        return self._job is not None

    def show_team(self, sheet: VisitSheet) -> None:
        """Members without a desk can be named as the authors of what is taken in."""
        chosen = self.author.currentData()
        papers = [one for one in sheet.plan.team if one.role in ASSESSING and not one.has_desk and one.id != sheet.me]
        self.author.blockSignals(True)
        self.author.clear()
        self.author.addItem(_("taken by me"), None)
        for one in papers:
            self.author.addItem(plain(_("taken by {name}").format(name=one.name)), one.id)
        self.author.setCurrentIndex(max(0, self.author.findData(chosen)))
        self.author.blockSignals(False)
        self._has_papers = bool(papers)
        self._show_parts()

    def take(self, paths: Sequence[Path]) -> None:
        """Take every photo among *paths* and in the folders among them; first look where each belongs."""
        if self.is_busy or not paths:
            return
        self._author = self.author.currentData()
        self._begin(partial(self._sort, tuple(paths)), self._on_sorted)

    def _sort(self, paths: tuple[Path, ...], progress: Progress) -> _Sorted:
        visits = self._context.desk.visits
        open_ones = {line.visit: line.code for line in visits.all()}
        if len(open_ones) == 1:
            return _Sorted(tuple(PhotoClaim(path, None, None) for path in paths), {})
        return _Sorted(visits.sorting.sort(paths, progress=progress), open_ones)

    def _on_sorted(self, found: _Sorted) -> None:
        self._job = None
        abroad = [claim for claim in found.claims if claim.visit not in (None, self._visit)]
        self._claims = found.claims
        if not abroad:
            self._on_all_here()
            return
        codes = sorted({found.codes[claim.visit] for claim in abroad if claim.visit})
        words = ngettext(
            "By the timetable, {count} of {of} photos belongs to another visit: {codes}.",
            "By the timetable, {count} of {of} photos belong to other visits: {codes}.",
            len(abroad),
        )
        self.hint.setText(words.format(count=len(abroad), of=len(found.claims), codes=_(", ").join(codes)))
        self._show_parts()
        self.each.setFocus()

    def _on_each(self) -> None:
        self._import([(claim.visit or self._visit, claim.path) for claim in self._claims])

    def _on_all_here(self) -> None:
        self._import([(self._visit, claim.path) for claim in self._claims])

    def _on_none(self) -> None:
        self._claims = ()
        self.hint.setText(_("Drop photos or a whole folder anywhere here."))
        self._show_parts()

    def _import(self, wanted: list[tuple[VisitId, Path]]) -> None:
        self._claims = ()
        self._begin(partial(self._take, wanted, self._author), self._on_taken)

    def _take(self, wanted: list[tuple[VisitId, Path]], author: MemberId | None, progress: Progress) -> PhotoImport:
        photos = self._context.desk.visits.photos
        by_visit: dict[VisitId, list[Path]] = {}
        for visit, path in wanted:
            by_visit.setdefault(visit, []).append(path)
        taken: list[TakenPhoto] = []
        changes = NOTHING
        for visit, paths in by_visit.items():
            by = author if visit == self._visit else None
            done = photos.take(visit, paths, author=by, progress=_Part(progress, len(taken), of=len(wanted)))
            taken += done.photos
            changes |= done.changes
        return PhotoImport(tuple(taken), changes)

    def _begin(self, work: Callable[[Progress], object], done: Callable[[Any], object]) -> None:
        self.hint.setText(_("Looking at the photos…"))
        self._bar.setRange(0, 0)
        self._job = self._context.workers.run(  # not the database thread: what is typed meanwhile is saved at once
            work,
            title=_("Taking photos"),
            lane=Lane.OTHER,
            done=done,
            failed=self._on_failed,
            cancelled=self._on_cancelled,
            progressed=self._on_progress,
        )
        self._show_parts()

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.hint.setText(_("{done} of {total} photos").format(done=done, total=total))
        if done % _NEWS_EVERY == 0 and self.is_busy:
            self.taken.emit(Changes(visits=frozenset({self._visit})))

    def _on_taken(self, result: PhotoImport) -> None:
        self._job = None
        self.hint.setText(_result_words(result))
        self.hint.setToolTip(plain_tool_tip("\n".join(_refusals(result))))
        self._show_parts()
        self.taken.emit(result.changes)

    def _on_cancelled(self) -> None:
        self._job = None
        self.hint.setText(_("Stopped. What was taken so far is in the tray."))
        self._show_parts()
        self.taken.emit(Changes(visits=frozenset({self._visit})))

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, UserFacingError):
            self.hint.setText(error.sentence())
        else:
            self.hint.setText(_("Not all photos were taken. What was taken so far is in the tray."))
            self._context.workers.failed.emit(error)
        self._show_parts()
        self.taken.emit(Changes(visits=frozenset({self._visit})))

    def _show_parts(self) -> None:
        is_asking = bool(self._claims) and not self.is_busy
        for part in (self._bar, self._stop):
            part.setVisible(self.is_busy)
        for part in (self.each, self.all_here, self.never):
            part.setVisible(is_asking)
        for part in (self.files, self.folder):
            part.setVisible(not is_asking and not self.is_busy)
        self.author.setVisible(self._has_papers and not is_asking and not self.is_busy)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_files(self) -> None:
        pattern = _("Photos (*.jpg *.jpeg *.png *.webp *.heic *.heif)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Choose photos"), self._photos_lie_in, pattern)
        self._take_chosen(tuple(Path(name) for name in names))

    def _on_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose a folder"), self._photos_lie_in)
        self._take_chosen((Path(name),) if name else ())

    def _take_chosen(self, paths: tuple[Path, ...]) -> None:
        if paths:
            self._photos_lie_in = str(paths[0].parent)
            self.take(paths)


class _Part:
    """The progress of one visit's photos within that of all of them."""

    def __init__(self, whole: Progress, before: int, *, of: int) -> None:
        self._whole, self._before, self._of = whole, before, of

    def step(self, done: int, total: int) -> None:
        self._whole.step(self._before + done, max(self._of, self._before + total))


def _result_words(result: PhotoImport) -> str:
    taken, known, refused = (result.count(outcome) for outcome in PhotoOutcome)
    words = [ngettext("{count} photo taken.", "{count} photos taken.", taken).format(count=taken)]
    if known:
        words.append(ngettext("{count} was here already.", "{count} were here already.", known).format(count=known))
    twins = sum(bool(one.resembles) for one in result.photos)
    if twins:
        words.append(
            ngettext("{count} looks like another photo.", "{count} look like other photos.", twins).format(count=twins)
        )
    if refused:
        words.append(ngettext("{count} not taken:", "{count} not taken:", refused).format(count=refused))
        words += _refusals(result)[:_MOST_TOLD]
        if refused > _MOST_TOLD:
            words.append("…")
    return " ".join(words)


def _refusals(result: PhotoImport) -> list[str]:
    words = _("{file}: {sentence}")
    refused = (one for one in result.photos if one.outcome is PhotoOutcome.REFUSED)
    return [words.format(file=one.file, sentence=one.sentence) for one in refused]
