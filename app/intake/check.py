"""One intake, looked at as a whole: the table, the folders, every file. Pure reading; what to take is decided later.

A row with an error is not taken, the others are; a bad file is named while its application is taken with a warning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.decoding.pool import DecodingPool
from app.domain.application import Application
from app.domain.ids import ApplicationCode
from app.domain.regions import Regions
from app.i18n import N_, _
from app.intake.documents import (
    AcceptedFile,
    CheckedFile,
    check_file,
    megabytes,
    too_large_advice,
)
from app.intake.finding import Code, Finding, Level, find, worst
from app.intake.folders import Matching, match_folders
from app.intake.limits import MEGABYTE, IntakeLimits
from app.intake.listing import Listing, list_dossier, list_root
from app.intake.reference import default_regions
from app.intake.relations import Relations, relate
from app.intake.same_files import compared, files_elsewhere, told_of_replacing
from app.intake.summary_row import ReadRow, SummaryRow
from app.intake.summary_table import TableReading, read_table
from app.intake.table_file import read_sheet
from app.progress import NoProgress, Progress

_DOSSIER_TOO_LARGE: Final = N_("{size} MB in all, more than the {limit} MB allowed. The largest is “{name}”. {advice}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedApplication:
    """One row of the table with everything found about it and its files.

    Attributes:
        row: as the spreadsheet counts.
        values: ``None`` where the row has an error.
        known: the application of the record that it is already.
        merged_into: the row that stands for the same application.
        folder: name of its subfolder; empty if it has none.
        new_files: accepted files that the record's application does not have. One that has the name of a document
            whose own content is not handed in any more takes its place.
    """

    row: int
    number: int | None
    recommender: str
    operator: str
    offering_name: str
    findings: tuple[Finding, ...]
    values: SummaryRow | None
    known: ApplicationCode | None = None
    merged_into: int | None = None
    folder: str = ""
    files: tuple[CheckedFile, ...] = ()
    new_files: tuple[AcceptedFile, ...] = ()

    @property
    def level(self) -> Level:
        """The gravest of its findings."""
        return worst(self.findings)

    @property
    def codes(self) -> list[str]:
        """The kinds of its findings, each once, in order."""
        return list(dict.fromkeys(str(finding.code) for finding in self.findings))

    @property
    def sentences(self) -> list[str]:
        """What to tell people, with the column where there is one."""
        return [_at(f.column, f.sentence) if f.column else f.sentence for f in self.findings]

    @property
    def accepted(self) -> tuple[AcceptedFile, ...]:
        """The files to take, each content once."""
        return tuple(file.accepted for file in self.files if file.accepted is not None)

    @property
    def is_acceptable(self) -> bool:
        """Whether the record may take it as a new application."""
        return self.values is not None and self.known is None and self.merged_into is None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One finding with everything a recommender needs to understand it."""

    recommender: str
    row: int | None
    operator: str
    offering_name: str
    place: str
    level: Level
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class IntakeCheck:
    """The whole run. ``findings`` are about the table; where one is an error there are no applications."""

    findings: tuple[Finding, ...]
    applications: tuple[CheckedApplication, ...] = ()
    files: tuple[CheckedFile, ...] = ()

    @property
    def acceptable(self) -> tuple[CheckedApplication, ...]:
        """What may be taken as new."""
        return tuple(application for application in self.applications if application.is_acceptable)

    @property
    def extended(self) -> tuple[CheckedApplication, ...]:
        """What is in the record already and has documents that are not."""
        return tuple(one for one in self.applications if one.known is not None and one.new_files)

    @property
    def refused(self) -> tuple[CheckedApplication, ...]:
        """What has an error."""
        return tuple(application for application in self.applications if application.level is Level.ERROR)

    def report_lines(self) -> Iterator[ReportLine]:
        """Warnings and errors, table first, then row by row with the files of each, then the rest of the folder."""
        for finding in self.findings:
            yield _line(finding, None)
        told: set[int] = set()
        for application in self.applications:
            told.add(application.row)
            for finding in application.findings:
                yield from _told(finding, application)
            for file in application.files:
                for finding in file.findings:
                    yield from _told(finding, application)
        for file in self.files:
            if file.row not in told:
                for finding in file.findings:
                    yield from _told(finding, None)


def check_intake(
    table: Path,
    files: Path | None,
    *,
    decoder: DecodingPool,
    limits: IntakeLimits | None = None,
    known: Sequence[Application] = (),
    regions: Regions | None = None,
    progress: Progress | None = None,
) -> IntakeCheck:
    """Look at *table* and the folder *files* without changing anything anywhere.

    Args:
        files: one subfolder per row; ``None`` looks at the table alone.
        known: every application already in the record, so that nothing is taken twice.

    Raises:
        DecoderUnavailableError: the decoding child cannot be started on this computer.
        Cancelled: the person no longer wants it.
    """
    limits = limits or IntakeLimits()
    sheet = read_sheet(table, decoder=decoder, limits=limits)
    if isinstance(sheet, Finding):
        return IntakeCheck((sheet,))
    reading = read_table(sheet, regions or default_regions(), limits=limits)
    related = relate(reading.rows, known)
    if not reading.rows or files is None:
        return IntakeCheck(reading.findings, tuple(_bare(row, related) for row in related.rows))
    look = _Look(table, files, decoder, limits, {a.code: a for a in known})
    return look.check(reading, related, progress or NoProgress())


