"""``youpin desk visit list | plan | show | ask | answer | stage | conclude | dissent``."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import (
    desk_exchange,
    desk_visit_changes,
    desk_visit_forms,
    desk_visit_notes,
    desk_visit_photos,
    desk_visit_signing,
)
from app.cli.desk_opening import add_application, add_desk, open_for, review_named
from app.cli.desk_visit_arguments import add_visit
from app.cli.output import Report, table
from app.cli.parsing import add_command, closed_list, day, group
from app.domain.onsite.contradictions import Contradiction, items_of
from app.domain.onsite.ids import ItemId, MemberId, VisitId
from app.domain.onsite.visit import Stage
from app.domain.scoring import half_up
from app.i18n import _
from app.words.onsite import (
    acknowledgement_words,
    conclusion_words,
    contradiction_words,
    finding_words,
    hindrance_words,
    pending_words,
    stage_words,
)

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace
    from app.domain.onsite.pending import PendingLine
    from app.services.visit_resemblance import Resemblance
    from app.services.visit_sheet import VisitSheet

_PLAN_EXAMPLE = """youpin desk visit plan 王示例.desk 2026-0001 --from plan.json
  {"sites": [{"id": "S1", "name": "…", "address": "…"}],
   "team": [{"id": "me", "name": "…", "role": "leader"}, {"id": "P1", "name": "…", "role": "member"}],
   "timetable": [{"number": 1, "site": "S1", "starts_at": "2026-12-01T09:00:00",
                  "ends_at": "2026-12-01T11:00:00", "what": "…", "items": ["B1"], "members": ["me"]}],
   "meetings": [{"kind": "opening", "at": "2026-12-01T08:30:00", "attendees": [{"name": "…", "post": "…"}]}]}"""


def add_commands(commands: Any) -> None:
    """Add the group ``visit`` to the group ``desk``."""
    visit = group(
        commands,
        "visit",
        summary=_("on-site visits (Art. 14)"),
        description=_("VISIT is the code of a visit, e.g. 2026-0001-4711, or its application if there is one visit."),
    )
    listing = add_command(
        visit, "list", _list, summary=_("list the visits"), example="youpin desk visit list 王示例.desk"
    )
    add_desk(listing)
    plan = add_command(
        visit,
        "plan",
        _plan,
        summary=_("plan a visit from a JSON file, or plan it anew"),
        description=_(
            "Roles: leader, member, liaison, observer. “me” is the expert at this desk, who has to lead.\n"
            "has_desk: true for a member who writes at a desk; notes of the others are typed for them.\n"
            "Moments without a zone are Beijing time."
        ),
        example=_PLAN_EXAMPLE,
    )
    add_desk(plan)
    add_application(plan)
    plan.add_argument("--from", dest="source", required=True, type=Path, metavar="FILE", help=_("the JSON file"))
    plan.add_argument("--visit", metavar="VISIT", help=_("plan this visit anew instead of a new one"))
    plan.add_argument("--checklist", type=Path, metavar="FILE", help=_("checklist in place of the default one (YAML)"))
    show = add_command(
        visit,
        "show",
        _show,
        summary=_("show a visit: grades, records, photos, findings, score"),
        example="youpin desk visit show 王示例.desk 2026-0001 --json",
    )
    add_visit(show)
    ask = add_command(
        visit,
        "ask",
        _ask,
        summary=_("leave a question of the desk review to be verified on site"),
        example='youpin desk visit ask 王示例.desk 2026-0001 "…" --about quality',
    )
    add_desk(ask)
    add_application(ask)
    ask.add_argument("text", metavar="TEXT", help=_("what is to be verified"))
    ask.add_argument("--about", default="", metavar="NAME", help=_("dimension or indicator it belongs to"))
    answer = add_command(
        visit,
        "answer",
        _answer,
        summary=_("say what was found out about a question"),
        example='youpin desk visit answer 王示例.desk 2026-0001 0123456789abcdef "…"',
    )
    add_visit(answer)
    answer.add_argument("question", metavar="QUESTION", help=_("number of the question as “show” prints it"))
    answer.add_argument("text", metavar="TEXT", help=_("what was found out"))
    stage = add_command(
        visit,
        "stage",
        _stage,
        summary=_("say how far the visit has come"),
        description=closed_list((one.value, stage_words(one)) for one in Stage),
        example="youpin desk visit stage 王示例.desk 2026-0001 gathering",
    )
    add_visit(stage)
    stage.add_argument("stage", choices=[one.value for one in Stage], metavar="STAGE", help=_("the stage now"))
    stage.add_argument("--limitations", metavar="TEXT", help=_("what could not be looked at, and why"))
    stage.add_argument("--reason", default="", metavar="TEXT", help=_("why it is postponed or refused"))
    stage.add_argument("--until", type=day, metavar="DATE", help=_("the day it is postponed to"))
    stage.add_argument("--allowed-by", default="", metavar="TEXT", help=_("who allowed it to be postponed again"))
    limited = add_command(
        visit,
        "limited",
        _limited,
        summary=_("flag that not everything could be seen, or say what was seen after all"),
        description=_("A flagged visit does not pass outright: it takes a second visit."),
        example='youpin desk visit limited 王示例.desk 2026-0001 --reason "…"',
    )
    add_visit(limited)
    words = limited.add_mutually_exclusive_group(required=True)
    words.add_argument("--reason", metavar="TEXT", help=_("what could not be seen, and why"))
    words.add_argument("--seen", metavar="TEXT", help=_("what was seen after all, when and where"))
    dissent = add_command(
        visit,
        "dissent",
        _dissent,
        summary=_("write down a member's own view"),
        example='youpin desk visit dissent 王示例.desk 2026-0001 "…" --item A2 --author P1',
    )
    add_visit(dissent)
    dissent.add_argument("text", metavar="TEXT", help=_("the view"))
    dissent.add_argument("--item", metavar="ITEM", help=_("item of the checklist; the whole opinion otherwise"))
    dissent.add_argument("--author", metavar="MEMBER", help=_("member without a desk whose paper is typed"))
    desk_visit_notes.add_commands(visit)
    desk_visit_photos.add_commands(visit)
    desk_visit_changes.add_commands(visit)
    desk_visit_forms.add_commands(visit)
    desk_exchange.add_commands(visit)
    desk_visit_signing.add_commands(visit)
    conclude = add_command(
        visit,
        "conclude",
        _conclude,
        summary=_("freeze the grades; score and conclusion follow by the checklist"),
        description=_("Items that members grade differently need an agreed grade first: visit grade --agreed."),
        example='youpin desk visit conclude 王示例.desk 2026-0001 --opinion "…"',
    )
    add_visit(conclude)
    conclude.add_argument("--opinion", default="", metavar="TEXT", help=_("the team's opinion"))
    conclude.add_argument("--approval", default="", metavar="TEXT", help=_("why so many items do not apply"))


def _list(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        lines = desk.visits.all()
    rows = [(one.code, one.operator, stage_words(one.stage), one.leader, _pending(one.pending)) for one in lines]
    text = table(rows)
    return Report({"visits": lines}, text or _("No visit is planned yet."))


def _pending(lines: Iterable["PendingLine"]) -> str:
    return _("; ").join(pending_words(line) for line in lines)


def _plan(arguments: Namespace) -> Report:
    from app.services.visit_planning import checklist_from, plan_from

    draft = plan_from(arguments.source)
    checklist = checklist_from(arguments.checklist) if arguments.checklist else None
    with open_for(arguments) as desk:
        if arguments.visit:
            visit = desk.visits.named(arguments.visit)
            desk.visits.planning.change(visit, draft)
        else:
            review = review_named(desk, arguments.application)
            visit, _changes = desk.visits.planning.create(review, draft, checklist=checklist)
        return _sheet(desk, visit)


def _show(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        return _sheet(desk, desk.visits.named(arguments.visit))


def _ask(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        question, _changes = desk.visits.planning.ask(review, arguments.text, about=arguments.about)
    return Report({"question": question}, question)


def _answer(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        desk.visits.notes.answer(visit, arguments.question, arguments.text)
    return Report({"visit": visit, "question": arguments.question}, _("Saved."))


def _stage(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        stage = Stage(arguments.stage)
        desk.visits.planning.advance(
            visit,
            stage,
            limitations=arguments.limitations,
            reason=arguments.reason,
            until=arguments.until,
            allowed_by=arguments.allowed_by,
        )
    return Report({"visit": visit, "stage": stage}, stage_words(stage))


def _limited(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        if arguments.seen is not None:
            desk.visits.evidence.lift(visit, arguments.seen)
        else:
            desk.visits.evidence.limit(visit, arguments.reason)
        sheet = desk.visits.sheet(visit)
    conclusion = sheet.result.now if sheet.result else None
    return Report({"visit": visit, "limited": sheet.limited is not None, "conclusion": conclusion}, _("Saved."))


def _dissent(arguments: Namespace) -> Report:
    author = MemberId(arguments.author) if arguments.author else None
    item = ItemId(arguments.item) if arguments.item else None
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        desk.visits.meeting.dissent(visit, arguments.text, item=item, author=author)
    return Report({"visit": visit}, _("Saved."))


def _conclude(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        desk.visits.meeting.conclude(visit, opinion=arguments.opinion, approval=arguments.approval)
        return _sheet(desk, visit)


def _sheet(desk: "DeskWorkspace", visit: VisitId) -> Report:
    sheet, elsewhere = desk.visits.sheet(visit), desk.visits.elsewhere(visit)
    missing = [one.number for one in desk.visits.photos.missing(visit)]
    text = "\n".join([_words(sheet), *_resembling(sheet, elsewhere)])
    return Report({**_document(sheet), "photos_missing": missing, "elsewhere": elsewhere}, text)


def _resembling(sheet: "VisitSheet", elsewhere: Iterable["Resemblance"]) -> Iterator[str]:
    """Photos that look alike, in this visit and in visits of others."""
    names = {one.photo.sha256: f"{one.photo.author}-{one.photo.number}" for one in sheet.photos}
    same, alike = _("the same photo: {one}, {other}"), _("photos that look alike: {one}, {other}")
    for one, other in sheet.alike:
        yield alike.format(one=names[one], other=names[other])
    for found in elsewhere:
        words = same if found.is_identical else alike
        yield words.format(one=names[found.photo], other=f"{found.code} {found.number}")


def _document(sheet: "VisitSheet") -> dict[str, Any]:
    score = sheet.score
    points = {one.aspect: str(half_up(one.points)) if one.points is not None else None for one in score.aspects}
    return {
        "visit": sheet.visit,
        "code": sheet.code,
        "application": sheet.application,
        "stage": sheet.plan.stage,
        "pending": sheet.pending,
        "plan": sheet.plan,
        "questions": sheet.questions,
        "records": sheet.records,
        "grades": sheet.grades,
        "disagreements": sheet.disagreements,
        "agreed": sheet.agreed,
        "settled": dict(sheet.settled),
        "score": {
            "total": str(half_up(score.total)) if score.total is not None else None,
            "aspects": points,
            "missing": score.missing,
            "failed_vetoes": score.failed_vetoes,
            "majors": score.majors,
            "minors": score.minors,
            "not_applicable": score.not_applicable,
            "needs_approval": sheet.is_approval_needed,
        },
        "samples": sheet.samples,
        "photos": sheet.photos,
        "alike": sheet.alike,
        "findings": sheet.findings,
        "ungrounded": sheet.ungrounded,
        "contradictions": sheet.contradictions,
        "dissents": sheet.dissents,
        "hindrances": sheet.hindrances,
        "limited": sheet.limited is not None,
        "acknowledgement": sheet.acknowledgement,
        "replaced_acknowledgements": sheet.replaced,
        "scans": sheet.scans,
        "facts_code": sheet.facts_code,
        "acknowledgement_stale": sheet.is_acknowledgement_stale,
        "conclusion": sheet.result.now if sheet.result else None,
        "conclusion_at_visit": sheet.result.at_visit if sheet.result else None,
        "forks": [
            [
                {"kind": fork.kind, "id": fork.id, "author": fork.author, "sha256": one.sha256, "words": one.words}
                for one in fork.values
            ]
            for fork in sheet.forks
        ],
    }


def _words(sheet: "VisitSheet") -> str:
    standing = dict(sheet.settled)
    lines = [f"{sheet.code}  {sheet.face.operator}  {stage_words(sheet.plan.stage)}"]
    if notice := sheet.checklist.status_notice():
        lines.append(notice)
    rows = []
    for item in sheet.checklist.items:
        grade = standing.get(item.id)
        photos = sum(item.id in one.items for one in sheet.photos)
        records = sum(one.item == item.id for one in sheet.records)
        label = sheet.checklist.label_of(grade) if grade else "—"
        rows.append((item.id, item.name, label, str(records), str(photos)))
    lines.append(table([("", _("item"), _("grade"), _("records"), _("photos")), *rows]))
    lines += [_("to be agreed: {item}").format(item=one.item) for one in sheet.disagreements if one.consensus is None]
    lines += [f"{one.id}  {finding_words(one.kind)}  {one.item}  {one.fact}" for one in sheet.findings]
    lines += [
        contradiction_words(what, items) for what in Contradiction if (items := items_of(sheet.contradictions, what))
    ]
    lines += [f"{one.question.id}  {one.question.text}" for one in sheet.questions]
    if sheet.score.total is not None:
        lines.append(_("points: {points}").format(points=half_up(sheet.score.total)))
    if sheet.acknowledgement:
        lines.append(acknowledgement_words(sheet.acknowledgement.outcome))
    lines += [hindrance_words(one) for one in sheet.hindrances]
    lines += [pending_words(line) for line in sheet.pending]
    if sheet.result:
        lines.append(_("conclusion: {conclusion}").format(conclusion=conclusion_words(sheet.result.now)))
    return "\n".join(lines)
