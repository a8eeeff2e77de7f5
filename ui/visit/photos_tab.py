"""Photographs of one visit: taken in, looked at, put on the items they prove."""

from collections import Counter
from collections.abc import Hashable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSplitter, QStackedWidget, QWidget

from app.domain.changes import NOTHING, Changes
from app.domain.ids import Sha256
from app.domain.onsite.ids import ItemId, VisitId
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.visit_resemblance import Resemblance
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.jobs import Lane
from ui.layouts import column, row
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.visit.meeting_touch import enlarge, is_large, stand
from ui.visit.photos_facts import PhotoFactsPanel, slot_of
from ui.visit.photos_import import PhotoImportBar
from ui.visit.photos_items import PhotoItems, Placing
from ui.visit.photos_lines import Flag, PhotoLine, counts_of, items_words, lines_of
from ui.visit.photos_noted import NotedNumbers
from ui.visit.photos_thumbs import PhotoThumbs
from ui.visit.photos_tray import PhotoTray, local_paths
from ui.visit.photos_view import PhotoView
from ui.widgets.empty_state import EmptyState
from ui.widgets.filter_chips import ChipCount, FilterChips
from ui.widgets.plain_label import PlainLabel

_SPLITTER: Final = "visit_photos"


class PhotosTab(QWidget):
    """Everything is kept by the services; this tab shows the sheet it was last given.

    Signals:
        changed: something was written that did not go through the saver; the hub has been told, too.
    """

    changed = Signal()

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._lines: tuple[PhotoLine, ...] = ()
        self._missing: tuple[Sha256, ...] = ()
        self._elsewhere: tuple[Resemblance, ...] = ()
        self._looked_at: object = None
        self._after: Sha256 | None = None
        source = partial(context.desk.visits.photos.open, visit)
        self.thumbs = PhotoThumbs(source, context.workers, self)
        self.bar = PhotoImportBar(context, visit)
        self.chips = FilterChips()
        self.count = PlainLabel(role="muted")
        self.tray = PhotoTray(self.thumbs)
        self.empty = EmptyState(
            _("No photos yet"), _("Drop photos or a folder here, or choose them. The originals stay as they are.")
        )
        self.facts = PhotoFactsPanel()
        self.proposal = QPushButton()
        self.items = PhotoItems()
        self.noted = NotedNumbers(context, visit)
        self.view = PhotoView(context, visit, source)
        self._stack, self._grid = QStackedWidget(), QStackedWidget()
        self._build()
        self._wire()

    def refresh(self, sheet: VisitSheet) -> None:
        """Show *sheet*; what is chosen stays chosen."""
        self._sheet = sheet
        self.bar.show_team(sheet)
        self.noted.show_checklist(sheet.checklist, is_open=sheet.result is None)
        self._show()
        self._look(sheet)

    def take(self, paths: Iterable[Path]) -> None:
        """Take photos in, as if they had been dropped here."""
        self.bar.take(tuple(paths))

    def loose_count(self) -> int:
        """How many photos are on no item yet."""
        return counts_of(self._lines).get(Flag.LOOSE, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stand(self._splitter, event.size())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(local_paths(event.mimeData()))

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self._grid.addWidget(self.tray)
        self._grid.addWidget(self.empty)
        set_role(self.proposal, "quiet")
        inside = QWidget()
        inner = column(self.facts, row(self.proposal, None), self.items, self.noted, gap=Space.INSIDE)
        inner.setContentsMargins(px(Space.ROOM), px(Space.HALF), px(Space.ROOM), px(Space.INSIDE))
        inner.setStretchFactor(self.items, 1)
        inside.setLayout(inner)
        side = QScrollArea()  # with large letters there is more to say than room beside the grid
        side.setWidget(inside)
        side.setWidgetResizable(True)
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setMinimumWidth(inside.minimumSizeHint().width() + px(Size.SCROLL_BAR))
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._grid)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        self._context.remembered.splitter(splitter, _SPLITTER)
        head = row(self.chips, self.count, gap=Space.INSIDE)
        head.setStretchFactor(self.chips, 1)
        top = column(self.bar, head, gap=Space.HALF)
        top.setContentsMargins(px(Space.BETWEEN), px(Space.HALF), px(Space.BETWEEN), px(Space.HALF))
        page = QWidget()
        layout = column(top, splitter, gap=0)
        layout.setStretchFactor(splitter, 1)
        page.setLayout(layout)
        self._stack.addWidget(page)
        self._stack.addWidget(self.view)
        self.setLayout(column(self._stack))

    def _wire(self) -> None:
        self.bar.taken.connect(self._publish)
        self.noted.placed.connect(self._publish)
        self.chips.chosen_changed.connect(self._on_chips)
        self.tray.chosen_changed.connect(self._show_chosen)
        self.tray.opened.connect(self._on_opened)
        self.tray.typed.connect(self.items.begin)
        self.tray.dropped.connect(self.take)
        self.items.ticked.connect(self._on_ticked)
        self.items.dropped.connect(self._on_dropped)
        self.items.entered.connect(self._on_entered)
        self.proposal.clicked.connect(self._on_proposal)
        self.view.closed.connect(self._on_closed)
        self.view.turned.connect(self._on_turned)
        self.view.copied.connect(self._publish)
        self._context.saver.refused.connect(self._on_refused)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.items.field, context=Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self._on_given_up)

    def _look(self, sheet: VisitSheet) -> None:
        """Files that are not here and pictures that other visits have, read when the photos have changed."""
        seen = tuple((one.photo.sha256, one.items) for one in sheet.photos)
        if seen != self._looked_at:
            self._looked_at = seen
            self._context.workers.run(
                self._read, lane=Lane.DATABASE, is_quiet=True, done=self._on_looked, failed=self._on_failed
            )

    def _read(self, _progress: Progress) -> tuple[tuple[Sha256, ...], tuple[Resemblance, ...]]:
        visits = self._context.desk.visits
        missing = tuple(one.sha256 for one in visits.photos.missing(self._visit))
        return missing, visits.elsewhere(self._visit)

    def _on_looked(self, reply: tuple[tuple[Sha256, ...], tuple[Resemblance, ...]]) -> None:
        if reply != (self._missing, self._elsewhere):
            self._missing, self._elsewhere = reply
            self._show()

    def _on_failed(self, _error: Exception) -> None:
        """Whoever reads the sheet is told the same, and tells it."""
        self._looked_at = None

    def _show(self) -> None:
        if self._sheet is None:
            return
        self._lines = lines_of(self._sheet, self._missing, self._elsewhere)
        counts = counts_of(self._lines)
        self.chips.show_counts(ChipCount(flag, flag.state, count) for flag, count in counts.items())
        total = len(self._lines)
        self.count.setText(ngettext("{count} photo", "{count} photos", total).format(count=total))
        enlarge(self, is_large=is_large(self._context))
        self._grid.setCurrentIndex(0 if self._lines else 1)
        self._show_lines(self.chips.chosen())
        if self._after is not None:
            self.tray.choose_after(self._after)
            self._after = None
        self._show_chosen()
        if self._stack.currentWidget() is self.view:
            self.view.renew(self._line(self.view.shown()), self._sheet)

    def _show_lines(self, wanted: frozenset[Hashable]) -> None:
        """Photos that any of the pressed chips applies to; those that are chosen stay in view until others are."""
        kept = frozenset(self.tray.chosen()) if wanted else frozenset()
        shown = [line for line in self._lines if not wanted or wanted & set(line.flags) or line.sha256 in kept]
        self.tray.show_lines(shown)

    def _on_chips(self, wanted: frozenset[Hashable]) -> None:
        self.tray.clearSelection()
        self._show_lines(wanted)

    def _show_chosen(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        wanted = frozenset(self.tray.chosen())
        chosen = [line for line in self._lines if line.sha256 in wanted]
        self.facts.show_photo(chosen[0] if len(chosen) == 1 else None, sheet, chosen=len(chosen))
        slots = [slot_of(line, sheet.plan) for line in chosen]
        proposed = frozenset(item for slot in slots if slot for item in slot.items)
        is_open = sheet.result is None
        placing = Placing(
            counts=Counter(item for line in self._lines for item in line.tray.items),
            chosen=len(chosen),
            on=Counter(item for line in chosen for item in line.tray.items),
            proposed=proposed,
            is_open=is_open,
        )
        self.items.show_items(sheet.checklist, placing)
        # Several items at one stop of the timetable are for the assessor to tell apart; one is a proposal.
        self.proposal.setVisible(is_open and len(proposed) == 1 and placing.on[next(iter(proposed))] < len(chosen))
        self.proposal.setText(_("Put on {items}, by the timetable").format(items=items_words(sorted(proposed))))
        self.proposal.setProperty("item", next(iter(proposed), ""))

    def _line(self, photo: Sha256 | None) -> PhotoLine | None:
        return next((line for line in self._lines if line.sha256 == photo), None)

    def _on_ticked(self, item: str, is_on: bool, /) -> None:
        self._place(self.tray.chosen(), ItemId(item), is_on=is_on)

    def _on_dropped(self, item: str, photos: tuple[Sha256, ...]) -> None:
        self._place(photos, ItemId(item), is_on=True)

    def _on_entered(self, item: str) -> None:
        chosen = self.tray.chosen()
        self._after = chosen[-1] if chosen else None
        self._place(chosen, ItemId(item), is_on=True)
        self.tray.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_proposal(self) -> None:
        self._place(self.tray.chosen(), ItemId(str(self.proposal.property("item"))), is_on=True)
        self.tray.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, photos: Iterable[Sha256], item: ItemId, *, is_on: bool) -> None:
        on = {line.sha256 for line in self._lines if item in line.tray.items}
        wanted = tuple(photo for photo in photos if (photo in on) != is_on)
        if wanted:
            self._context.saver.now(partial(self._write, wanted, item, is_on=is_on))
        else:
            self._show()

    def _write(self, photos: tuple[Sha256, ...], item: ItemId, *, is_on: bool) -> Changes:
        service, changes = self._context.desk.visits.photos, NOTHING
        act = service.bind if is_on else service.unbind
        for photo in photos:
            changes |= act(self._visit, photo, item)
        return changes

    def _on_refused(self, _error: object) -> None:
        """The window says why; the ticks go back to what the store holds."""
        self._after = None
        self._show()

    def _on_opened(self, photo: str) -> None:
        line = self._line(Sha256(photo))
        if line is not None and self._sheet is not None:
            self._stack.setCurrentWidget(self.view)
            self.view.show_photo(line, self._sheet)

    def _on_turned(self, steps: int) -> None:
        shown = [self.tray.photos.line(row).sha256 for row in range(self.tray.photos.rowCount())]
        current = self.view.shown()
        if current in shown:
            place = shown.index(current) + steps
            if 0 <= place < len(shown):
                self.tray.choose([shown[place]])
                self._on_opened(shown[place])

    def _on_closed(self) -> None:
        self._stack.setCurrentIndex(0)
        self.tray.scrollTo(self.tray.currentIndex())
        self.tray.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_given_up(self) -> None:
        self.items.field.clear()
        self.tray.setFocus(Qt.FocusReason.OtherFocusReason)

    def _publish(self, changes: object) -> None:
        if changes:
            self._context.hub.publish(changes, by=self)
            self.changed.emit()
