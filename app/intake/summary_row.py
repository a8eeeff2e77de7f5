"""One row of the summary table, checked: what the record is asked to take."""

from dataclasses import dataclass

from app.domain.application import Application, ApplicationState, BrandCategory, Document, FaceSheet, Offering
from app.domain.ids import ApplicationCode
from app.domain.regions import Recommender
from app.domain.summary_table import ApplicationKey, application_key
from app.intake.finding import Finding, Level, worst

_JOIN = "、"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """The values of a row without errors.

    Attributes:
        number, rank: 序号 and 推荐次序.
        region: of a recommender that has one, otherwise the city of the operator's first registration; may be empty.
        co_recommenders: others that recommend the same application in rows of their own.
    """

    number: int
    recommender: Recommender
    operator: str
    uscc: str
    offering_name: str
    category: BrandCategory
    offering: Offering
    industry: str
    trademarks: tuple[str, ...]
    standards: tuple[str, ...]
    rank: int
    region: str = ""
    contact: str = ""
    phone: str = ""
    remark: str = ""
    co_recommenders: tuple[Recommender, ...] = ()

    @property
    def key(self) -> ApplicationKey:
        """What makes it the same application as another."""
        return application_key(self.uscc, self.offering_name)

    def face_sheet(self, code: ApplicationCode) -> FaceSheet:
        """What experts see before they declare."""
        return FaceSheet(
            application=code,
            operator=self.operator,
            uscc=self.uscc,
            offering_name=self.offering_name,
            category=self.category,
            offering=self.offering,
            recommender=_JOIN.join(r.name for r in (self.recommender, *self.co_recommenders)),
            region=self.region,
            trademark=_JOIN.join(self.trademarks),
            standards=self.standards,
        )

    def application(
        self, code: ApplicationCode, *, state: ApplicationState, documents: tuple[Document, ...]
    ) -> Application:
        """The application as the record keeps it."""
        return Application(
            face=self.face_sheet(code),
            state=state,
            industry=self.industry,
            contact=self.contact,
            phone=self.phone,
            rank=str(self.rank),
            remark=self.remark,
            documents=documents,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row as it was read. What could be read stays, so that its folder is found although the row has errors."""

    row: int
    findings: tuple[Finding, ...]
    number: int | None = None
    recommender: str = ""
    operator: str = ""
    uscc: str = ""
    offering_name: str = ""
    values: SummaryRow | None = None

    @property
    def level(self) -> Level:
        """The gravest of its findings."""
        return worst(self.findings)
