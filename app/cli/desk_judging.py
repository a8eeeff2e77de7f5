"""``youpin desk answer | verdict | self-check``."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any, Final

from app.cli.desk_opening import add_application, add_desk, open_for, review_named
from app.cli.output import Report, table
from app.cli.parsing import add_command, closed_list
from app.domain.evidence import Anchor
from app.domain.ids import ReviewId
from app.domain.review import Recommendation, Verdict
from app.errors import UserFacingError
from app.i18n import N_, _, ngettext
from app.words.examination import conclusion_word, verdict_word

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace

_CLEAR: Final = "clear"


class QuestionMissingError(UserFacingError):
    """An answer without its question."""

    code = "question_missing"
    message = N_("Say which question is meant: give --question. Without any option the questions are listed.")


class PlaceUnknownError(UserFacingError):
    """Something that names no document or no page."""

    code = "place_unknown"
    message = N_("“{place}” is no place in the dossier. Write DOCUMENT:PAGE, such as 03:12.")


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    answer = add_command(
        commands,
        "answer",
        _answer,
        summary=_("answer a question of an examination (Article 9), or list the questions"),
        description=_(
            "Without --question the questions are listed with their answers. A reason is needed for no and doubt.\n"
            "--evidence names a place as DOCUMENT:PAGE by its number in the dossier, such as 03:12."
        )
        + "\n"
        + _("Answers:")
        + "\n"
        + closed_list([*((one.value, verdict_word(one)) for one in Verdict), (_CLEAR, _("take the answer back"))]),
        example="youpin desk answer 王示例.desk 2026-0001 --question standard --say doubt\n"
        '  --reason "{}" --evidence 03:12'.format(_("the year of the standard is missing")),
    )
    add_desk(answer)
    add_application(answer)
    answer.add_argument("--question", metavar="ID", help=_("which question"))
    says = [*(one.value for one in Verdict), _CLEAR]
    answer.add_argument("--say", choices=says, metavar="ANSWER", help=_("the answer"))
    answer.add_argument("--reason", metavar="TEXT", help=_("why"))
    answer.add_argument(
        "--evidence", action="append", default=[], metavar="PLACE", help=_("attach a place; may be repeated")
    )
    verdict = add_command(
        commands,
        "verdict",
        _verdict,
        summary=_("recommend an examined application (Article 9) or not, with the reasons"),
        example='youpin desk verdict 王示例.desk 2026-0001 --recommend yes --reasons "{}"'.format(
            _("complete and in order")
        ),
    )
    add_desk(verdict)
    add_application(verdict)
    conclusions = [one.value for one in Recommendation]
    verdict.add_argument("--recommend", required=True, choices=conclusions, metavar="yes|no", help=_("the conclusion"))
    verdict.add_argument("--reasons", metavar="TEXT", help=_("why it is recommended or not"))
    check = add_command(
        commands,
        "self-check",
        _self_check,
        summary=_("list what is worth a second look before signing; private, never part of a package"),
        description=_(
            "What is missing, scores without evidence, an opinion against its total, one value for nearly everything,\n"
            "sentences that also stand in another of your reviews, caps, vetoes, one page cited under two dimensions.\n"
            "Only what is missing keeps a review from being signed; the rest can be left as it is by its key."
        ),
        example="youpin desk self-check 王示例.desk 2026-0001 --leave 0123456789abcdef0123456789abcdef",
    )
    add_desk(check)
    add_application(check)
    check.add_argument(
        "--leave", action="append", default=[], metavar="KEY", help=_("leave this as it is; may be repeated")
    )
    check.add_argument(
        "--take-back", action="append", default=[], metavar="KEY", help=_("ask about this again; may be repeated")
    )


def _answer(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        question, answering = arguments.question, desk.answering
        sheet = answering.sheet(review)
        if question is None and (arguments.say or arguments.reason is not None or arguments.evidence):
            raise QuestionMissingError
        if question is not None:
            sheet.form.question(question)
            anchors = [_anchor(desk, review, place) for place in arguments.evidence]
            if arguments.say is not None:
                answering.set_answer(review, question, None if arguments.say == _CLEAR else Verdict(arguments.say))
            if arguments.reason is not None:
                answering.set_reason(review, question, arguments.reason)
            for anchor in anchors:
                answering.attach_evidence(review, question, anchor)
            desk.scoring.settle(review)
        return examination_standing(desk, review)


def _verdict(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        desk.answering.conclude(review, Recommendation(arguments.recommend), arguments.reasons)
        desk.scoring.settle(review)
        return examination_standing(desk, review)


def _anchor(desk: "DeskWorkspace", review: ReviewId, place: str) -> Anchor:
    number, _colon, page = place.partition(":")
    found = next((one for one in desk.viewing.documents(review) if str(one.number) == number.lstrip("0")), None)
    if found is None or (not (page.isdecimal() and int(page) > 0) and page):
        raise PlaceUnknownError(place=place)
    return Anchor(found.document.sha256, page=int(page) if page else None)


def examination_standing(desk: "DeskWorkspace", review: ReviewId) -> Report:
    """Every question with its answer, the conclusion, and what is missing."""
    from app.services.desk_missing import missing_words

    sheet = desk.answering.sheet(review)
    opinion = sheet.draft.opinion
    answers = [(question, sheet.answer(question.id)) for question in sheet.form.questions]
    document = {
        "review": review,
        "state": str(sheet.task.state),
        "answers": [
            {
                "question": question.id,
                "text": question.text,
                "verdict": str(answer.verdict) if answer.verdict else None,
                "reason": answer.reason,
                "evidence": len(answer.evidence),
            }
            for question, answer in answers
        ],
        "recommend": str(opinion.recommend) if opinion.recommend else None,
        "reasons": opinion.text,
        "missing": [item.key() for item in sheet.missing],
        "scored": sheet.task.scored,
        "of": sheet.task.of,
    }
    rows = [
        (question.id, verdict_word(answer.verdict) if answer.verdict else "—", question.text)
        for question, answer in answers
    ]
    lines = [table(rows), _("conclusion: {words}").format(words=_said(opinion.recommend))]
    lines += [_("missing: {what}").format(what=missing_words(item, sheet.form)) for item in sheet.missing]
    return Report(document, "\n".join(lines))


def _said(recommend: Recommendation | None) -> str:
    return conclusion_word(recommend) if recommend else "—"


def _self_check(arguments: Namespace) -> Report:
    from app.services.desk_remarks import remark_words

    with open_for(arguments) as desk:
        review = review_named(desk, arguments.application)
        if arguments.take_back:
            desk.self_check.take_back(review, *arguments.take_back)
        if arguments.leave:
            desk.self_check.leave(review, *arguments.leave)
        found = desk.self_check.check(review)
    said = [(one, remark_words(one.remark, found.form, found.names)) for one in found.findings]
    document = {
        "review": review,
        "open": len(found.open),
        "findings": [
            {
                "key": one.remark.key(),
                "code": str(one.remark.code),
                "sentence": words,
                "indicator": one.remark.indicator,
                "part": str(one.remark.part) if one.remark.part else None,
                "veto": one.remark.veto,
                "question": one.remark.question,
                "missing": one.remark.missing.key() if one.remark.missing else None,
                "is_left": one.is_left,
                "can_be_left": one.remark.can_be_left,
            }
            for one, words in said
        ],
    }
    count = len(found.open)
    head = ngettext("{count} thing to look at", "{count} things to look at", count).format(count=count)
    lines = [f"{'✓' if one.is_left else '○'} {one.remark.key()}  {words}" for one, words in said]
    return Report(document, "\n".join([head if count else _("Nothing to look at."), *lines]))
