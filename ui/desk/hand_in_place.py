"""Hand in: tick, look at the printed form, sign, write one file, and see later that it arrived."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from app.domain.changes import Changes
from app.domain.ids import ReviewId
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.errors import UserFacingError
from app.i18n import _, ngettext
from app.progress import Progress
from app.services.desk_receipts import Confirmed
from app.services.desk_sealing import HandedIn
from app.services.desk_views import Overview, Task
from app.words.onsite import lost_photo_words
from app.words.reviews import damaged_words
from ui.desk.changes_note import ChangesNote, Revised
from ui.desk.clear_bar import ClearBar
from ui.desk.context import DeskContext
from ui.desk.form_preview import FormPreview
from ui.desk.hand_in_file import proposed_name
from ui.desk.package_list import PackageList
from ui.desk.ready_list import ReadyList
from ui.desk.sign_bar import SignBar
from ui.desk.words import title_words
from ui.jobs import Lane
from ui.layouts import column, hairline
from ui.message import Gravity, Message
from ui.place import PlaceView
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.written_file import open_folder_of


class HandInPlace(PlaceView):
    """Signing asks for the passphrase again; nothing is ever written silently.

    Signals:
        failed: an error for the teller.
    """

    failed = Signal(object)

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._overview: Overview | None = None
        self._unsent = 0
        self._cosigned = 0
        self._wanted: tuple[ReviewId, ...] = ()
        self._written: Path | None = None
        self._is_reading = self._is_stale = False
        self.ready, self.preview, self.packages = ReadyList(), FormPreview(context), PackageList(context)
        self.clearing, self.changes = ClearBar(context), ChangesNote()
        self.sign = SignBar(_("Sign and write"))
        self._what = PlainLabel(role="muted", is_wrapped=True)
        self._build()
        self._wire()
        self.reload()

    def first_focus(self) -> QWidget | None:
        return self.ready.focusProxy()

    def about(self) -> str:
        if self._overview is None:
            return ""
        return _("{count} of {of} handed in, {confirmed} confirmed").format(
            count=self._overview.handed_in, of=self._overview.of, confirmed=self._overview.confirmed
        )

    def entered(self) -> None:
        self._context.saver.flush()
        self.reload()

    def tick_only(self, reviews: tuple[ReviewId, ...]) -> None:
        """Somebody comes here to sign these."""
        self._wanted = reviews
        self.reload()

    def reload(self) -> None:
        """Read what is ready and what was handed in, off the GUI thread."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._context.workers.run(
            self._load, lane=Lane.DATABASE, is_quiet=True, done=self._on_read, failed=self._on_failed
        )

    def _build(self) -> None:
        left = QWidget()
        signing = column(self._what, self.sign, gap=Space.INSIDE)
        signing.setContentsMargins(px(Space.PAGE), px(Space.INSIDE), px(Space.BETWEEN), px(Space.INSIDE))
        self._upper, self._outer = QSplitter(), QSplitter(Qt.Orientation.Vertical)
        for part in (self.ready, self.preview):
            self._upper.addWidget(part)
        self._upper.setSizes([px(Size.DIALOG_WIDTH), px(Size.READING_WIDTH) * 2])
        self._upper.setStretchFactor(1, 1)
        top = column(self._upper, hairline(), self.changes, signing, gap=0)
        top.setStretchFactor(self._upper, 1)
        left.setLayout(top)
        for whole in (left, self.packages):
            self._outer.addWidget(whole)
        self._outer.setSizes([px(Size.READING_WIDTH), px(Size.RAIL) * 2])
        self._outer.setStretchFactor(0, 1)
        self.ready.setMinimumSize(px(Size.RAIL) * 2, px(Size.ROW) * 2)
        self.preview.setMinimumHeight(px(Size.ROW) * 4)
        for splitter, name in ((self._upper, "handin.upper"), (self._outer, "handin.outer")):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            self._context.remembered.splitter(splitter, name)
        page = column(self._outer, self.clearing, gap=0)
        page.setStretchFactor(self._outer, 1)
        self.setLayout(page)

    def _wire(self) -> None:
        self._context.hub.changed.connect(self._on_changed)
        self.ready.ticked_changed.connect(self._refresh)
        self.ready.looked_at.connect(self._on_looked_at)
        self.preview.message_raised.connect(self.message_raised)
        self.preview.failed.connect(self.failed)
        self.sign.asked.connect(self._on_sign)
        self.clearing.message_raised.connect(self.message_raised)
        self.clearing.failed.connect(self.failed)
        self.packages.receipt_typed.connect(self._on_receipt)

    def _load(self, _progress: Progress) -> object:
        desk = self._context.desk
        packages = desk.sealing.packages()
        name = proposed_name(desk, packages)
        tasks = desk.tasks.tasks()
        revised = [
            Revised(task, desk.history.history(task.review))
            for task in tasks
            if task.is_revising and task.state is TaskState.COMPLETE and task.kind is not ReviewKind.ONSITE
        ]
        unsent, cosigned = desk.declaring.unsent(), desk.sealing.cosignatures()
        return tasks, desk.tasks.overview(tasks), packages, unsent, cosigned, name, revised

    def _on_read(self, reply: object) -> None:
        self._is_reading = False
        if not isinstance(reply, tuple):
            return
        tasks, self._overview, packages, self._unsent, self._cosigned, name, revised = reply
        self.changes.show_revised(revised)
        ready = tuple(t for t in tasks if t.state in {TaskState.COMPLETE, TaskState.SEALED})
        self.ready.show_tasks(ready)
        self.preview.setVisible(bool(ready))  # an empty preview has no room for its words on a small screen
        if self._wanted:
            self.ready.tick_only(self._wanted)
            self._wanted = ()
            self.sign.focus_first()
        self.packages.show_packages(packages)
        self.clearing.show_tasks(tasks)
        self.sign.propose(name)
        self._refresh()
        self.header_changed.emit()
        if self._is_stale:
            self.reload()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)

    def _on_changed(self, changes: object, _by: object) -> None:
        if isinstance(changes, Changes) and (changes.tasks or changes.packages) and self.isVisible():
            self.reload()

    def _refresh(self) -> None:
        ticked, waiting = len(self.ready.ticked()), len(self.ready.waiting())
        self.changes.show_ticked(self.ready.ticked())
        parts = [ngettext("{count} review is signed", "{count} reviews are signed", ticked).format(count=ticked)]
        if waiting:
            parts.append(
                ngettext("{count} signed before goes along", "{count} signed before go along", waiting).format(
                    count=waiting
                )
            )
        if self._unsent:
            parts.append(
                ngettext("{count} declaration goes along", "{count} declarations go along", self._unsent).format(
                    count=self._unsent
                )
            )
        if self._cosigned:
            words = ngettext(
                "{count} signature below a joint opinion goes along",
                "{count} signatures below joint opinions go along",
                self._cosigned,
            )
            parts.append(words.format(count=self._cosigned))
        has_any = bool(ticked or waiting or self._unsent or self._cosigned)
        self._what.setText(_("; ").join(parts) if has_any else _("Tick what is finished, then sign."))
        self.sign.set_ready(is_ready=has_any)

    def _on_looked_at(self, task: Task) -> None:
        title = f"{task.application} {title_words(task)}"
        is_sealed = task.state is TaskState.SEALED
        self.preview.show_review(task.review, title, is_sealed=is_sealed, kind=task.kind)

    def _on_sign(self) -> None:
        self.sign.set_busy(is_busy=True)
        work = partial(self._seal, self.ready.ticked(), passphrase=self.sign.passphrase(), out=self.sign.target())
        self._context.workers.run(
            work,
            title=_("Signing and writing"),
            done=self._on_signed,
            failed=self._on_sign_failed,
            cancelled=self._on_sign_cancelled,
        )

    def _seal(self, reviews: tuple[ReviewId, ...], progress: Progress, *, passphrase: str, out: Path) -> HandedIn:
        return self._context.desk.sealing.seal(
            reviews, passphrase=passphrase, out=out, declarations=True, progress=progress
        )

    def _on_signed(self, handed_in: object) -> None:
        self.sign.set_busy(is_busy=False)
        if not isinstance(handed_in, HandedIn):
            return
        self.sign.forget()
        self.sign.proposed_anew(handed_in.file.name)
        count = len(handed_in.reviews)
        what = ngettext("{count} review", "{count} reviews", count).format(count=count) if count else _("declarations")
        words = _(
            "Package {seq} is written: {file}, with {what}. Send it to the secretariat; it counts as sent, not as "
            "confirmed, until a receipt comes."
        ).format(seq=handed_in.seq, file=handed_in.file, what=what)
        lost = _(", ").join(f"{application} {lost_photo_words(one)}" for application, one in handed_in.lost_photos)
        if lost:
            missing = _("These photos could not be packed. The package names each of them:")
            words = f"{words} {missing} {lost}"
        if handed_in.damaged:
            words = f"{words} {damaged_words(handed_in.damaged)}"
        gravity = Gravity.WARN if lost or handed_in.damaged else Gravity.GOOD
        self._written = handed_in.file
        self.message_raised.emit(
            Message(words, gravity, action_text=_("Open the folder"), action=self._on_folder, key="handed_in")
        )
        self._context.hub.publish(handed_in.changes, by=self)  # which reads everything here anew

    def _on_folder(self) -> None:
        if self._written is not None:
            open_folder_of(self._written)

    def _on_sign_failed(self, error: Exception) -> None:
        self.sign.set_busy(is_busy=False)
        if isinstance(error, UserFacingError):
            self.sign.say(error.sentence())
        else:
            self.failed.emit(error)
        self.reload()  # if only the medium failed, the reviews are signed now

    def _on_sign_cancelled(self) -> None:
        self.sign.set_busy(is_busy=False)
        self.reload()

    def _on_receipt(self, number: str) -> None:
        self._context.workers.run(
            partial(self._confirm, number), is_quiet=True, done=self._on_confirmed, failed=self._on_receipt_failed
        )

    def _confirm(self, number: str, _progress: Progress) -> Confirmed:
        return self._context.desk.receipts.confirm_by_number(number)

    def _on_confirmed(self, confirmed: object) -> None:
        if isinstance(confirmed, Confirmed):
            self.packages.accept_number()
            self.message_raised.emit(Message(confirmed.sentence, Gravity.GOOD, key="receipt"))
            self._context.hub.publish(confirmed.changes, by=self)  # which reads everything here anew

    def _on_receipt_failed(self, error: Exception) -> None:
        if isinstance(error, UserFacingError):
            self.packages.say(error.sentence())
        else:
            self.failed.emit(error)
