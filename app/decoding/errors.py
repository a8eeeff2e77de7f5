"""Why a document could not be shown or taken in: one class for each thing a person can do about it."""

from typing import ClassVar, Final

from app.decoding.kinds import FileKind, ForeignKind
from app.errors import UserFacingError
from app.i18n import N_, _

KIND_NAMES: Final = {
    FileKind.PDF: N_("PDF"),
    FileKind.JPEG: N_("JPEG picture"),
    FileKind.PNG: N_("PNG picture"),
    FileKind.WEBP: N_("WebP picture"),
    FileKind.HEIC: N_("HEIC picture"),
    FileKind.XLSX: N_("Excel sheet (XLSX)"),
    FileKind.DOCX: N_("Word document (DOCX)"),
}
FOREIGN_NAMES: Final = {
    ForeignKind.SVG: N_("SVG drawing"),
    ForeignKind.HTML: N_("web page"),
    ForeignKind.XML: N_("XML file"),
    ForeignKind.TIFF: N_("TIFF picture"),
    ForeignKind.GIF: N_("GIF picture"),
    ForeignKind.BMP: N_("BMP picture"),
    ForeignKind.AVIF: N_("AVIF picture"),
    ForeignKind.VIDEO: N_("video or sound file"),
    ForeignKind.OLD_OFFICE: N_("old Word, Excel or PowerPoint file"),
    ForeignKind.MACRO_OFFICE: N_("Office file with macros"),
    ForeignKind.PRESENTATION: N_("presentation"),
    ForeignKind.OPEN_DOCUMENT: N_("OpenDocument file"),
    ForeignKind.RTF: N_("RTF text"),
    ForeignKind.POSTSCRIPT: N_("PostScript file"),
    ForeignKind.ARCHIVE: N_("archive"),
    ForeignKind.PROGRAM: N_("program"),
    ForeignKind.TEXT: N_("plain text"),
    ForeignKind.UNKNOWN: N_("file of an unknown type"),
}


class DecodingError(UserFacingError):
    """A stranger's document that was not opened; the program itself is well."""

    code: ClassVar[str] = "decoding_failed"
    message: ClassVar[str] = N_("This document could not be opened. Ask for it to be saved again as a PDF.")


class NotAcceptedError(DecodingError):
    """By its content it is none of the accepted types; ``facts["kind"]`` says what it is instead."""

    code = "not_accepted"
    message = N_("This is a {kind}, which is not accepted. Ask for it as PDF, JPEG, PNG, WebP, HEIC, XLSX or DOCX.")

    def __init__(self, *, kind: ForeignKind) -> None:
        super().__init__(kind=kind)
        self.kind = kind

    def sentence(self) -> str:
        """The name of the kind is translated with the sentence."""
        return _(self.message).format(kind=_(FOREIGN_NAMES[self.kind]))


class TypeMismatchError(DecodingError):
    """An accepted type under another type's ending."""

    code = "type_mismatch"
    message = N_("The name says {promised}, the content is a {kind}. It is read by its content; check the file.")

    def __init__(self, *, kind: FileKind, promised: FileKind) -> None:
        super().__init__(kind=kind, promised=promised)
        self.kind, self.promised = kind, promised

    def sentence(self) -> str:
        """The names of both kinds are translated with the sentence."""
        return _(self.message).format(kind=_(KIND_NAMES[self.kind]), promised=_(KIND_NAMES[self.promised]))


class EmptyFileError(DecodingError):
    """No bytes at all."""

    code = "empty"
    message = N_("This file is empty. Ask for it to be sent again.")


class DamagedFileError(DecodingError):
    """Starts like an accepted type and cannot be read to the end."""

    code = "damaged"
    message = N_("This file is damaged and cannot be read. Ask for it to be sent again.")


class PasswordProtectedError(DecodingError):
    """Encrypted by its author. No passwords are asked for: they would have to travel with the dossier."""

    code = "password"
    message = N_("This file is protected by a password. Ask for it to be sent without one.")


class DecodingTimeoutError(DecodingError):
    """The child was ended because it did not answer in time."""

    code = "timeout"
    message = N_("This document took too long to open and was given up. Ask for it to be saved again as a PDF.")


class OverLimitError(DecodingError):
    """More pages, pixels, cells or packed content than any honest dossier has; ``facts["limit"]`` names which."""

    code = "over_limit"
    message = N_("This document is larger inside than allowed. Ask for it in a smaller form, for example 200 dpi.")


class FileTooLargeError(DecodingError):
    """More bytes than may be handed to the child at all."""

    code = "too_large"
    message = N_("This file is larger than {limit_mb} MB. Ask for it in parts or scanned again at 200 dpi.")


class DecoderCrashedError(DecodingError):
    """The child ended by itself, or answered with something that cannot be true."""

    code = "crashed"
    message = N_("This document could not be shown safely. Other documents are not affected; ask for a new PDF of it.")


class DecoderUnavailableError(DecodingError):
    """The child cannot be started on this computer."""

    code = "decoder_unavailable"
    message = N_("Documents cannot be opened because a part of the program did not start. Install the program again.")