def _bare(row: ReadRow, related: Relations) -> CheckedApplication:
    return CheckedApplication(
        row=row.row,
        number=row.number,
        recommender=row.recommender,
        operator=row.operator,
        offering_name=row.offering_name,
        findings=row.findings,
        values=row.values,
        known=related.known.get(row.row),
        merged_into=related.merged.get(row.row),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    table: Path
    root: Path
    decoder: DecodingPool
    limits: IntakeLimits
    record: dict[ApplicationCode, Application]

    def check(self, reading: TableReading, related: Relations, progress: Progress) -> IntakeCheck:
        listing = list_root(self.root)
        matching = match_folders(listing.folders, related.rows, merged=related.merged, known=related.known)
        dossiers: dict[int, list[CheckedFile]] = {}
        progress.step(0, len(related.rows))
        for done, row in enumerate(related.rows, start=1):
            dossiers[row.row] = self._dossier(row, matching)
            progress.step(done, len(related.rows))
        others = files_elsewhere(dossiers, self.record, related)
        applications = tuple(
            self._application(row, related, matching, files=compared(dossiers[row.row], others)) for row in related.rows
        )
        checked = [file for application in applications for file in application.files]
        return IntakeCheck(reading.findings, applications, (*checked, *self._rest(listing, matching)))

    def _dossier(self, row: ReadRow, matching: Matching) -> list[CheckedFile]:
        folder = matching.folders.get(row.row)
        if folder is None:
            return []
        dossier = list_dossier(folder, limits=self.limits)
        files = [check_file(entry, decoder=self.decoder, limits=self.limits, row=row.row) for entry in dossier.entries]
        files.extend(CheckedFile(finding.path, findings=(finding,), row=row.row) for finding in dossier.findings)
        return files

    def _application(
        self, row: ReadRow, related: Relations, matching: Matching, *, files: tuple[CheckedFile, ...]
    ) -> CheckedApplication:
        bare = _bare(row, related)
        known = self.record[bare.known] if bare.known else None
        if known is not None:
            files = told_of_replacing(files, known.documents)
        application = replace(bare, files=files)
        folder = matching.folders.get(row.row)
        findings = list(row.findings)
        if application.merged_into is None:
            findings.extend(matching.doubts.get(row.row, ()))
            if folder is not None:
                findings.extend(self._dossier_findings(row, folder.name, files))
            elif row.row not in matching.doubts and application.known is None:
                findings.append(find(Code.NO_FOLDER, row=row.row, number=row.number or row.row))
        had = {document.sha256 for document in known.documents} if known else set()
        return replace(
            application,
            findings=tuple(findings),
            values=None if worst(findings) is Level.ERROR else row.values,
            folder=folder.name if folder else "",
            new_files=tuple(file for file in application.accepted if known and file.sha256 not in had),
        )

    def _dossier_findings(self, row: ReadRow, folder: str, files: tuple[CheckedFile, ...]) -> Iterator[Finding]:
        accepted = [file.accepted for file in files if file.accepted is not None]
        meant = [file for file in files if file.accepted is not None or file.level is not Level.OK]
        if not accepted:
            yield find(Code.NO_FILES, row=row.row, folder=folder)
            return
        left_out = sum(file.level is Level.ERROR for file in meant)
        if left_out:
            yield find(Code.FILES_LEFT_OUT, row=row.row, count=left_out, total=len(meant))
        yield from _first_of_each(files, row.row)
        size = sum(file.size for file in accepted)
        if size > self.limits.dossier_bytes:
            largest = max(accepted, key=lambda file: file.size)
            yield find(
                Code.OVER_LIMIT,
                row=row.row,
                words=_DOSSIER_TOO_LARGE,
                size=megabytes(size),
                limit=f"{self.limits.dossier_bytes / MEGABYTE:g}",
                name=largest.name,
                advice=too_large_advice(largest.size, largest.pages or 0),
            )

    def _rest(self, listing: Listing, matching: Matching) -> Iterator[CheckedFile]:
        for finding in (*matching.findings, *listing.findings):
            yield CheckedFile(finding.path, findings=(finding,))
        for entry in listing.loose:
            if not _is_same_file(entry.path, self.table):
                yield CheckedFile(entry.shown, findings=(find(Code.LOOSE_FILE, path=entry.shown),))


def _is_same_file(path: Path, table: Path) -> bool:
    try:
        return path.samefile(table)
    except OSError:
        return False


def _first_of_each(files: Iterable[CheckedFile], row: int) -> Iterator[Finding]:
    """Warnings about files that people should see at the row as well, one of each kind."""
    told: set[Code] = set()
    for file in files:
        for finding in file.findings:
            if finding.level is Level.WARNING and finding.code not in told and finding.code is not Code.DUPLICATE:
                told.add(finding.code)
                yield replace(finding, row=row, sentence=_at(file.path, finding.sentence))


def _at(place: str, sentence: str) -> str:
    return _("{place}: {what}").format(place=place, what=sentence)


def _told(finding: Finding, application: CheckedApplication | None) -> Iterator[ReportLine]:
    if finding.level is not Level.OK:
        yield _line(finding, application)


def _line(finding: Finding, application: CheckedApplication | None) -> ReportLine:
    return ReportLine(
        application.recommender if application else "",
        finding.row or (application.row if application else None),
        application.operator if application else "",
        application.offering_name if application else "",
        finding.path or finding.column,
        finding.level,
        str(finding.code),
        finding.sentence,
    )
