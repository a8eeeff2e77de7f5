"""求助: short, useful, and silent about people and scores."""

import subprocess
import sys
from collections.abc import Callable

from app.services.help_text import MOST_LINES, help_text
from tests.support.desks import INDICATOR, DeskStory

Stories = Callable[..., DeskStory]


def test_it_works_before_anything_is_open() -> None:
    text = help_text(screen="S01", recent_codes=["wrong_passphrase", "disk_full"]).text
    assert "S01" in text
    assert "wrong_passphrase disk_full" in text


def test_it_tells_codes_and_counts_and_no_names(stories: Stories) -> None:
    story = stories("complete", "2026-0001", "2026-0002")
    story.desk.scoring.set_reason(story.review, INDICATOR, "金丝雀理由")
    story.seal(story.review)
    found = help_text(story.desk, screen="D02")
    lines = found.text.splitlines()
    assert len(lines) <= MOST_LINES
    assert "已交，未确认 1" in found.text
    assert "待签名 1" in found.text
    for secret in ("示例", "2026-0001", "金丝雀", "750", str(story.folder), "E0001", "hand-in"):
        assert secret not in found.text, secret


def test_it_fits_into_a_qr_code(stories: Stories) -> None:
    svg = help_text(stories("assigned").desk).qr_svg()
    assert svg.startswith((b"<?xml", b"<svg"))


def test_long_lines_and_many_codes_are_cut() -> None:
    text = help_text(recent_codes=[f"code_{number}" * 20 for number in range(90)]).text
    assert max(len(line) for line in text.splitlines()) <= 120


def test_it_needs_neither_the_store_nor_qt() -> None:
    script = (
        "import sys, app.services.help_text as h; h.help_text(); "
        "bad = {'sqlalchemy', 'PySide6', 'reportlab', 'pyhanko', 'segno'} & set(sys.modules); "
        "sys.exit(str(bad) if bad else 0)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
