"""Small questions: a reason is needed, a person is chosen from the list, a dropped file arrives."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.domain.ids import ExpertCode
from app.domain.roster import ExpertEntry
from ui.record.deadline_dialog import DeadlineDialog
from ui.record.drop_area import DropArea
from ui.record.expert_choice_dialog import ExpertChoiceDialog
from ui.record.reason_dialog import ReasonDialog

EXPERTS = tuple(
    ExpertEntry(expert=ExpertCode(f"E{number:04d}"), name=name, phone="", employer="示例大学", title="")
    for number, name in ((1, "示例甲"), (2, "示例乙"))
)


def test_nothing_is_done_without_a_reason(qtbot: QtBot) -> None:
    dialog = ReasonDialog("示例", "示例", verb="示例")
    qtbot.addWidget(dialog)
    assert not dialog._yes.isEnabled()
    dialog._reason.setPlainText("   ")
    assert not dialog._yes.isEnabled()
    dialog._reason.setPlainText("  示例原因 ")
    assert dialog._yes.isEnabled()
    assert dialog.reason() == "示例原因"
    dialog._yes.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_only_somebody_of_the_list_can_be_chosen(qtbot: QtBot) -> None:
    dialog = ExpertChoiceDialog("示例", "示例", experts=EXPERTS, verb="示例")
    qtbot.addWidget(dialog)
    assert dialog.expert() is None
    dialog._experts.setEditText("somebody else")
    assert (dialog.expert(), dialog._yes.isEnabled()) == (None, False)
    dialog._experts.setCurrentIndex(1)
    assert (dialog.expert(), dialog._yes.isEnabled()) == ("E0002", True)


def test_deadline_lies_ahead_and_needs_a_reason(qtbot: QtBot) -> None:
    dialog = DeadlineDialog((ExpertCode("E0001"),))
    qtbot.addWidget(dialog)
    assert not dialog._yes.isEnabled()
    dialog._reason.setText("示例")
    assert dialog._yes.isEnabled()
    assert dialog._until.minimumDate() < dialog._until.date()
    assert dialog.until() > dialog._until.minimumDate().toPython()  # type: ignore[operator]


def test_dropped_files_and_folders_arrive_as_paths(qtbot: QtBot, tmp_path: Path) -> None:
    area = DropArea("示例")
    qtbot.addWidget(area)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "评审 包.youpin")), QUrl("https://example.invalid/x")])
    event = QDropEvent(
        QPointF(1, 1), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(area.dropped) as dropped:
        area.dropEvent(event)
    assert dropped.args == [(tmp_path / "评审 包.youpin",)]
