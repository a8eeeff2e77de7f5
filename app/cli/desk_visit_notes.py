"""``youpin desk visit note | grade | sample | finding | withdraw | verify | acknowledge | seal``."""

from argparse import Namespace
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import open_for
from app.cli.desk_visit_arguments import (
    add_author,
    add_item,
    add_photo_options,
    add_site,
    add_visit,
    chosen_photos,
    member,
    moment,
    tray_number,
)
from app.cli.output import Report
from app.cli.parsing import add_command, closed_list, day, positive
from app.cli.usage import UsageError
from app.domain.onsite.acknowledgement import AcknowledgementOutcome
from app.domain.onsite.checklist import Grade, Method
from app.domain.onsite.finding import FindingKind
from app.domain.onsite.ids import EntryId, ItemId, SiteId, VisitId
from app.i18n import _
from app.words.onsite import acknowledgement_words, finding_words

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace
    from app.services.visit_notes import RecordDraft

_NO_GRADE = "none"
_SAID = (
    "seen", "site", "at", "asked", "place", "people", "document_number", "batch", "population", "sample_size", "author",
    "paper", "witness",
)  # fmt: skip


def add_commands(visit: Any) -> None:
    """Add the commands of this module to the group ``desk visit``."""
    _add_note(visit)
    _add_grade(visit)
    sample = add_command(
        visit,
        "sample",
        _sample,
        summary=_("draw a sample at random and keep its seed"),
        description=_(
            "The pieces are numbered from 1. Each number is ranked by SHA-256 of “SEED:NUMBER”; the lowest are drawn."
        ),
        example='youpin desk visit sample 王示例.desk 2026-0001 D2 --of "…" --population 300',
    )
    add_visit(sample)
    add_item(sample)
    sample.add_argument("--of", required=True, metavar="TEXT", help=_("what was numbered, and by which list"))
    sample.add_argument("--population", required=True, type=positive, metavar="N", help=_("how many there are"))
    sample.add_argument("--size", type=positive, metavar="N", help=_("how many to look at; by the checklist otherwise"))
    sample.add_argument("--seed", metavar="TEXT", help=_("a seed agreed on before; a fresh one otherwise"))
    _add_finding(visit)
    _add_acknowledge(visit)


def _add_note(visit: Any) -> None:
    note = add_command(
        visit,
        "note",
        _note,
        summary=_("write an evidence record"),
        description=_("Methods: I interview, R records, O observation, S sample, D demonstration, W witnessed test."),
        example='youpin desk visit note 王示例.desk 2026-0001 B3 --method W --seen "…" --photo 12',
    )
    add_visit(note)
    add_item(note)
    note.add_argument("--change", metavar="ID", help=_("write this record anew; what is not said stays as it is"))
    note.add_argument("--method", action="append", choices=[m.value for m in Method], metavar="METHOD",
                      help=_("how it was found out; may be repeated"))  # fmt: skip
    note.add_argument("--seen", metavar="TEXT", help=_("what was seen or said"))
    for name, words in (
        ("asked", _("what was asked")),
        ("place", _("where, within the site")),
        ("people", _("whom was spoken with")),
        ("document-number", _("number of a document that was looked at")),
        ("batch", _("batch")),
        ("paper", _("sheet it is typed from, with --author")),
    ):
        note.add_argument(f"--{name}", metavar="TEXT", help=words)
    note.add_argument("--at", type=moment, metavar="DATE", help=_("when, e.g. 2026-12-01T10:30; now otherwise"))
    note.add_argument("--population", type=positive, metavar="N", help=_("how many there are"))
    note.add_argument("--sample-size", type=positive, metavar="N", help=_("how many were looked at"))
    note.add_argument("--witness", metavar="MEMBER", help=_("second member, where no photo may be taken"))
    add_site(note)
    add_author(note)
    add_photo_options(note)


def _add_grade(visit: Any) -> None:
    grade = add_command(
        visit,
        "grade",
        _grade,
        summary=_("grade an item, or record the team's agreed grade"),
        description=_("Grades: strong, conform, minor, major, na; for veto items pass and fail; none takes it back."),
        example="youpin desk visit grade 王示例.desk 2026-0001 B1 pass",
    )
    add_visit(grade)
    add_item(grade)
    names = [*(one.value for one in Grade), _NO_GRADE]
    grade.add_argument("grade", choices=names, metavar="GRADE", help=_("the grade"))
    grade.add_argument("--reason", default="", metavar="TEXT", help=_("why; needed with --agreed"))
    grade.add_argument("--agreed", action="store_true", help=_("the team agreed on it"))
    add_site(grade)
    add_author(grade)


