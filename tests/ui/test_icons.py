"""Every icon has a glyph, and none is loaded before it is needed."""

import subprocess
import sys

import pytest
import qtawesome

from ui.icons import Icon, icon


@pytest.mark.parametrize("name", Icon)
def test_every_icon_has_a_glyph(qapp, name: Icon) -> None:
    assert qtawesome.charmap(name.value)


def test_an_icon_is_painted_in_the_colour_of_the_theme(qapp) -> None:
    picture = icon(Icon.LOCK).pixmap(20, 20).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(20) for y in range(20))


def test_naming_icons_does_not_load_the_icon_fonts() -> None:
    program = "import sys; from ui.icons import Icon; from ui.frame import Frame; sys.exit('qtawesome' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
