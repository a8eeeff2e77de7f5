"""What commands print of texts that strangers wrote."""

import pytest

from app.cli.output import Report, print_report, table


def test_signs_that_command_a_terminal_are_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(Report({}, "示例\x1b[2J\x07\n一厂", sentence="示例\x9b31m"), as_json=False)
    printed = capsys.readouterr()
    assert printed.out == "示例\ufffd[2J\ufffd\n一厂\n"
    assert printed.err == "示例\ufffd31m\n"


def test_text_of_several_lines_keeps_to_its_line_of_a_table() -> None:
    assert table([("A1", "两行\n文字", "x"), ("A2", "一行", "y")]) == "A1  两行 文字  x\nA2  一行       y"
