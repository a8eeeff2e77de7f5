"""One photograph large: turned for the eye, marked on a copy, with everything the file and the program say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QWidget

from app.domain.changes import Changes
from app.domain.ids import Sha256
from app.domain.onsite.ids import VisitId
from app.domain.onsite.photo import PhotoFacts
from app.errors import UserFacingError
from app.i18n import N_, _
from app.progress import Progress
from app.services.visit_sheet import VisitSheet
from app.words.sizes import size_words
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Space
from ui.visit.photos_canvas import PhotoCanvas
from ui.visit.photos_facts import remark_lines
from ui.visit.photos_lines import PhotoLine, claimed_words, items_words, moment_words
from ui.visit.photos_marks import Mark, MarkKind, marked_copy
from ui.visit.photos_thumbs import PictureSource, image_of
from ui.widgets.plain_label import PlainLabel

_SHARP: Final = 2_400  # pixels of the longer side on the screen
_COPY: Final = 4_000  # and of a copy: more than a printed page shows
_QUARTER: Final = 90
_LONGEST_CAPTION: Final = 120
_FULL: Final = 360
_TOOLS: Final = {MarkKind.ARROW: N_("Arrow"), MarkKind.BOX: N_("Box"), MarkKind.BLACK_OUT: N_("Black out")}


@dataclass(frozen=True, slots=True)
class _Shown:
    photo: Sha256
    rotation: int
    image: QImage | None = None
    error: UserFacingError | None = None


class PhotoView(QWidget):
    """In place of the tray.

    Signals:
        closed: back to the tray.
        turned: to the photo so many places further.
        copied: the ``Changes`` of a marked copy.
    """

    closed = Signal()
    turned = Signal(int)
    copied = Signal(object)

    def __init__(
        self, context: DeskContext, visit: VisitId, source: PictureSource, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._visit, self._source = context, visit, source
        self._line: PhotoLine | None = None
        self._rotation = 0
        self.canvas = PhotoCanvas()
        self.title = PlainLabel(role="reading")
        self.facts = PlainLabel(role="small", is_wrapped=True, is_selectable=True)
        self.caption = QLineEdit()
        self.caption.setMaxLength(_LONGEST_CAPTION)
        self.caption.setAccessibleName(_("Caption for the report"))
        self.caption.setPlaceholderText(_("Caption for the report"))
        self.caption.textEdited.connect(self._on_caption)
        self.note = PlainLabel(role="warn", is_wrapped=True)
        self.back = _button(_("Back to the photos"), self._on_back)
        self.before = _button(_("Photo before"), partial(self._turn, -1))
        self.after = _button(_("Next photo"), partial(self._turn, 1))
        self.rotate = _button(_("Rotate"), self._on_rotate)
        self.nearer = _button(_("Larger"), partial(self.canvas.zoom, 1))
        self.whole = _button(_("Whole photo"), partial(self.canvas.zoom, 0))
        self.tools = {kind: self._tool(kind) for kind in MarkKind}
        self.undo = _button(_("Take back the last mark"), self.canvas.undo)
        self.discard = _button(_("Discard the marks"), self.canvas.clear_marks)
        self.keep = QPushButton(_("Keep as a marked copy"))
        set_role(self.keep, "primary")
        self.keep.clicked.connect(self._on_keep)
        self._build()
        self.canvas.marks_changed.connect(self._show_marks)
        self._show_marks()

    def shown(self) -> Sha256 | None:
        """The photo in view."""
        return self._line.sha256 if self._line else None

    def show_photo(self, line: PhotoLine, sheet: VisitSheet) -> None:
        """Show another photo, upright."""
        self._rotation = 0
        self.renew(line, sheet)
        self.note.hide()
        self._load()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self, line: PhotoLine | None, sheet: VisitSheet) -> None:
        """The words about the photo in view; its picture stays."""
        self._line = line
        if line is None:
            return
        photo = line.photo
        self.caption.setEnabled(bool(line.tray.items) and sheet.result is None)
        is_settled = self._context.saver.is_settled(self._caption_key(photo.sha256))
        if is_settled and self.caption.text() != line.tray.caption:  # the cursor stays where somebody types
            self.caption.setText(line.tray.caption)
        words = [_("Photo {number}").format(number=line.number), claimed_words(photo)]
        if line.tray.items:
            words.append(items_words(line.tray.items))
        self.title.setText(" · ".join(words))
        facts = [
            _("Taken in, by this program: {moment}").format(moment=moment_words(photo.received_at)),
            photo.camera or _("no camera data"),
            _("{name} · {width} × {height} · {size}").format(
                name=photo.name, width=photo.width, height=photo.height, size=size_words(photo.size)
            ),
            _("SHA-256 of the original: {digest}").format(digest=photo.sha256),
            *remark_lines(line, sheet),
        ]
        self.facts.setText(" · ".join(facts))

    def _caption_key(self, photo: Sha256) -> str:
        return f"visit/{self._visit}/caption/{photo}"

    def _on_caption(self, text: str) -> None:
        photo = self.shown()
        if photo is not None:
            write = partial(self._context.desk.visits.photos.caption, self._visit, photo, text)
            self._context.saver.later(self._caption_key(photo), write)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._on_back()
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_Right}:
            self._turn(1)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_Left}:
            self._turn(-1)
        elif key == Qt.Key.Key_R:
            self._on_rotate()
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.canvas.zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.canvas.zoom(-1)
        elif key == Qt.Key.Key_0:
            self.canvas.zoom(0)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        top = row(self.back, self.title, self.before, self.after, self.rotate, self.nearer, self.whole, gap=Space.HALF)
        top.setStretchFactor(self.title, 1)
        marks = row(
            PlainLabel(_("Draw on a copy:"), role="muted"), *self.tools.values(), self.undo, self.discard, self.keep,
            None, gap=Space.HALF,
        )  # fmt: skip
        layout = column(top, marks, self.note, self.canvas, self.caption, self.facts, gap=Space.HALF)
        layout.setContentsMargins(px(Space.BETWEEN), px(Space.HALF), px(Space.BETWEEN), px(Space.INSIDE))
        layout.setStretchFactor(self.canvas, 1)
        self.setLayout(layout)

    def _tool(self, kind: MarkKind) -> QToolButton:
        button = QToolButton()
        button.setText(_(_TOOLS[kind]))
        button.setCheckable(True)
        set_role(button, "segment")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(_("Draw: {tool}").format(tool=_(_TOOLS[kind])))
        button.toggled.connect(lambda is_on: self._on_tool(kind, is_on=is_on))
        return button

    def _load(self) -> None:
        if self._line is None:
            return
        photo, rotation = self._line.photo, self._rotation
        self.canvas.show_image(None, _("Opening the photo…"))
        self._context.workers.run(
            partial(_render, self._source, photo, rotation, most=_SHARP),
            lane=Lane.OTHER,
            is_quiet=True,
            done=self._on_loaded,
        )

    def _on_loaded(self, reply: _Shown) -> None:
        if reply.photo != self.shown() or reply.rotation != self._rotation:
            return
        self.canvas.show_image(reply.image, reply.error.sentence() if reply.error else "")
        self._show_marks()

    def _show_marks(self) -> None:
        has_marks = bool(self.canvas.marks())
        for part in (self.keep, self.undo, self.discard):
            part.setEnabled(has_marks)
        self.rotate.setEnabled(not has_marks)
        for button in self.tools.values():
            button.setEnabled(self.canvas.image() is not None)
        if not has_marks:
            self.note.hide()

    def _on_tool(self, kind: MarkKind, *, is_on: bool) -> None:
        if is_on:
            for other, button in self.tools.items():
                button.setChecked(other is kind)
        chosen = [other for other, button in self.tools.items() if button.isChecked()]
        self.canvas.set_tool(chosen[0] if chosen else None)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_rotate(self) -> None:
        if not self.canvas.marks():
            self._rotation = (self._rotation + _QUARTER) % _FULL
            self._load()

    def _turn(self, steps: int) -> None:
        if self._may_leave():
            self.turned.emit(steps)

    def _on_back(self) -> None:
        if self._may_leave():
            self.closed.emit()

    def _may_leave(self) -> bool:
        if not self.canvas.marks():
            return True
        self.note.setText(_("What is drawn is not kept yet. Keep it as a marked copy, or discard the marks."))
        self.note.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _on_keep(self) -> None:
        if self._line is None or not self.canvas.marks():
            return
        self.keep.setEnabled(False)
        work = partial(self._copy, self._line.photo, self._rotation, self.canvas.marks())
        self._context.workers.run(
            work, title=_("Keeping the marked copy"), lane=Lane.OTHER, done=self._on_kept, failed=self._on_failed
        )

    def _copy(
        self, photo: PhotoFacts, rotation: int, marks: tuple[Mark, ...], _progress: Progress
    ) -> tuple[PhotoFacts, Changes]:
        shown = _render(self._source, photo, rotation, _progress, most=_COPY)
        if shown.error is not None or shown.image is None:
            raise shown.error or UserFacingError
        return self._context.desk.visits.marking.keep(self._visit, photo.sha256, marked_copy(shown.image, marks))

    def _on_kept(self, reply: tuple[PhotoFacts, Changes]) -> None:
        copy, changes = reply
        self.canvas.clear_marks()
        self.note.setText(_("Kept as photo {number}. The original is unchanged.").format(number=copy.number))
        self.note.show()
        self.copied.emit(changes)

    def _on_failed(self, error: Exception) -> None:
        self._show_marks()
        if not isinstance(error, UserFacingError):
            self._context.workers.failed.emit(error)
            return
        self.note.setText(error.sentence())
        self.note.show()


def _button(text: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    set_role(button, "quiet")
    button.clicked.connect(lambda _checked: act())
    return button


def _render(source: PictureSource, photo: PhotoFacts, rotation: int, progress: Progress, *, most: int) -> _Shown:
    progress.step(0, 1)
    width, height = (photo.width, photo.height) if rotation % (2 * _QUARTER) == 0 else (photo.height, photo.width)
    wanted = max(1, min(width, round(most * width / max(width, height))))
    try:
        document = source(photo.sha256)
        try:
            return _Shown(photo.sha256, rotation, image_of(document.render(1, width=wanted, rotation=rotation)))
        finally:
            document.close()
    except UserFacingError as error:
        return _Shown(photo.sha256, rotation, error=error)
