"""The two pages for experts as a file to print: written from the help page of the same name."""

from pathlib import Path

from app.atomic_file import write_atomically
from app.documents.expert_guide import GuideFacts, expert_guide
from app.services.help_pages import GUIDE, HelpShelf


def write_guide(out: Path, *, campaign: str = "", fingerprint: str = "") -> Path:
    """Write the pages as PDF to *out*, in the language that is spoken; what is not known stays open on paper.

    Raises:
        UserFacingError: the disk failed, in words.
    """
    page = HelpShelf().page(GUIDE)
    write_atomically(out, expert_guide(page.blocks, GuideFacts(campaign, fingerprint)).pdf, verify=True)
    return out
