"""Where in a dossier something was seen: a file by its hash, and a place in it.

Coordinates are integers in hundredths of a point, origin top left of the CropBox as displayed after rotation;
for images they are pixels after the orientation of the photograph was applied, and there is no page.
"""

import re
from dataclasses import dataclass
from typing import Final

from app.domain.ids import Sha256
from app.errors import UserFacingError
from app.i18n import N_

_HASH: Final = re.compile("[0-9a-f]{64}")


class AnchorInvalidError(UserFacingError):
    """The place cannot exist."""

    code = "anchor_invalid"
    message = N_("This reference to a document is not well formed ({field}). Set it again from the page.")


@dataclass(frozen=True, slots=True)
class Anchor:
    """One reference to evidence. Only ``document`` is always there; without a box the whole page is meant.

    Attributes:
        document: SHA-256 of the file's bytes, so that a replaced document is noticed.
        page: from 1; for documents with pages only.
        box: left, top, right, bottom.
        words: the words under the box, for people and for print.
        sheet: name of the worksheet.
        range: cells in A1 notation.
        chars: first and past-the-last character of a text.
    """

    document: Sha256
    page: int | None = None
    box: tuple[int, int, int, int] | None = None
    words: str | None = None
    sheet: str | None = None
    range: str | None = None
    chars: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if _HASH.fullmatch(self.document) is None:
            raise AnchorInvalidError(field="document")
        if self.page is not None and self.page < 1:
            raise AnchorInvalidError(field="page")
        if self.box is not None and not (self.box[0] <= self.box[2] and self.box[1] <= self.box[3]):
            raise AnchorInvalidError(field="box")
        if self.chars is not None and not 0 <= self.chars[0] <= self.chars[1]:
            raise AnchorInvalidError(field="chars")
