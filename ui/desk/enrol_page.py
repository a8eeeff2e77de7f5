"""Before the first assignment: what was sent, its code, and what is being waited for; or the invitation to answer."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFormLayout, QLineEdit, QScrollArea, QStackedWidget, QWidget

from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from app.services.desk_enrolment import Enrolled, EnrolmentStatus, InvitationView, Profile
from app.services.desk_pledge import write_pledge
from ui.desk.context import DeskContext
from ui.desk.sign_bar import SignBar
from ui.jobs import Lane
from ui.layouts import column, row
from ui.message import Gravity, Message
from ui.place import PlaceView
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel
from ui.written_file import WrittenFiles


class EnrolPage(PlaceView):
    """Goes away by itself when the certificate has come.

    Signals:
        failed: an error for the teller.
        invitation_asked: somebody wants to choose a file.
    """

    failed = Signal(object)
    invitation_asked = Signal()

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._status: EnrolmentStatus | None = None
        self._invitation: Path | None = None
        self._choose = QAction(_("Choose a file …"), self)
        self._choose.triggered.connect(self._on_choose)
        self.files = WrittenFiles()
        self.files.hide()
        self.waiting = EmptyState(above=self.files)
        self._fingerprint = PlainLabel(is_selectable=True, is_wrapped=True)
        self._campaign = PlainLabel(role="title")
        self._name, self._phone, self._employer, self._title, self._relations = (QLineEdit() for _number in range(5))
        self._relations.setPlaceholderText(_("organisations you work for, advise or own; several with “;”"))
        self.sign = SignBar(_("Write the request"), is_stacked=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(self._form())
        self.setLayout(column(self._stack))
        self.sign.asked.connect(self._on_enrol)
        context.hub.changed.connect(self.reload)
        self.reload()

    def about(self) -> str:
        return _("Waiting for the first assignment") if self._status and self._status.is_enrolled else _("Enrolment")

    def screen_code(self) -> str:
        return "D10"

    def begin_with(self, invitation: Path) -> None:
        """Answer an invitation: show whose it is first."""
        self._context.workers.run(
            partial(self._read_invitation, invitation), is_quiet=True, done=self._on_invitation, failed=self._on_failed
        )

    def reload(self, *_changes: object) -> None:
        """Read how far the desk has come."""
        self._context.workers.run(
            self._read_status, lane=Lane.DATABASE, is_quiet=True, done=self._on_status, failed=self._on_failed
        )

    def _form(self) -> QWidget:
        form = QFormLayout()
        form.setHorizontalSpacing(px(Space.BETWEEN))
        form.setVerticalSpacing(px(Space.ROOM))
        for label, field in (
            (_("Fingerprint"), self._fingerprint),
            (_("Name"), self._name),
            (_("Telephone"), self._phone),
            (_("Employer"), self._employer),
            (_("Job title"), self._title),
            (_("Relations"), self._relations),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label)
        note = _("Compare the fingerprint with the letter before you go on.")
        inner = QWidget()
        inner.setMaximumWidth(px(Size.READING_WIDTH) + px(Size.RAIL) * 2)
        inner.setLayout(
            column(
                self._campaign,
                PlainLabel(note, role="muted", is_wrapped=True),
                form,
                self.sign,
                None,
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        holder = QWidget()
        middle = row(None, inner, None)
        middle.setStretchFactor(inner, 8)
        holder.setLayout(middle)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(holder)
        return scroll

    def _read_status(self, _progress: Progress) -> EnrolmentStatus:
        return self._context.desk.enrolment.status()

    def _read_invitation(self, invitation: Path, _progress: Progress) -> tuple[Path, InvitationView]:
        return invitation, self._context.desk.enrolment.read_invitation(invitation)

    def _on_status(self, status: object) -> None:
        if not isinstance(status, EnrolmentStatus):
            return
        self._status = status
        file = status.request_file if status.is_enrolled else None
        self.files.show_files(file, file.with_suffix(".pdf") if file else None)
        if not status.is_enrolled:
            self.waiting.say(
                _("No invitation yet"),
                _("Drop the invitation of the secretariat here. With it this desk makes its keys and a request."),
                action=self._choose,
            )
        else:
            self.waiting.say(
                _("Waiting for the first assignment"),
                _(
                    "The request of {name} is written. Its code: {code}. Send the request file, hand in the signed "
                    "page, and drop the file that comes back here."
                ).format(name=status.profile.name, code=status.request_code),
                action=self._choose,
            )
        self.header_changed.emit()

    def _on_invitation(self, reply: object) -> None:
        if not isinstance(reply, tuple):
            return
        self._invitation, view = reply
        self._campaign.setText(_("Invitation to “{campaign}”").format(campaign=view.name))
        self._fingerprint.setText(view.fingerprint)
        if self._status is not None:
            profile = self._status.profile
            for edit, text in (
                (self._name, profile.name),
                (self._phone, profile.phone),
                (self._employer, profile.employer),
                (self._title, profile.title),
                (self._relations, "; ".join(profile.relations)),
            ):
                if not edit.text():
                    edit.setText(text)
        self.sign.propose(_("enrolment") + ".youpin")
        self._stack.setCurrentIndex(1)
        self._name.setFocus()

    def _on_enrol(self) -> None:
        if self._invitation is None:
            return
        if not self._name.text().strip():
            self.sign.say(_("A name is needed: type your own."))
            self._name.setFocus()
            return
        relations = self._relations.text().replace("；", ";").split(";")
        profile = Profile(
            self._name.text().strip(),
            self._phone.text().strip(),
            self._employer.text().strip(),
            self._title.text().strip(),
            tuple(relation.strip() for relation in relations if relation.strip()),
        )
        self.sign.set_busy(is_busy=True)
        work = partial(
            self._enrol, self._invitation, profile, passphrase=self.sign.passphrase(), out=self.sign.target()
        )
        self._context.workers.run(work, title=_("Making your keys"), done=self._on_enrolled, failed=self._on_not)

    def _enrol(
        self, invitation: Path, profile: Profile, _progress: Progress, *, passphrase: str, out: Path
    ) -> tuple[Enrolled, Path]:
        enrolled = self._context.desk.enrolment.enrol(invitation, profile=profile, passphrase=passphrase, out=out)
        return enrolled, write_pledge(enrolled, profile, out.with_suffix(".pdf"))

    def _on_enrolled(self, reply: object) -> None:
        self.sign.set_busy(is_busy=False)
        self.sign.forget()
        if not isinstance(reply, tuple):
            return
        enrolled, pledge = reply
        words = _("Send {request} back, and print, sign and hand in {pledge}. Code: {code}").format(
            request=enrolled.file.name, pledge=pledge.name, code=enrolled.code
        )
        self.message_raised.emit(Message(words, Gravity.WARN, key="enrolled"))
        self._stack.setCurrentIndex(0)
        self._context.hub.publish(enrolled.changes, by=self)

    def _on_not(self, error: Exception) -> None:
        self.sign.set_busy(is_busy=False)
        if isinstance(error, UserFacingError):
            self.sign.say(error.sentence())
        else:
            self.failed.emit(error)

    def _on_choose(self) -> None:
        self.invitation_asked.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
