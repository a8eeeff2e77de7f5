"""What was printed, in words."""

from app.domain.print_pages import PrintMade
from app.i18n import _
from app.words.days import moment_words


def print_words(made: PrintMade) -> str:
    """When, what and which pages."""
    title = made.title or _("a document that has been replaced")
    return _("{time}  {title}, pages {pages}").format(time=moment_words(made.at), title=title, pages=made.pages)
