"""Enrolment: a folder of files from experts, a code to compare for each, and one confirmation for all of them."""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.domain.ids import ExpertCode
from app.domain.outcome import Outcome
from app.domain.roster import ExpertEntry
from app.i18n import _, ngettext
from app.services.record_enrolment import EnrolmentReport, EnrolmentRequest
from ui.dialogs.confirm_dialog import ConfirmDialog
from ui.layouts import column, row
from ui.message import Gravity
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.drop_area import DropArea
from ui.record.expert_choice_dialog import ExpertChoiceDialog
from ui.record.screen import RecordScreen
from ui.record.second_opener_dialog import SecondOpenerDialog
from ui.record.states import outcome_state
from ui.record.typed_code import digits_of, is_same_code
from ui.record.words import DASH
from ui.state import State, Tone
from ui.theme import px
from ui.tokens import Size, Space
from ui.widgets.table import Table

CODE_DIGITS: Final = 25


class Column(IntEnum):
    """Columns of the requests."""

    STATE = 0
    NAME = 1
    CODE = 2
    EMPLOYER = 3
    PHONE = 4
    COMPUTER = 5
    SENTENCE = 6


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request, and whether somebody has said that its code stands on the signed page."""

    request: EnrolmentRequest
    is_compared: bool

    @property
    def key(self) -> tuple[Path, str]:
        """One line of the list."""
        return self.request.file, self.request.code


class EnrolmentPage(RecordScreen):
    """Reading the files writes nothing; only confirmed requests become experts."""

    watched: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._paths: tuple[Path, ...] = ()
        self._requests: tuple[EnrolmentRequest, ...] = ()
        self._compared: frozenset[str] = frozenset()
        self._moving: EnrolmentRequest | None = None
        self._is_busy = False
        self._confirm = QAction(self)
        self._confirm.triggered.connect(self._on_confirm)
        self._drop = DropArea(
            _("Drop the files of the experts here, or a folder of them."), pattern=_("Packages (*.youpin)")
        )
        self._drop.dropped.connect(self.read_paths)
        self._typed = QLineEdit()
        self._typed.setPlaceholderText(_("Type or scan the code from a signed page"))
        self._typed.setAccessibleName(_("Code from a signed page"))
        self._typed.textChanged.connect(self._on_typed)
        self._typed.returnPressed.connect(self._on_entered)
        self._all = QPushButton(_("I compared them all with the signed pages"))
        self._all.clicked.connect(self._on_all)
        self._typed_row = QWidget()
        self.table: Table[RequestRow] = Table(
            _columns(), key=lambda one: one.key, name="record_enrolment",
            remembered=context.remembered, clipboard=context.clipboard,
        )  # fmt: skip
        self.table.view.setAccessibleName(_("Enrolment"))
        compared = QAction(_("Compared: the code is right"), self)
        compared.setShortcut("Space")
        compared.triggered.connect(self._on_compared)
        self.table.add_action(compared)
        again = QAction(_("A new computer of an expert…"), self)
        again.triggered.connect(self._on_as_expert)
        self.table.add_action(again)
        self._build()
        self._show_state()

    def about(self) -> str:
        waiting = len(self._waiting())
        if not waiting:
            return ""
        return _("{compared} of {count} compared").format(
            compared=sum(self.is_compared(one) for one in self._waiting()), count=waiting
        )

    def primary_action(self) -> QAction | None:
        return self._confirm

    def search_hint(self) -> str:
        return _("Name, employer, code") if self._requests else ""

    def search(self, text: str) -> None:
        self.table.filter(text)

    def read_paths(self, paths: tuple[Path, ...]) -> None:
        """Look into the files; those of earlier drops stay in the list."""
        self._paths = tuple(dict.fromkeys((*self._paths, *paths)))
        self._is_busy = True
        self._show_state()
        enrolment, chosen = self.context.record.enrolment, self._paths
        self.context.workers.run(
            lambda progress: enrolment.read(chosen, progress=progress), title=_("Reading the requests"),
            done=self._on_read, failed=self._on_failed, cancelled=self._on_cancelled,
        )  # fmt: skip

    def is_compared(self, request: EnrolmentRequest) -> bool:
        """Whether somebody has said that the code of *request* stands on the signed page."""
        return request.code in self._compared

    def _build(self) -> None:
        line = row(self._typed, self._all, None)
        line.setContentsMargins(0, 0, 0, 0)
        self._typed.setMinimumWidth(px(Size.READING_WIDTH * 3 // 4))
        self._typed_row.setLayout(line)
        top = column(self._drop, self._typed_row)
        top.setContentsMargins(px(Space.PAGE), px(Space.ROOM), px(Space.PAGE), px(Space.INSIDE))
        layout = column(top, self.table, gap=0)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def _waiting(self) -> tuple[EnrolmentRequest, ...]:
        return tuple(one for one in self._requests if one.outcome is Outcome.NEW)

    def _show_state(self) -> None:
        waiting = self._waiting()
        compared = [one for one in waiting if self.is_compared(one)]
        self._typed_row.setVisible(bool(waiting))
        self._all.setEnabled(len(compared) < len(waiting))
        self._confirm.setText(
            ngettext("Enrol {count} expert", "Enrol {count} experts", len(compared)).format(count=len(compared))
            if compared
            else _("Enrol experts")
        )
        self._confirm.setEnabled(bool(compared) and not self._is_busy)
        self.table.empty.say(
            _("No requests yet"),
            _(
                "Each expert sends one file and hands in one signed page. The 25 digits on the page must be those "
                "shown here: compare them, then everybody is enrolled at once."
            ),
        )
        self.header_changed.emit()

    def _renew_rows(self) -> None:
        self.table.show_rows([RequestRow(one, self.is_compared(one)) for one in self._requests])
        self._show_state()

    def _on_read(self, requests: tuple[EnrolmentRequest, ...]) -> None:
        self._is_busy = False
        self._requests = requests
        self._renew_rows()
        if self._waiting():
            self._typed.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self._on_cancelled()
        self.context.teller.tell(error)

    def _on_cancelled(self) -> None:
        self._is_busy = False
        self._show_state()

    def _on_typed(self, text: str) -> None:
        if len(digits_of(text)) == CODE_DIGITS:  # a scanner types all of it at once
            self._on_entered()

    def _on_entered(self) -> None:
        text = self._typed.text()
        found = next((one for one in self._waiting() if is_same_code(one.code, text)), None)
        if found is None:
            if digits_of(text):
                self.say(
                    _("No request has this code. Check the digits; if they are right, do not enrol this person."),
                    Gravity.WARN, key="enrolment",
                )  # fmt: skip
            return
        self._compared |= {found.code}
        self._typed.clear()
        self._renew_rows()
        self.table.select((found.file, found.code))
        self.say(_("The code of {name} is right.").format(name=found.name), key="enrolment")

    def _on_compared(self) -> None:
        self._compared |= {one.request.code for one in self.table.selected_rows() if one.request.outcome is Outcome.NEW}
        self._renew_rows()

    def _on_all(self) -> None:
        waiting = self._waiting()
        question = ngettext(
            "Did you compare the code of {count} request with its signed page?",
            "Did you compare the codes of {count} requests with their signed pages?",
            len(waiting),
        ).format(count=len(waiting))
        if ConfirmDialog.ask(
            _("All compared"),
            question,
            verb=_("All compared, they are right"),
            parent=self,
        ):
            self._compared |= {one.code for one in waiting}
            self._renew_rows()

    def _on_confirm(self) -> None:
        codes = tuple(one.code for one in self._waiting() if self.is_compared(one))
        self._enrol(self._paths, codes)

    def _enrol(self, paths: tuple[Path, ...], codes: tuple[str, ...], *, as_expert: ExpertCode | None = None) -> None:
        """Issue the certificates, once a second person has confirmed where there is one."""
        others, second = self.context.record.openers.others(), None
        if others:
            second = SecondOpenerDialog.ask(
                _("A second person confirms"), _second_words(len(codes)), others=others, verb=_("Confirm and enrol"),
                parent=self,
            )  # fmt: skip
            if second is None:
                return
        self._is_busy = True
        self._show_state()
        enrolment = self.context.record.enrolment
        self.context.workers.run(
            lambda progress: enrolment.enrol(
                paths, codes_confirmed=codes, second=second, as_expert=as_expert, progress=progress
            ),
            title=_("Issuing certificates"), done=self._on_enrolled, failed=self._on_failed,
            cancelled=self._on_cancelled,
        )  # fmt: skip

    def _on_as_expert(self) -> None:
        chosen = [one.request for one in self.table.selected_rows() if one.request.outcome is Outcome.NEW]
        if len(chosen) != 1:
            self.say(_("Choose exactly one request that is not enrolled yet."), Gravity.INFO, key="enrolment")
            return
        self._moving = chosen[0]
        self.read(self.context.record.roster.experts, self._on_experts)

    def _on_experts(self, experts: tuple[ExpertEntry, ...]) -> None:
        request = self._moving
        if request is None:
            return
        code = ExpertChoiceDialog.ask(
            _("Whose new computer is this?"),
            _("Code on the signed page of {name}: {code}").format(name=request.name, code=request.code),
            experts=experts, verb=_("The code is right, enrol"), parent=self,
        )  # fmt: skip
        if code is not None:
            self._enrol((request.file,), (request.code,), as_expert=code)

    def _on_enrolled(self, report: EnrolmentReport) -> None:
        count = sum(one.outcome is Outcome.NEW for one in report.enrolments)
        words = ngettext(
            "{count} expert was enrolled. The certificate travels inside the first package.",
            "{count} experts were enrolled. Their certificates travel inside the first packages.",
            count,
        )
        self.say(words.format(count=count))
        self.publish(report.changes)
        self.read_paths(())


def _second_words(count: int) -> str:
    return ngettext(
        "{count} request was compared with its signed page. Somebody else who opens this record looks at the list "
        "and confirms it with their own passphrase. The log names both.",
        "{count} requests were compared with their signed pages. Somebody else who opens this record looks at the list "
        "and confirms it once, with their own passphrase. The log names both.",
        count,
    ).format(count=count)


def _state(row: RequestRow) -> State:
    if row.request.outcome is not Outcome.NEW:
        return outcome_state(row.request.outcome)
    if row.is_compared:
        return State("✓", _("Code compared"), Tone.GOOD)
    return State("○", _("To compare"), Tone.ACTIVE)


def _columns() -> dict[IntEnum, ColumnSpec[RequestRow]]:
    return {
        Column.STATE: ColumnSpec(_("State"), text=lambda one: _state(one).word, state=_state, width=110),
        Column.NAME: ColumnSpec(_("Name"), text=lambda one: one.request.name or DASH, width=100),
        Column.CODE: ColumnSpec(_("Code to compare"), text=lambda one: one.request.code or DASH, width=250),
        Column.EMPLOYER: ColumnSpec(_("Employer"), text=lambda one: one.request.employer, width=190),
        Column.PHONE: ColumnSpec(_("Telephone"), text=lambda one: one.request.phone, width=110),
        Column.COMPUTER: ColumnSpec(_("Computer"), text=lambda one: one.request.device_name, width=110),
        Column.SENTENCE: ColumnSpec(
            _("What to do"),
            text=lambda one: one.request.sentence,
            tip=lambda one: f"{one.request.file.name}\n{one.request.sentence}",
            width=0,
        ),
    }
