"""The unit of work: one operator with one product or service (Art. 7, 19, 24)."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import ApplicationCode, Sha256


class BrandCategory(StrEnum):
    """The four brands below the public brand “1+4”."""

    AGRI = "agri"
    INDUSTRIAL = "industrial"
    SERVICE = "service"
    REGIONAL = "regional"


class Offering(StrEnum):
    """Products and services are judged by the same dimensions with different evidence."""

    PRODUCT = "product"
    SERVICE = "service"


class ApplicationState(StrEnum):
    """How far an application has come in what this program records so far (Art. 8 to 13)."""

    RECOMMENDED = "recommended"
    QUAL_SCORING = "qual_scoring"
    QUAL_CONSENSUS = "qual_consensus"
    WITHDRAWN = "withdrawn"


class MediaType(StrEnum):
    """What a dossier may hold, recognised by content and never by name."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a dossier. Its name is a stranger's text: shown, never used as a path."""

    sha256: Sha256
    size: int
    media: MediaType
    name: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class FaceSheet:
    """What an expert may see before declaring: just enough to know whether there is a conflict.

    Attributes:
        operator: 经营主体, the applicant entity.
        uscc: unified social credit code (GB 32100-2015).
        region: city of GB/T 2260 or ``LN-SF``; empty where unknown.
        trademark_holder, drafters, laboratory: whom the expert might be related to besides the operator.
    """

    application: ApplicationCode
    operator: str
    uscc: str
    offering_name: str
    category: BrandCategory
    offering: Offering
    recommender: str
    region: str = ""
    trademark: str = ""
    trademark_holder: str = ""
    standards: tuple[str, ...] = ()
    drafters: tuple[str, ...] = ()
    laboratory: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """A face sheet with the rest of what the summary table says, and its documents."""

    face: FaceSheet
    state: ApplicationState
    industry: str = ""
    contact: str = ""
    phone: str = ""
    rank: str = ""
    remark: str = ""
    documents: tuple[Document, ...] = ()

    @property
    def code(self) -> ApplicationCode:
        """“2026-0001”: the campaign and the order of intake."""
        return self.face.application
