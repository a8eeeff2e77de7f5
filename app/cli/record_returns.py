"""``youpin record import | decide | tray | results | verify | export``."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.output import Exit, Report, table
from app.cli.parsing import add_command
from app.cli.record_opening import add_record, open_for
from app.domain.outcome import Group, Outcome
from app.domain.review import ReviewKind, Verdict
from app.i18n import _, ngettext
from app.words.imports import outcome_word, prospect_word, tray_word
from app.words.reviews import expert_word

if TYPE_CHECKING:
    from app.domain.examination import ExaminationForm
    from app.domain.results import ApplicationResult
    from app.services.record_import import ImportedPackage, ImportReport


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``record``."""
    importing = add_command(
        commands,
        "import",
        _import,
        summary=_("take in what experts handed in"),
        description=_(
            "Each package and each review in it gets an outcome and a sentence. What cannot be taken by itself\n"
            "lies in the tray until somebody decides. The same file again changes nothing."
        ),
        example="youpin record import 2026.record returned/ --receipts receipts/",
    )
    add_record(importing)
    importing.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR", help=_("files or folders"))
    importing.add_argument("--dry-run", action="store_true", help=_("write nothing; say what would become of them"))
    importing.add_argument("--receipts", type=Path, metavar="DIR", help=_("write a receipt package per computer there"))
    decide = add_command(
        commands,
        "decide",
        _decide,
        summary=_("decide about something held in the tray"),
        example='youpin record decide 2026.record 3f9c21aa… --take --reason "{}"'.format(
            _("code compared by telephone")
        ),
    )
    add_record(decide)
    decide.add_argument("sha256", metavar="SHA256", help=_("hash of the file, or an unambiguous beginning of it"))
    way = decide.add_mutually_exclusive_group(required=True)
    way.add_argument("--take", action="store_true", help=_("take it into the record"))
    way.add_argument("--refuse", action="store_true", help=_("refuse it; the entry stays in the tray"))
    decide.add_argument("--reason", required=True, metavar="TEXT", help=_("why; kept with the act"))
    tray = add_command(
        commands,
        "tray",
        _tray,
        summary=_("list what waits for a decision"),
        description=_("The first column is the beginning of the hash that “decide” takes."),
        example="youpin record tray 2026.record --all",
    )
    add_record(tray)
    tray.add_argument("--all", action="store_true", help=_("also what was decided"))
    results = add_command(
        commands,
        "results",
        _results,
        summary=_("show scores, means and spread"),
        description=_(
            "A line for each application with mean and range, and below it one for each expert. Where an examination\n"
            "(Article 9) was asked for, its majority and the experts' conclusions and doubts follow.\n"
            "A review that is missing, recused or struck has no total; it never counts as zero. --json also has the\n"
            "trimmed mean, the dimensions and every indicator."
        ),
        example="youpin record results 2026.record --application 2026-0001",
    )
    add_record(results)
    results.add_argument("--application", metavar="ID", help=_("only this application"))
    add_record(
        add_command(
            commands,
            "verify",
            _verify,
            summary=_("rebuild every total from the stored originals and compare"),
            description=_("Also checks the log, every signature as of its import, and every dossier."),
            example="youpin record verify 2026.record --json",
        )
    )
    export = add_command(
        commands,
        "export",
        _export,
        summary=_("write everything in open formats: CSV, JSON, originals"),
        description=_(
            "In the clear, into an empty folder. trust/ca+crls.pem is what openssl needs to check originals."
        ),
        example="youpin record export 2026.record --out export/",
    )
    add_record(export)
    export.add_argument("--out", required=True, type=Path, metavar="DIR", help=_("an empty or new folder"))


def package_json(package: "ImportedPackage") -> dict[str, Any]:
    """One package of an import as scripts read it."""
    return {
        "file": str(package.file),
        "outcome": str(package.outcome),
        "sentence": package.sentence,
        "reviews": [
            {
                "review": review.review,
                "application": review.application,
                "expert": review.expert,
                "outcome": str(review.outcome),
                "revision": review.revision,
                "sentence": review.sentence,
                "kind": str(review.kind) if review.kind else None,
            }
            for review in package.reviews
        ],
        "sha256": package.sha256,
        "package": package.package_sha256,
        "expert": package.expert,
        "device": package.device,
        "seq": package.seq,
        "receipt": package.receipt_number,
    }


