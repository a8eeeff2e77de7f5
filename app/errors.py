"""Failures that are told in words.

Everything a person can do something about is a :class:`UserFacingError`; the command line and the window
each have exactly one place that turns it into a sentence. Anything else is a bug and flies on.
"""

from typing import ClassVar

from app.i18n import N_, _


class Cancelled(Exception):  # noqa: N818 - control flow, not an error
    """The person asked to stop. Nothing is said and nothing has changed."""


class UserFacingError(Exception):
    """An expected failure: one sentence that says what happened and what to do next.

    ``code`` names the failure for the help desk and for scripts; it is stable and unique per class.
    The facts stay out of ``str()``, so that a logged traceback tells none of them.
    """

    code: ClassVar[str] = "failed"
    message: ClassVar[str] = N_("That did not work.")

    def __init__(self, **facts: object) -> None:
        super().__init__()
        self.facts = facts

    def sentence(self) -> str:
        """What to tell the person, in the chosen language."""
        return _(self.message).format(**self.facts)