def _add_finding(visit: Any) -> None:
    finding = add_command(
        visit,
        "finding",
        _finding,
        summary=_("write a finding"),
        description=closed_list((kind.value, finding_words(kind)) for kind in FindingKind)
        + "\n"
        + _("A nonconformity needs --clause and a record or photo."),
        example='youpin desk visit finding 王示例.desk 2026-0001 B4 minor --clause "…" --fact "…" --photo 12',
    )
    add_visit(finding)
    add_item(finding)
    finding.add_argument(
        "kind", choices=[kind.value for kind in FindingKind], metavar="FINDING", help=_("kind of finding")
    )
    finding.add_argument("--fact", required=True, metavar="TEXT", help=_("what was found"))
    finding.add_argument("--clause", default="", metavar="TEXT", help=_("the requirement it is measured by"))
    finding.add_argument(
        "--record", action="append", default=[], metavar="ID", help=_("evidence record; may be repeated")
    )
    add_photo_options(finding)
    add_author(finding)
    withdraw = add_command(
        visit,
        "withdraw",
        _withdraw,
        summary=_("withdraw a record or finding that was disproved, or mark it as put right on the spot"),
        example='youpin desk visit withdraw 王示例.desk 2026-0001 0123456789abcdef --reason "…"',
    )
    add_visit(withdraw)
    withdraw.add_argument("entry", metavar="ID", help=_("number of the record or finding"))
    withdraw.add_argument("--reason", required=True, metavar="TEXT", help=_("why, or how; it stays with it"))
    withdraw.add_argument("--corrected", action="store_true", help=_("put right on the spot: it stays recorded"))
    verify = add_command(
        visit,
        "verify",
        _verify,
        summary=_("say what was done about a nonconformity and whether it is effective"),
        example='youpin desk visit verify 王示例.desk 2026-0001 0123456789abcdef --done "…"',
    )
    add_visit(verify)
    verify.add_argument("entry", metavar="ID", help=_("number of the finding"))
    verify.add_argument("--done", required=True, metavar="TEXT", help=_("what was done"))
    verify.add_argument("--not-effective", action="store_true", help=_("it is not enough"))


def _add_acknowledge(visit: Any) -> None:
    acknowledge = add_command(
        visit,
        "acknowledge",
        _acknowledge,
        summary=_("record what the applicant's representative did with the sheet of facts"),
        description=closed_list((one.value, acknowledgement_words(one)) for one in AcknowledgementOutcome),
        example='youpin desk visit acknowledge 王示例.desk 2026-0001 agreed --signed-by "…" --photo 40',
    )
    add_visit(acknowledge)
    outcomes = [one.value for one in AcknowledgementOutcome]
    acknowledge.add_argument("outcome", choices=outcomes, metavar="OUTCOME", help=_("the outcome"))
    for name, words in (
        ("signed-by", _("who signed")),
        ("post", _("the person's post")),
        ("remark", _("the reservation, or the leader's reason for a refusal")),
    ):
        acknowledge.add_argument(f"--{name}", default="", metavar="TEXT", help=words)
    acknowledge.add_argument("--witness", metavar="MEMBER", help=_("second member who witnessed a refusal"))
    acknowledge.add_argument("--seal-due", type=day, metavar="DATE", help=_("until when the sealed sheet comes"))
    acknowledge.add_argument(
        "--replace",
        default="",
        metavar="REASON",
        help=_("why this takes the place of the outcome that is there; that one is kept"),
    )
    add_photo_options(acknowledge)
    seal = add_command(
        visit,
        "seal",
        _seal,
        summary=_("attach the sealed sheet that came later, by the code on it"),
        example="youpin desk visit seal 王示例.desk 2026-0001 12345678 --photo 41",
    )
    add_visit(seal)
    seal.add_argument("code", metavar="CODE", help=_("the 8 digits on the sheet"))
    seal.add_argument("--photo", required=True, type=tray_number, metavar="N", help=_("number of the photo or scan"))


def _note(arguments: Namespace) -> Report:
    if arguments.change is None and (not arguments.method or arguments.seen is None):
        raise UsageError(_("A new record needs --method and --seen; to write one anew, name it with --change."))
    entry = EntryId(arguments.change) if arguments.change is not None else None
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        draft = _draft(desk, visit, arguments, entry)
        entry, _changes = desk.visits.notes.record(visit, draft, entry=entry)
    return Report({"visit": visit, "record": entry}, entry)


