"""Words for people, through gettext: English msgids, Simplified Chinese complete and default.

``app`` needs words too and must not import Qt, so Qt's own ``tr()`` is not used anywhere.
"""

import gettext as _gettext
import os
from typing import Final

from app.paths import resource

DOMAIN: Final = "youpin"
LANGUAGES: Final = ("zh_CN", "en")
DEFAULT_LANGUAGE: Final = "zh_CN"

_chosen: dict[str, str] = {}
_state: dict[str, _gettext.NullTranslations] = {}


def chosen_language() -> str:
    """``YOUPIN_LANGUAGE`` if it names a language we have, then what somebody chose, otherwise Chinese."""
    wanted = os.environ.get("YOUPIN_LANGUAGE", "")
    return wanted if wanted in LANGUAGES else _chosen.get("language", DEFAULT_LANGUAGE)


def choose_language(language: str) -> None:
    """Speak *language* as its person chose, unless ``YOUPIN_LANGUAGE`` says otherwise or it is not one we have."""
    if language in LANGUAGES:
        _chosen["language"] = language
        use_language(chosen_language())


def use_language(language: str) -> None:
    """Speak *language* from now on, in this process.

    Texts already on a screen do not change; the window is rebuilt after the setting changes.
    """
    # A missing catalogue must not stop the program: English is worse than Chinese and better than nothing.
    _state["active"] = _gettext.translation(
        DOMAIN, localedir=resource("translations"), languages=[language], fallback=True
    )


def _active() -> _gettext.NullTranslations:
    if "active" not in _state:
        use_language(chosen_language())
    return _state["active"]


def _(message: str) -> str:
    """*message* in the chosen language."""
    return _active().gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of the sentence that fits *count*."""
    return _active().ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark *message* for translation without translating it."""
    return message