def _import(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        report = record.importing.import_files(arguments.paths, dry_run=arguments.dry_run, receipts=arguments.receipts)
    document = {
        "packages": [package_json(package) for package in report.packages],
        "counts": {str(outcome): count for outcome, count in report.counts.items()},
        "receipts": [str(file) for file in report.receipts],
    }
    status = status_of(report)
    text = _import_text(report, is_rehearsal=arguments.dry_run)
    return Report(document, text, status, "\n".join(_troubles(report)))


def status_of(report: "ImportReport") -> Exit:
    """0: all taken or nothing to do; 1: none taken and at least one held or refused; 3: some of each."""
    groups = {review.outcome.group for one in report.packages for review in one.reviews}
    groups |= {one.outcome.group for one in report.packages}
    if not groups & {"held", "refused"}:
        return Exit.DONE
    return Exit.PARTLY if "taken" in groups else Exit.REFUSED


def _import_text(report: "ImportReport", *, is_rehearsal: bool) -> str:
    def told(outcome: Outcome, sentence: str) -> tuple[str, str]:
        """Word and sentence; what was held or refused is told on standard error, and there alone."""
        is_taken = outcome.group is Group.TAKEN
        word = prospect_word(outcome) if is_rehearsal and is_taken else outcome_word(outcome)
        return word, "" if _is_bad(outcome) or (is_rehearsal and is_taken) else sentence

    rows = []
    for one in report.packages:
        word, sentence = told(one.outcome, one.sentence)
        rows.append((one.file.name, one.device or "", word, one.receipt_number or "", sentence))
        for review in one.reviews:
            word, sentence = told(review.outcome, review.sentence)
            rows.append((f"  {review.application}", review.expert, word, "", sentence))
    total = len(report.packages)
    if not total:
        return _("There is no file in what was named.")
    count = ngettext("{count} package", "{count} packages", total).format(count=total)
    return "\n".join(
        (table(rows), count, *([_("Looked at only. Nothing has been taken yet.")] if is_rehearsal else ()))
    )


def _troubles(report: "ImportReport") -> Iterator[str]:
    """Each package and each review that was held or refused, by name."""
    for one in report.packages:
        bad = [review for review in one.reviews if _is_bad(review.outcome)]
        if bad:
            yield from (f"{one.file.name}, {review.application}: {review.sentence}" for review in bad)
        elif _is_bad(one.outcome):
            yield f"{one.file.name}: {one.sentence}"


def _is_bad(outcome: Outcome) -> bool:
    return outcome.group in (Group.HELD, Group.REFUSED)


def _decide(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        decision = record.tray.decide(arguments.sha256, take=arguments.take, reason=arguments.reason)
    document = {
        "sha256": decision.entry.sha256,
        "decision": str(decision.entry.state),
        "package": package_json(decision.package) if decision.package else None,
    }
    if decision.package is None:
        return Report(document, _("Refused; the entry stays in the tray."))
    if _is_bad(decision.package.outcome):
        return Report(document, "", Exit.PARTLY, decision.package.sentence)
    return Report(document, decision.package.sentence)


def _tray(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        entries = record.tray.entries(waiting_only=not arguments.all)
        rows = [
            (
                one.sha256[:12], one.file_name, one.device or "", outcome_word(one.outcome),
                *((tray_word(one),) if arguments.all else ()), record.tray.sentence(one),
            )
            for one in entries
        ]  # fmt: skip
    document = {
        "tray": [
            {
                "sha256": one.sha256, "file": one.file_name, "size": one.size, "outcome": str(one.outcome),
                "expert": one.expert, "device": one.device, "applications": list(one.applications),
                "state": str(one.state), "code": one.package_code, "arrived_at": one.arrived_at.isoformat(),
                "kept": one.is_kept, "decided_by": one.decided_by, "reason": one.reason,
                "superseded_by": one.superseded_by,
            }
            for one in entries
        ]
    }  # fmt: skip
    return Report(document, table(rows) or _("The tray is empty."))


def _results(arguments: Namespace) -> Report:
    from app.services.record_result_texts import decimal_text, form_json, result_json, total_text

    with open_for(arguments) as record:
        results = record.results.results(arguments.application, has_reasons=True)
        form = record.results.examination_form()
    rows: list[tuple[str, ...]] = []
    for result in results:
        mean = _("mean {mean}").format(mean=decimal_text(result.mean.total) or "—")
        spread = decimal_text(result.spread.range) if result.spread else "—"
        apart = _("range {spread}").format(spread=spread)
        figures = f"{mean} · {apart}"
        rows.append((result.application, result.operator, "", figures))
        rows += [
            (f"  {expert.expert}", expert.name, expert_word(expert.status), total_text(expert.total) or "—")
            for expert in result.experts
        ]
        rows += _examination_rows(result, form)
        rows += _onsite_rows(result)
    document = {
        "applications": [result_json(result) for result in results],
        "examination_form": form_json(form) if form else None,
    }
    return Report(document, table(rows) or _("No applications yet. Take them in: youpin record intake"))


def _examination_rows(result: "ApplicationResult", form: "ExaminationForm | None") -> list[tuple[str, ...]]:
    from app.words.examination import conclusion_word, majority_words, review_kind_word, verdict_word

    if result.examination is None or form is None:
        return []
    kind = review_kind_word(ReviewKind.EXAMINATION)
    rows: list[tuple[str, ...]] = [(f"  {kind}", "", "", majority_words(result.examination.majority))]
    for one in result.examination.experts:
        conclusion = conclusion_word(one.recommend) if one.recommend else "—"
        rows.append((f"  {one.expert}", one.name, expert_word(one.status), conclusion))
        rows += [
            ("", "", verdict_word(line.verdict), f"{form.question(line.question).text}: {line.reason}")
            for line in one.answers
            if line.verdict is not Verdict.YES
        ]
        if one.text:
            rows.append(("", "", "", one.text))
    return rows


def _onsite_rows(result: "ApplicationResult") -> list[tuple[str, ...]]:
    from app.services.record_result_texts import total_text
    from app.words.examination import review_kind_word
    from app.words.onsite import acknowledgement_words, conclusion_words, lost_photo_words, signed_words

    visit = result.onsite
    if visit is None:
        return []
    facts = visit.facts
    points = f"{total_text(visit.total)}/{visit.full}" if facts else "—"
    conclusion = conclusion_words(facts.now) if facts else ""
    rows: list[tuple[str, ...]] = [(f"  {review_kind_word(ReviewKind.ONSITE)}", "", conclusion, points)]
    rows += [(f"  {one.expert}", one.name, signed_words(one.signed), "") for one in visit.members]
    if facts is None:
        return rows
    if facts.acknowledgement is not None:
        rows.append(("", "", acknowledgement_words(facts.acknowledgement.outcome), facts.acknowledgement.remark))
    rows += [("", "", _("dissent of {member}").format(member=one.author), one.text) for one in facts.dissents]
    rows += [("", "", _("missing"), lost_photo_words(one)) for one in facts.lost]
    if facts.opinion:
        rows.append(("", "", "", facts.opinion))
    return rows


def _verify(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        verified = record.verification.verify()
    document = {
        "ok": verified.is_ok,
        "packages": verified.packages,
        "differences": [
            {"table": one.table, "item": one.item, "sentence": one.sentence} for one in verified.differences
        ],
        "digest": verified.digest,
        "destroyed": verified.destroyed,
    }
    if verified.is_ok:
        text = _("Everything agrees: {count} packages.\nDigest: {digest}").format(
            count=verified.packages, digest=verified.digest
        )
        return Report(document, text)
    rows = [(one.item, one.sentence) for one in verified.differences]
    sentence = _("The record is not what was signed. Keep this copy, and compare it with a backup.")
    return Report(document, table(rows), Exit.REFUSED, sentence)


def _export(arguments: Namespace) -> Report:
    with open_for(arguments) as record:
        exported = record.exporting.export(arguments.out)
    text = _("{count} files in {folder}").format(count=len(exported.files), folder=exported.folder)
    return Report({"folder": str(exported.folder), "files": list(exported.files)}, text)
