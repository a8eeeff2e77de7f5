"""The first pages as somebody meets them who has never seen the program."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.desk import create_desk
from app.bootstrap.record import RecordWorkspace, create_record
from app.paths import settings_folder
from app.services.record_creation import Opener
from tests.support.outside import opened_outside
from ui.dialogs.help_dialog import HelpDialog
from ui.errors import Teller
from ui.help.reader import HelpReader
from ui.message import Message
from ui.start.opening import Begun
from ui.start.recent import Workspace, WorkspaceKind, recent_workspaces, remember
from ui.start.start_window import StartWindow

PASSPHRASE = "correct 示例 horse battery staple"


@pytest.fixture(autouse=True)
def _nothing_was_open_before() -> None:
    (settings_folder() / "recent.json").unlink(missing_ok=True)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[StartWindow]:
    teller = Teller(say=lambda message: None)
    made = StartWindow(teller)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.shut_down()


@pytest.fixture
def record(tmp_path: Path) -> Iterator[RecordWorkspace]:
    openers = (Opener("示例甲", passphrase=PASSPHRASE),)
    with create_record(tmp_path / "2026.record", "2026", name="示例活动", openers=openers).workspace as made:
        yield made


def child(window: QWidget, kind: type[QWidget], name: str) -> QWidget:
    return next(w for w in window.findChildren(kind) if w.accessibleName() == name and w.isVisibleTo(window))


def button(window: QWidget, text: str) -> QPushButton:
    return next(b for b in window.findChildren(QPushButton) if b.text() == text and b.isVisible())


def said(page: QWidget) -> str:
    message: Message | None = page._strip.current()  # type: ignore[attr-defined]
    return message.text if message else ""


def test_first_start_says_that_nothing_was_open_and_leads_to_the_invitation(window: StartWindow) -> None:
    assert not window._start._list.isVisible()
    assert window._start._empty.isVisible()
    assert window.focusWidget() is button(window, "我有邀请文件")


def test_later_start_waits_for_enter_at_the_desk_opened_last_and_tab_leads_to_everything(
    qtbot: QtBot, tmp_path: Path
) -> None:
    there = tmp_path / "示例.desk"
    there.touch()
    remember(Workspace(str(there), WorkspaceKind.DESK))
    remember(Workspace(str(tmp_path / "gone.desk"), WorkspaceKind.DESK))
    window = StartWindow(Teller(say=lambda message: None))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    listed: QListWidget = window._start._list
    assert window.focusWidget() is listed
    for _step in range(10):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is listed:
            break
    assert QApplication.focusWidget() is listed, "Tab never comes back to the list"
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert window._stack.currentWidget() is window._unlock


def test_workspaces_opened_lately_are_listed_newest_first_and_missing_ones_cannot_be_chosen(
    window: StartWindow, tmp_path: Path
) -> None:
    there = tmp_path / "示例.desk"
    there.write_bytes(b"")
    remember(Workspace(str(tmp_path / "gone.desk"), WorkspaceKind.DESK))
    remember(Workspace(str(there), WorkspaceKind.DESK))
    window._start.show_recent(recent_workspaces())
    listed: QListWidget = window._start._list
    assert "示例" in listed.item(0).text()
    assert listed.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert not listed.item(1).flags() & Qt.ItemFlag.ItemIsEnabled


def test_server_address_with_a_user_name_is_never_written_down() -> None:
    remember(Workspace("postgresql+psycopg://clerk:secret@127.0.0.1/record", WorkspaceKind.RECORD))
    assert recent_workspaces() == ()
    assert not (settings_folder() / "recent.json").exists()


def test_wrong_passphrase_is_said_in_one_sentence_and_the_field_is_empty_again(
    window: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    create_desk(tmp_path / "示例.desk", name="示例专家甲", passphrase=PASSPHRASE).workspace.close()
    window.take_file(str(tmp_path / "示例.desk"))
    edit = child(window, QLineEdit, "口令")
    qtbot.keyClicks(edit, "not this one at all")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said(window._unlock)))
    assert said(window._unlock).count("。") == 1
    assert window._unlock._passphrase.passphrase() == ""


def test_forgotten_passphrase_is_replaced_with_the_recovery_code_and_the_desk_opens(
    window: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    created = create_desk(tmp_path / "示例.desk", name="示例专家甲", passphrase=PASSPHRASE)
    created.workspace.close()
    window.take_file(str(tmp_path / "示例.desk"))
    window._unlock._rescue.setChecked(True)
    window._unlock._line.setText(created.recovery_code.lower())
    for field in (window._unlock._new._first, window._unlock._new._second):
        field._edit.setText("quite another long passphrase")
    window._unlock.opened.disconnect()
    with qtbot.waitSignal(window._unlock.opened) as opened:
        window._unlock.submit()
    opened.args[0].close()


def test_invitation_leads_on_one_page_to_a_desk_a_request_and_a_page_to_sign(
    window: StartWindow, qtbot: QtBot, tmp_path: Path, record: RecordWorkspace
) -> None:
    invitation = tmp_path / "from the mail (1).zip"
    shown = record.inviting.invite(invitation)
    window.take_file(str(invitation))
    page = window._desk
    qtbot.waitUntil(lambda: page._fingerprint.text() == shown.fingerprint)
    page._name.setText("示例专家乙")
    page._phone.setText("13800000000")
    page._target.setText(str(tmp_path / "乙.desk"))
    for field in (page._passphrase._first, page._passphrase._second):
        field._edit.setText(PASSPHRASE)
    page.submit()
    assert "指纹码" in said(page)  # nothing is made before the person has compared
    assert not (tmp_path / "乙.desk").exists()
    page._compared.setChecked(True)
    with qtbot.waitSignal(page.begun) as signal:
        page.submit()
    begun: Begun = signal.args[0]
    assert begun.request is not None
    assert begun.pledge is not None
    assert begun.pledge.read_bytes().startswith(b"%PDF")
    requests = record.enrolment.read([begun.request])
    assert [request.code for request in requests] == [begun.request_code]
    assert requests[0].name == "示例专家乙"
    window._on_begun(begun)
    with opened_outside() as asked:
        button(window, "打开所在文件夹").click()
        button(window, "打开签字页").click()
    assert asked == [begun.request.parent, begun.pledge]
    assert window._begun._why.isVisible()
    window._begun._kept.setChecked(True)
    assert not window._begun._why.isVisible()
    begun.workspace.close()


def test_code_shown_once_has_to_be_ticked_before_going_on(window: StartWindow, qtbot: QtBot, tmp_path: Path) -> None:
    created = create_desk(tmp_path / "示例.desk", name="示例专家甲", passphrase=PASSPHRASE)
    begun = Begun(created.workspace, Workspace(str(tmp_path / "示例.desk"), WorkspaceKind.DESK), created.recovery_code)
    window._on_begun(begun)
    assert window._begun._code.text() == created.recovery_code
    go = button(window, "继续")
    assert not go.isEnabled()
    window._begun.finished.disconnect()
    window._begun._kept.setChecked(True)
    with qtbot.waitSignal(window._begun.finished):
        go.click()
    assert window._begun._code.text() == ""
    created.workspace.close()


def test_passphrases_that_differ_are_refused_and_both_fields_are_empty(window: StartWindow, tmp_path: Path) -> None:
    window._desk.begin_empty()
    window._stack.setCurrentWidget(window._desk)
    page = window._desk
    page._name.setText("示例专家甲")
    page._target.setText(str(tmp_path / "x.desk"))
    page._passphrase._first._edit.setText("one long passphrase")
    page._passphrase._second._edit.setText("another long passphrase")
    page.submit()
    assert "不一致" in said(page)
    assert page._passphrase._first.passphrase() == page._passphrase._second.passphrase() == ""
    assert not (tmp_path / "x.desk").exists()


def test_record_is_created_with_two_openers_and_a_recovery_file(
    window: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = window._record
    page._target.setText(str(tmp_path / "2026.record"))
    page._recovery.setText(str(tmp_path / "recovery.age"))
    for opener, name in zip(page._openers, ("示例甲", "示例乙"), strict=True):
        opener.name.setText(name)
        for field in (opener.passphrase._first, opener.passphrase._second):
            field._edit.setText(f"{PASSPHRASE} {name}")
    for field in (page._recovery_passphrase._first, page._recovery_passphrase._second):
        field._edit.setText(PASSPHRASE)
    with qtbot.waitSignal(page.begun) as signal:
        page.submit()
    begun: Begun = signal.args[0]
    assert len(begun.fingerprint.split()) == 8
    assert (tmp_path / "recovery.age").read_bytes().startswith(b"age-encryption.org/v1")
    begun.workspace.close()


def test_file_that_is_not_there_is_said_and_the_start_page_stays(window: StartWindow) -> None:
    window.take_file(QUrl.fromLocalFile("/nowhere/x.youpin").toLocalFile())
    message = window._strip.current()
    assert message is not None
    assert "x.youpin" in message.text
    assert window._stack.currentWidget() is window._start


def test_f1_shows_the_help_of_the_page_and_the_help_stays_while_the_work_goes_on(
    window: StartWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window._reader is not None
    assert (window._reader.isVisible(), window._reader.name) == (True, "S01")
    assert not window._reader.isModal()
    window.show_record_page()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window._reader.name == "S04"


def test_a_sentence_on_a_page_leads_to_its_help(window: StartWindow, qtbot: QtBot, tmp_path: Path) -> None:
    create_desk(tmp_path / "示例.desk", name="示例专家甲", passphrase=PASSPHRASE).workspace.close()
    window.take_file(str(tmp_path / "示例.desk"))
    edit = child(window, QLineEdit, "口令")
    qtbot.keyClicks(edit, "not this one at all")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said(window._unlock)))
    window._unlock._strip._help.click()
    assert window._reader is not None
    assert window._reader.name == "wrong_passphrase"


def test_f1_in_a_dialog_opens_help_that_can_be_read_while_the_dialog_waits(window: StartWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    reader = dialog.findChild(HelpReader)
    assert reader is not None
    assert (reader.isVisible(), reader.name) == (True, "S01")
    dialog.close()


def test_an_open_desk_has_f1_and_f2_for_itself_so_that_neither_key_is_claimed_twice(
    window: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    created = create_desk(tmp_path / "示例.desk", name="示例专家甲", passphrase=PASSPHRASE)
    window._on_opened(created.workspace, Workspace(str(tmp_path / "示例.desk"), WorkspaceKind.DESK))
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window and window.centralWidget().isVisible())
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window._reader is not None
    assert window._reader.name in {"D10", "D12"}
    window._reader.close()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert window.findChild(HelpDialog) is not None


def test_the_pages_for_experts_are_written_while_the_window_stays_usable(
    window: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_help("guide")
    reader = window._reader
    assert reader is not None
    reader.guide_asked.emit(str(tmp_path / "一页通.pdf"))
    qtbot.waitUntil(lambda: "一页通.pdf" in reader.said.text())
    assert (tmp_path / "一页通.pdf").read_bytes().startswith(b"%PDF")
