"""Everything in open formats: what was signed as it was signed, and the record's tables as CSV and JSON.

A spreadsheet takes a cell that begins like a formula for one; such cells get an apostrophe in front.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.atomic_file import write_atomically
from app.crypto import certificates
from app.domain.results import ApplicationResult
from app.packages import canonical
from app.progress import Progress
from app.services.record_context import SILENT, RecordContext, load_keys
from app.services.record_errors import OutputExistsError
from app.services.record_originals import rebuilt
from app.services.record_result_texts import result_json, total_text
from app.services.record_results import ResultService
from app.storage.record.authority import CertificateRole
from app.storage.record.files import FilesDestroyedError
from app.storage.record.unit_of_work import RecordWork

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BOM: Final = b"\xef\xbb\xbf"  # spreadsheets need it to see UTF-8


@dataclass(frozen=True, slots=True)
class Exported:
    """Where it went, and the files by their path below that folder."""

    folder: Path
    files: tuple[str, ...]


class ExportService:
    """Writes in the clear, on purpose and to the named folder only."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def export(self, out: Path, *, progress: Progress = SILENT) -> Exported:
        """Write tables, originals and trust into the empty folder *out*.

        Raises:
            OutputExistsError: the folder has something in it.
        """
        if out.exists() and any(out.iterdir()):
            raise OutputExistsError(folder=out.name)
        writer = _Writer(out)
        with self._context.store.reading() as work:
            self._write_trust(work, writer)
            self._write_originals(work, writer, progress)
            _write_people(work, writer)
        results = ResultService(self._context).results(has_reasons=True)
        writer.write("results.json", canonical.encode({"applications": [result_json(one) for one in results]}))
        writer.write("results.csv", _csv(_result_rows(results)))
        writer.write("examination.csv", _csv(_examination_rows(results)))
        writer.write("onsite.csv", _csv(_onsite_rows(results)))
        writer.write("rubric.json", self._context.campaign.rubric)
        with self._context.store.reading() as work:
            form, checklist = work.authority.examination(), work.visits.checklist()
        if checklist is not None:
            writer.write("checklist.json", checklist.content)
        if form is not None:
            writer.write("examination.json", form.content)
        return Exported(out, tuple(writer.written))

    def _write_trust(self, work: RecordWork, writer: "_Writer") -> None:
        keys = load_keys(work)
        writer.write("trust/ca+crls.pem", keys.trust.to_pem())
        for certificate in work.authority.certificates(CertificateRole.EXPERT):
            facts = certificates.facts_of(certificate.der)
            writer.write(f"trust/experts/{facts.device}.pem", certificates.to_pem(certificate.der).encode("ascii"))

    def _write_originals(self, work: RecordWork, writer: "_Writer", progress: Progress) -> None:
        """Each package as it was signed, with the certificates and lists it was judged under."""
        index: list[Sequence[object]] = [
            ("package_sha256", "kind", "expert", "device", "seq", "outcome", "imported_at", "trust", "file")
        ]
        packages = list(work.packages.all())
        for done, package in enumerate(packages):
            progress.step(done, len(packages))
            trust = f"trust/ca+crls-{package.root_crl}-{package.issuing_crl}.pem"
            if trust not in writer.written:
                keys = load_keys(work, root_crl=package.root_crl, issuing_crl=package.issuing_crl)
                writer.write(trust, keys.trust.to_pem())
            name = f"originals/{package.device}/{package.seq:05d}-{package.sha256[:8]}.asice"
            try:
                writer.write(name, rebuilt(work, package))
            except FilesDestroyedError:
                name = ""
            index.append(
                (package.sha256, package.kind, package.expert, package.device, package.seq, package.outcome,
                 package.imported_at.isoformat(), trust, name)
            )  # fmt: skip
        writer.write("originals.csv", _csv(index))
        progress.step(len(packages), len(packages))


class _Writer:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.written: list[str] = []

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        target = self._folder.joinpath(*name.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, data)
        self.written.append(name)


def _result_rows(results: Sequence[ApplicationResult]) -> Iterable[Sequence[object]]:
    yield ("application", "operator", "expert", "status", "total", "indicator", "standing", "percent", "points")
    for result in results:
        for expert in result.experts:
            start = (result.application, result.operator, expert.expert, expert.status, total_text(expert.total) or "")
            if not expert.scores:
                yield (*start, "", "", "", "")
            for line in expert.scores:
                percent = "" if line.percent is None else line.percent
                points = "" if line.points is None else line.points
                yield (*start, line.indicator, line.standing, percent, points)


def _examination_rows(results: Sequence[ApplicationResult]) -> Iterable[Sequence[object]]:
    """One line per expert and question; the line without a question has the conclusion and why."""
    yield ("application", "operator", "expert", "status", "recommend", "question", "verdict", "reason")
    for result in results:
        for expert in result.examination.experts if result.examination else ():
            start = (result.application, result.operator, expert.expert, expert.status, expert.recommend or "")
            yield (*start, "", "", expert.text)
            for line in expert.answers:
                yield (*start, line.question, line.verdict, line.reason)


def _onsite_rows(results: Sequence[ApplicationResult]) -> Iterable[Sequence[object]]:
    """One line per member of each visiting team; what the team found stands on every one of them."""
    yield (
        "application", "operator", "expert", "leader", "signed", "total", "conclusion", "acknowledgement", "dissents",
        "missing_photos", "opinion",
    )  # fmt: skip
    for result in results:
        visit = result.onsite
        for one in visit.members if visit else ():
            facts = visit.facts if visit else None
            start = (result.application, result.operator, one.expert, one.is_leader, one.signed)
            if visit is None or facts is None:
                yield (*start, "", "", "", "", "", "")
                continue
            outcome = facts.acknowledgement.outcome if facts.acknowledgement else ""
            dissents = "; ".join(f"{said.author}: {said.text}" for said in facts.dissents)
            yield (*start, total_text(visit.total) or "", facts.now, outcome, dissents, len(facts.lost), facts.opinion)


def _write_people(work: RecordWork, writer: _Writer) -> None:
    writer.write(
        "experts.csv",
        _csv(
            [
                ("expert", "name", "employer", "title", "devices"),
                *(
                    (one.expert, one.name, one.employer, one.title,
                     " ".join(device.device for device in work.roster.devices(one.expert)))
                    for one in work.roster.experts()
                ),
            ]
        ),
    )  # fmt: skip
    applications = work.applications.all()
    writer.write("applications.json", canonical.encode({"applications": applications}))
    writer.write(
        "applications.csv",
        _csv(
            [
                ("application", "operator", "uscc", "offering", "category", "recommender", "state", "documents"),
                *(
                    (one.code, one.face.operator, one.face.uscc, one.face.offering_name, one.face.category,
                     one.face.recommender, one.state, len(one.documents))
                    for one in applications
                ),
            ]
        ),
    )  # fmt: skip
    writer.write(
        "assignments.csv",
        _csv(
            [
                ("review", "application", "expert", "assigned_at", "deadline_at", "recalled_at", "kind"),
                *(
                    (one.review, one.application, one.expert, one.assigned_at.isoformat(),
                     one.deadline_at.isoformat() if one.deadline_at else "",
                     one.recalled_at.isoformat() if one.recalled_at else "", one.kind)
                    for one in work.reviews.all(with_recalled=True)
                ),
            ]
        ),
    )  # fmt: skip
    writer.write("log.jsonl", b"".join(line.line + b"\n" for line in work.log.lines()))


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_cell(str(value)) for value in row])
    return _BOM + text.getvalue().encode("utf-8")


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
