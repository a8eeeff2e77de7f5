"""The passphrase and the recovery code of this desk."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.errors import UserFacingError
from app.i18n import _
from app.progress import Progress
from ui.desk.context import DeskContext
from ui.desk.settings_section import Section
from ui.jobs import Lane
from ui.layouts import column, row
from ui.start.passphrase_pair import PassphrasePair
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.passphrase_edit import PassphraseEdit
from ui.widgets.plain_label import PlainLabel


class KeysSection(Section):
    """Both acts need the passphrase that holds now."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(context, _("Passphrase and recovery"), parent)
        self.old, self.new = PassphraseEdit(), PassphrasePair()
        self.old.set_name(_("Passphrase now"))
        self.change, self.renew = QPushButton(_("Change the passphrase")), QPushButton(_("New recovery code"))
        self.code = PlainLabel(role="title", is_selectable=True, is_wrapped=True)
        self.code.hide()
        self._note = PlainLabel(
            _("Write it on paper and keep it away from this computer. It is shown only now; the old one is void."),
            role="muted",
            is_wrapped=True,
        )
        self._note.hide()
        self._hide_code = QPushButton(_("I have written it down"))
        set_role(self._hide_code, "quiet")
        self._hide_code.hide()
        for field in (self.old, self.new):
            field.setMaximumWidth(px(Size.DIALOG_WIDTH))
        self.setLayout(
            column(
                self._title,
                self.old,
                self.new,
                row(self.change, self.renew, None, gap=Space.INSIDE),
                self.code,
                self._note,
                row(self._hide_code, None),
                gap=Space.INSIDE,
            )
        )
        self.change.clicked.connect(self._on_change)
        self.new.submitted.connect(self._on_change)
        self.renew.clicked.connect(self._on_renew)
        self._hide_code.clicked.connect(self.forget)
        self.old.passphrase_changed.connect(self._refresh)
        self._refresh()

    def forget(self) -> None:
        """Nothing secret stays on the screen."""
        self.old.clear()
        self.new.clear()
        self.code.setText("")
        for part in (self.code, self._note, self._hide_code):
            part.hide()

    def _refresh(self) -> None:
        for button in (self.change, self.renew):
            button.setEnabled(bool(self.old.passphrase()))

    def _on_change(self) -> None:
        try:
            new = self.new.passphrase()
        except UserFacingError as problem:
            self.tell(problem)
            return
        if not new:
            self.new.setFocus()
            return
        work = partial(self._change, self.old.passphrase(), new)
        self._context.workers.run(
            work, title=_("Changing the passphrase"), lane=Lane.OTHER, done=self._on_changed, failed=self._on_refused
        )

    def _change(self, old: str, new: str, _progress: Progress) -> None:
        self._context.desk.change_passphrase(old, new)

    def _on_changed(self, _nothing: object) -> None:
        self.forget()
        self.say(_("The passphrase is changed. The old one opens nothing any more."))

    def _on_renew(self) -> None:
        work = partial(self._renew, self.old.passphrase())
        self._context.workers.run(
            work, title=_("Making a recovery code"), lane=Lane.OTHER, done=self._on_renewed, failed=self._on_refused
        )

    def _renew(self, passphrase: str, _progress: Progress) -> str:
        return self._context.desk.new_recovery_code(passphrase)

    def _on_renewed(self, code: object) -> None:
        self.old.clear()
        self.code.setText(str(code))
        for part in (self.code, self._note, self._hide_code):
            part.show()

    def _on_refused(self, error: Exception) -> None:
        self.old.clear()
        self.old.setFocus()
        self.tell(error)
