"""Asks for one expert of the roster."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QPushButton, QWidget

from app.domain.ids import ExpertCode
from app.domain.roster import ExpertEntry
from app.i18n import _
from ui.layouts import column, row
from ui.plain import plain
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel


class ExpertChoiceDialog(QDialog):
    """A field that finds by code or name; hands back the code."""

    def __init__(
        self, title: str, text: str, *, experts: Sequence[ExpertEntry], verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._experts = QComboBox()
        self._experts.setEditable(True)
        self._experts.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._experts.setAccessibleName(_("Expert"))
        for expert in experts:
            words = f"{expert.expert}  {expert.name}  {expert.employer}"
            self._experts.addItem(plain(words), expert.expert)
        completer = QCompleter(self._experts.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._experts.setCompleter(completer)
        self._experts.setCurrentIndex(-1)
        self._yes = QPushButton(verb)
        set_role(self._yes, "primary")
        self._yes.setDefault(True)
        self._yes.setEnabled(False)
        no = QPushButton(_("Cancel"))
        no.setAutoDefault(False)
        self._experts.editTextChanged.connect(self._on_text_changed)
        self._yes.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        self.setLayout(
            column(
                PlainLabel(title, role="title"),
                PlainLabel(text, is_wrapped=True),
                self._experts,
                row(None, self._yes, no),
                margin=Space.PAGE,
                gap=Space.BETWEEN,
            )
        )
        self.setMinimumWidth(px(Size.DIALOG_WIDTH))
        self._experts.setFocus()

    def expert(self) -> ExpertCode | None:
        """The one that is chosen."""
        place = self._experts.findText(self._experts.currentText())
        return None if place < 0 else ExpertCode(self._experts.itemData(place))

    @classmethod
    def ask(
        cls, title: str, text: str, *, experts: Sequence[ExpertEntry], verb: str, parent: QWidget | None = None
    ) -> ExpertCode | None:
        """Ask and wait; ``None`` where the person thought better of it."""
        dialog = cls(title, text, experts=experts, verb=verb, parent=parent)
        chosen = dialog.expert() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return chosen

    def _on_text_changed(self, _text: str) -> None:
        self._yes.setEnabled(self.expert() is not None)
