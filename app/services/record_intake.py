"""Taking in applications: the summary table and one folder per row become applications with their dossiers (Art. 8)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.decoding.pool import DecodingPool
from app.documents.intake_findings import FindingLine, write_findings
from app.documents.intake_template import write_template
from app.domain.application import Application, ApplicationState
from app.domain.changes import NOTHING, Changes
from app.domain.ids import ApplicationCode, CampaignId
from app.domain.record_log import Act
from app.domain.summary_table import application_key
from app.intake.check import CheckedApplication, IntakeCheck, check_intake
from app.intake.documents import AcceptedFile, CheckedFile
from app.intake.finding import Level
from app.intake.same_files import replaced_documents
from app.packages.payloads import dossier_digest
from app.progress import Progress
from app.services.record_context import SILENT, RecordContext
from app.storage.record.applications import StoredApplication
from app.storage.record.unit_of_work import RecordWork

CheckedIntake = IntakeCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeLine:
    """One row of the table and what became of it; ``application`` is set once it is in the record."""

    row: int
    application: ApplicationCode | None
    finding: Level
    codes: tuple[str, ...]
    sentences: tuple[str, ...]
    operator: str
    offering_name: str


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """What was found and what was taken; nothing was, in a dry run. ``extended``: dossiers with other documents."""

    applications: tuple[IntakeLine, ...]
    files: tuple[CheckedFile, ...]
    table: tuple[str, ...]  # sentences about the table as a whole
    taken: int
    refused: int
    changes: Changes
    extended: tuple[ApplicationCode, ...] = ()


class IntakeService:
    """Checking reads and changes nothing; taking is one transaction for the whole table."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def template(self, out: Path) -> None:
        """Write the empty summary table."""
        write_template(out)

    def check(
        self, table: Path, folder: Path | None, *, progress: Progress = SILENT,
        decoder: DecodingPool | None = None,
    ) -> CheckedIntake:  # fmt: skip
        """Look at a table and its folder, every document opened once in the decoding child.

        Raises:
            Cancelled: the person asked to stop. DecoderUnavailableError: the child cannot start.
        """
        with self._context.store.reading() as work:
            known = work.applications.all()
        if decoder is not None:
            return check_intake(table, folder, decoder=decoder, known=known, progress=progress)
        with DecodingPool() as own:
            return check_intake(table, folder, decoder=own, known=known, progress=progress)

    def preview(self, checked: CheckedIntake) -> IntakeResult:
        """What :meth:`take` would find; writes nothing."""
        return _result(checked, {}, taken=0, changes=NOTHING)

    def take(
        self, checked: CheckedIntake, *, progress: Progress = SILENT
    ) -> IntakeResult:  # fmt: skip
        """Take what was acceptable; the same files again change nothing.

        Raises:
            FileChangedError: a file is no longer what was checked; nothing was taken. Cancelled: likewise.
        """
        minted: dict[int, ApplicationCode] = {}
        campaign = self._context.campaign.campaign
        with self._context.store.writing() as work:
            number = work.applications.next_number(campaign)
            total = len(checked.acceptable)
            for done, one in enumerate(checked.acceptable):
                if one.values is None:
                    continue
                code = ApplicationCode(f"{campaign}-{number:04d}")
                documents = tuple(file.document() for file in one.accepted)
                application = one.values.application(code, state=ApplicationState.RECOMMENDED, documents=documents)
                self._add(work, application, one.accepted, number=number, campaign=campaign)
                minted[one.row] = code
                number += 1
                progress.step(done + 1, total)
            extended = tuple(one.known for one in checked.extended if one.known and self._extend(work, one))
            if minted or extended:
                work.commit()
        changes = Changes(applications=True, log=True) if minted or extended else NOTHING
        return _result(checked, minted, taken=len(minted), changes=changes, extended=extended)

    def export_findings(self, checked: CheckedIntake, folder: Path) -> tuple[Path, ...]:
        """One spreadsheet per recommender with everything to be mended."""
        lines = (
            FindingLine(
                recommender=line.recommender, row=line.row, operator=line.operator, offering_name=line.offering_name,
                place=line.place, level=str(line.level), code=line.code, sentence=line.sentence,
            )
            for line in checked.report_lines()
        )  # fmt: skip
        return tuple(write_findings(lines, folder))

    def _add(
        self, work: RecordWork, application: Application, files: Sequence[AcceptedFile], *, number: int,
        campaign: CampaignId,
    ) -> None:  # fmt: skip
        dossier, now = dossier_digest(application.face, application.documents), self._context.clock()
        key = application_key(application.face.uscc, application.face.offering_name)
        work.applications.add(
            StoredApplication(
                application=application, campaign=campaign, number=number, key="\n".join(key), dossier_sha256=dossier,
                taken_at=now,
            )
        )  # fmt: skip
        work.files.make_key(application.code)
        for file in files:
            work.files.put_document(application.code, (file.read_verified(),), sha256=file.sha256)
        facts = {"application": application.code, "dossier": dossier}
        self._context.log(work, Act.TAKEN_IN, facts, at=now)

    def _extend(self, work: RecordWork, one: CheckedApplication) -> bool:
        """Take documents that an application of the record did not have; its dossier is another one from now on.

        What is replaced leaves the dossier; its bytes stay for the reviews that were signed on it.
        """
        if one.known is None:
            return False
        application = work.applications.get(one.known)
        if application is None:
            return False
        handed_in = {file.sha256: file.name for file in one.accepted}
        replaced = replaced_documents(application.documents, handed_in)
        fresh = {file.sha256: file.document() for file in one.new_files}
        kept = tuple(
            fresh.pop(replaced[each.sha256]) if each.sha256 in replaced else each for each in application.documents
        )
        grown = replace(application, documents=(*kept, *fresh.values()))
        dossier = dossier_digest(grown.face, grown.documents)
        work.applications.list_anew(grown, dossier=dossier)
        for file in one.new_files:
            work.files.put_document(one.known, (file.read_verified(),), sha256=file.sha256)
        self._context.log(work, Act.TAKEN_IN, {"application": one.known, "dossier": dossier})
        return True


def _result(
    checked: CheckedIntake,
    minted: dict[int, ApplicationCode],
    *,
    taken: int,
    changes: Changes,
    extended: tuple[ApplicationCode, ...] = (),
) -> IntakeResult:
    lines = tuple(
        IntakeLine(
            row=one.row,
            application=minted.get(one.row) or one.known or minted.get(one.merged_into or -1),
            finding=one.level,
            codes=tuple(one.codes),
            sentences=tuple(one.sentences),
            operator=one.operator,
            offering_name=one.offering_name,
        )
        for one in checked.applications
    )
    table = tuple(finding.sentence for finding in checked.findings)
    return IntakeResult(lines, checked.files, table, taken, len(checked.refused), changes, extended)