def _draft(desk: "DeskWorkspace", visit: VisitId, arguments: Namespace, entry: EntryId | None) -> "RecordDraft":
    """What is said on the command line, over what stands in the record that is written anew."""
    from app.services.visit_errors import EntryUnknownError
    from app.services.visit_notes import RecordDraft

    before = next((one for one in desk.visits.sheet(visit).records if one.id == entry), None)
    if entry is not None and before is None:
        raise EntryUnknownError(entry=entry)
    said = {name: value for name in _SAID if (value := getattr(arguments, name)) is not None}
    said["item"] = ItemId(arguments.item)
    if arguments.method:
        said["methods"] = tuple(Method(one) for one in dict.fromkeys(arguments.method))
    if photos := chosen_photos(desk, visit, arguments):
        said["photos"] = photos
    if before is None:
        return RecordDraft(**said)
    kept = {one.name: getattr(before, one.name) for one in fields(RecordDraft)}
    return RecordDraft(**{**kept, "author": before.author if before.typed_by else None, **said})


def _grade(arguments: Namespace) -> Report:
    grade = None if arguments.grade == _NO_GRADE else Grade(arguments.grade)
    if arguments.agreed and (grade is None or arguments.author):
        raise UsageError(_("--agreed is the grade of the whole team: give a grade, and no --author."))
    site = SiteId(arguments.site) if arguments.site else None
    item = ItemId(arguments.item)
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        if arguments.agreed and grade is not None:
            desk.visits.meeting.agree(visit, item, grade=grade, reason=arguments.reason, site=site)
        else:
            author = member(arguments.author)
            desk.visits.notes.grade(visit, item, grade, site=site, author=author, reason=arguments.reason)
        standing = dict(desk.visits.sheet(visit).settled).get(item)
    return Report({"visit": visit, "item": item, "settled": standing}, _("Saved."))


def _sample(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        sample, _changes = desk.visits.notes.sample(
            visit,
            ItemId(arguments.item),
            of=arguments.of,
            population=arguments.population,
            size=arguments.size,
            seed=arguments.seed,
        )
    numbers = ", ".join(str(number) for number in sample.numbers)
    text = _("{numbers}  (seed {seed})").format(numbers=numbers, seed=sample.seed)
    return Report({"visit": visit, "sample": sample}, text)


def _finding(arguments: Namespace) -> Report:
    from app.services.visit_meeting import FindingDraft

    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        draft = FindingDraft(
            kind=FindingKind(arguments.kind),
            item=ItemId(arguments.item),
            fact=arguments.fact,
            clause=arguments.clause,
            records=tuple(EntryId(one) for one in arguments.record),
            photos=chosen_photos(desk, visit, arguments),
            author=member(arguments.author),
        )
        entry, _changes = desk.visits.meeting.find(visit, draft)
    return Report({"visit": visit, "finding": entry}, entry)


def _withdraw(arguments: Namespace) -> Report:
    entry = EntryId(arguments.entry)
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        is_record = entry in {one.id for one in desk.visits.sheet(visit).records}
        part = desk.visits.notes if is_record else desk.visits.meeting
        (part.correct if arguments.corrected else part.withdraw)(visit, entry, arguments.reason)
    return Report({"visit": visit, "entry": entry}, _("Saved."))


def _verify(arguments: Namespace) -> Report:
    entry = EntryId(arguments.entry)
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        desk.visits.meeting.verify(visit, entry, arguments.done, is_effective=not arguments.not_effective)
        result = desk.visits.sheet(visit).result
    return Report({"visit": visit, "finding": entry, "conclusion": result.now if result else None}, _("Saved."))


def _acknowledge(arguments: Namespace) -> Report:
    from app.services.visit_meeting import AcknowledgementDraft

    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        draft = AcknowledgementDraft(
            outcome=AcknowledgementOutcome(arguments.outcome),
            signed_by=arguments.signed_by,
            post=arguments.post,
            remark=arguments.remark,
            witness=member(arguments.witness),
            seal_due=arguments.seal_due,
            sheets=chosen_photos(desk, visit, arguments),
        )
        desk.visits.meeting.acknowledge(visit, draft, replacing=arguments.replace)
        code = desk.visits.sheet(visit).facts_code
    return Report({"visit": visit, "outcome": draft.outcome, "code": code}, code)


def _seal(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        whose, number = arguments.photo
        photo = desk.visits.photos.numbered(visit, number, author=whose)
        desk.visits.meeting.attach_seal(visit, arguments.code, photo.sha256)
    return Report({"visit": visit, "code": arguments.code}, _("Saved."))
