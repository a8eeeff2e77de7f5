"""Letters for documents that do not bring their own: the system's fonts, then the Chinese ones we carry."""

import importlib.util
from pathlib import Path
from typing import Final

_SYSTEM_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)
_PACKAGE: Final = "pylopdf_fonts_zh_cn"


def font_folders() -> list[str]:
    """Folders that exist, the system's first. Where the system has its own way to find fonts it goes first anyway."""
    found = importlib.util.find_spec(_PACKAGE)
    ours = list(found.submodule_search_locations or ()) if found else []
    return [folder for folder in (*_SYSTEM_FOLDERS, *ours) if Path(folder).is_dir()]
