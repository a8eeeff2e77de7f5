"""The examination of applications (Art. 9) on the record's side: asked for, sent, read by its own form, counted."""

from dataclasses import replace

import pytest

from app.domain.assigning import AssignmentState
from app.domain.conflict import Declared
from app.domain.examination import ExaminationForm
from app.domain.ids import ApplicationCode, IndicatorId, ReviewId, Sha256
from app.domain.results import ExaminationResult, ExpertStatus
from app.domain.review import Answer, Assessment, Opinion, Recommendation, ReviewKind, SealedReview, Verdict
from app.domain.scoring import Score
from app.intake.examination_file import default_examination
from app.packages import canonical, payloads
from app.services.record_errors import AlreadyAssignedError, NotAssignedError
from tests.support.record_world import FakeDesk, RecordWorld, import_one, sha256_of
from tests.unit.services.test_record_issue import assignment, opened

FORM = default_examination()
EXAMINATION = ReviewKind.EXAMINATION
UNREASONED = Answer("eligibility", Verdict.NO)
YES, NO = Recommendation.YES, Recommendation.NO


def ask(world: RecordWorld, desk: FakeDesk, application: ApplicationCode) -> ReviewId:
    """One examination, assigned."""
    made = world.record.assigning.assign([(desk.expert, application)], kind=EXAMINATION).assignments
    return made[0].review


def words(recommend: Recommendation = YES, *, doubt: str = "") -> Assessment:
    """A complete examination; with *doubt* about the evidence."""
    answers = [Answer(question.id, Verdict.YES) for question in FORM.questions]
    if doubt:
        answers[3] = Answer("evidence", Verdict.DOUBT, doubt)
    return Assessment(opinion=Opinion(recommend, "代表本行业水平"), answers=tuple(answers))


def examined(
    desk: FakeDesk, review: ReviewId, recommend: Recommendation = YES, *, doubt: str = "", **changes: object
) -> SealedReview:
    """A signed examination."""
    values = {
        "kind": EXAMINATION, "rubric": canonical.digest_of(FORM), "assessment": words(recommend, doubt=doubt), **changes
    }  # fmt: skip
    return desk.sealed(review, **values)  # type: ignore[arg-type]


def examination(world: RecordWorld, application: ApplicationCode, *, has_reasons: bool = False) -> ExaminationResult:
    """What the record says of the examination of *application*."""
    found = world.record.results.results(application, has_reasons=has_reasons)[0].examination
    assert found is not None
    return found


def test_the_assignment_carries_the_forms_of_the_kinds_it_assigns(world: RecordWorld) -> None:
    (desk,), (first, second) = world.enrol(), world.apply(2)
    ask(world, desk, first)
    world.record.issuing.issue(world.folder / "out")
    (file,) = (world.folder / "out").glob("*.youpin")
    package = opened(world, desk, file)
    payload = assignment(package)
    assert [review.kind for review in payload.reviews] == [EXAMINATION]
    assert payload.form_sha256(EXAMINATION) == canonical.sha256(package.content(payloads.EXAMINATION))
    assert canonical.decode(package.content(payloads.EXAMINATION), ExaminationForm) == FORM
    assert payload.form_sha256(ReviewKind.QUALIFICATION) is None
    assert payloads.RUBRIC not in {one.path for one in package.files}
    world.assign(desk, second)
    (sent,) = world.record.issuing.issue(world.folder / "out").packages
    later = assignment(opened(world, desk, sent.file))
    assert later.form_sha256(EXAMINATION) is None
    assert later.form_sha256(ReviewKind.QUALIFICATION) == world.rubric_sha256


def test_two_reviews_of_one_application_carry_its_documents_once(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    ask(world, desk, application)
    world.assign(desk, application)
    (sent,) = world.record.issuing.issue(world.folder / "out").packages
    package = opened(world, desk, sent.file)
    assert {review.kind for review in assignment(package).reviews} == {EXAMINATION, ReviewKind.QUALIFICATION}
    assert sent.applications == (application,)
    assert [one.path for one in package.files if one.application] == [payloads.document_path(application, 1)]


def test_an_examination_alone_does_not_move_the_application_on(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    ask(world, desk, application)
    world.record.issuing.issue(world.folder / "out")
    assert world.record.applications.list()[0].state == "recommended"


def test_one_expert_is_asked_once_for_each_kind(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    world.assign(desk, application)
    ask(world, desk, application)
    with pytest.raises(AlreadyAssignedError):
        ask(world, desk, application)
    pair = (application, desk.expert)
    assert {kind: world.record.assigning.matrix(kind).cells[pair].state for kind in list(ReviewKind)[:2]} == {
        EXAMINATION: AssignmentState.ASSIGNED, ReviewKind.QUALIFICATION: AssignmentState.ASSIGNED,
    }  # fmt: skip
    world.record.assigning.recall(desk.expert, application, reason="只留资质评价", kind=EXAMINATION)
    assert not world.record.assigning.matrix(EXAMINATION).cells
    assert pair in world.record.assigning.matrix().cells
    with pytest.raises(NotAssignedError):
        world.record.assigning.recall(desk.expert, application, reason="再次", kind=EXAMINATION)
    assert world.record.verification.verify().is_ok


def test_taking_back_without_a_kind_takes_all_kinds(world: RecordWorld) -> None:
    (desk, other), (application,) = world.enrol(2), world.apply()
    world.assign(desk, application)
    ask(world, desk, application)
    moved = world.record.assigning.reassign(desk.expert, other.expert).assignments
    assert {one.kind for one in moved} == {EXAMINATION, ReviewKind.QUALIFICATION}
    world.record.assigning.recall(other.expert, application, reason="发现回避情形")
    assert not world.record.assigning.matrix().cells
    assert not world.record.assigning.matrix(EXAMINATION).cells


def test_who_takes_over_from_the_leader_of_a_visit_leads_it(world: RecordWorld) -> None:
    (desk, member, other), (application,) = world.enrol(3), world.apply()
    world.record.visits.assign(application, [member.expert], leader=desk.expert)
    world.record.assigning.reassign(desk.expert, other.expert, applications=[application])
    assert [(seat.expert, seat.is_leader) for seat in world.record.visits.team(application)] == [
        (member.expert, False), (other.expert, True),
    ]  # fmt: skip
    assert world.record.assigning.matrix(ReviewKind.ONSITE).cells[application, other.expert].is_leader
    assert world.record.verification.verify().is_ok


def test_panels_are_formed_for_each_kind_by_itself(world: RecordWorld) -> None:
    desks, codes = world.enrol(3), world.apply(2)
    assert len(world.record.assigning.assign_automatically(panel=2).assignments) == 4
    assert world.record.assigning.short_panels(kind=EXAMINATION, panel=2) == tuple((code, 2) for code in codes)
    proposal = world.record.assigning.propose(kind=EXAMINATION, panel=2, seed=3)
    assert len(proposal.pairs) == 4
    assert sum(proposal.loads.values()) == 4  # other reviews are other work
    made = world.record.assigning.assign_automatically(kind=EXAMINATION, panel=2, seed=3).assignments
    assert {one.kind for one in made} == {EXAMINATION}
    assert world.record.assigning.short_panels(kind=EXAMINATION, panel=2) == ()
    assert len(desks) == 3


def test_who_declined_an_application_is_not_drawn_for_another_kind(world: RecordWorld) -> None:
    (desk, other), (application,) = world.enrol(2), world.apply()
    review = world.assign(desk, application)
    declined = desk.declaration(application, Declared.CONFLICT, note="亲属在该企业任职")
    assert world.take(desk.hand_in(declarations=[(review, declined)])) == ["new"]
    proposal = world.record.assigning.propose(kind=EXAMINATION, panel=2)
    assert proposal.pairs == ((other.expert, application),)
    assert proposal.short == ((application, 1),)


def test_verdicts_reasons_and_majority_are_shown(world: RecordWorld) -> None:
    desks, (application,) = world.enrol(4), world.apply()
    reviews = [ask(world, desk, application) for desk in desks]
    verdicts = [(YES, ""), (NO, "缺少检测报告"), (YES, "")]
    for desk, review, (recommend, doubt) in zip(desks, reviews, verdicts, strict=False):
        assert world.take(desk.hand_in(examined(desk, review, recommend, doubt=doubt))) == ["new"]
    found = examination(world, application)
    assert (found.majority.valid, found.majority.yes, found.majority.no, found.majority.missing) == (4, 2, 1, 1)
    assert found.majority.result is None  # two of four are no more than half
    assert [one.status for one in found.experts] == [*3 * [ExpertStatus.SEALED], ExpertStatus.MISSING]
    told = examination(world, application, has_reasons=True).experts[1]
    assert (told.recommend, told.text) == (NO, "代表本行业水平")
    assert [(line.verdict, line.reason) for line in told.answers][2:4] == [
        (Verdict.YES, ""), (Verdict.DOUBT, "缺少检测报告"),
    ]  # fmt: skip
    declined = desks[3].declaration(application, Declared.ABSTAIN, note="不熟悉该领域")
    assert world.take(desks[3].hand_in(declarations=[(reviews[3], declined)])) == ["new"]
    assert examination(world, application).majority.result is YES
    assert not world.record.results.results(application)[0].experts  # nothing to score was asked for
    assert world.record.verification.verify().is_ok


@pytest.mark.parametrize("first", [EXAMINATION, ReviewKind.QUALIFICATION])
def test_both_reviews_of_one_application_arrive_in_either_order(world: RecordWorld, first: ReviewKind) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    made = {EXAMINATION: ask(world, desk, application), ReviewKind.QUALIFICATION: world.assign(desk, application)}
    sealed = {
        EXAMINATION: examined(desk, made[EXAMINATION], NO),
        ReviewKind.QUALIFICATION: desk.sealed(made[ReviewKind.QUALIFICATION]),
    }
    second = next(kind for kind in sealed if kind is not first)
    assert world.take(desk.hand_in(sealed[first]), desk.hand_in(sealed[second])) == ["new", "new"]
    result = world.record.results.results(application)[0]
    assert [one.total for one in result.experts] == [600]
    assert result.examination is not None
    assert result.examination.majority.result is NO
    assert world.record.verification.verify().is_ok


def test_both_reviews_of_one_application_come_in_one_package(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    asked, assigned = ask(world, desk, application), world.assign(desk, application)
    package = desk.hand_in(desk.sealed(assigned), examined(desk, asked, doubt="材料不全"))
    assert [str(one.outcome) for one in import_one(world, package).reviews] == ["new", "new"]
    assert examination(world, application, has_reasons=True).experts[0].answers[3].reason == "材料不全"
    assert len(world.record.results.results(application)[0].experts) == 1


def test_a_later_revision_counts_instead(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    review = ask(world, desk, application)
    first = examined(desk, review, YES)
    second = examined(desk, review, NO, revision=2, base=sha256_of(first))
    assert world.take(desk.hand_in(first), desk.hand_in(second)) == ["new", "revision"]
    assert examination(world, application).experts[0].recommend is NO


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"rubric": Sha256("ab" * 32)}, "rubric_mismatch"),
        ({"assessment": Assessment(opinion=Opinion(YES, "好"))}, "incomplete"),
        ({"assessment": replace(words(), opinion=Opinion(YES))}, "incomplete"),
        ({"assessment": replace(words(), opinion=Opinion(None, "好"))}, "incomplete"),
        ({"assessment": replace(words(), answers=(*words().answers, Answer("size", Verdict.YES)))}, "incomplete"),
        ({"assessment": replace(words(), answers=2 * words().answers)}, "incomplete"),
        ({"assessment": replace(words(), answers=(UNREASONED, *words().answers[1:]))}, "incomplete"),
        ({"assessment": replace(words(), scores=(Score(IndicatorId("rd_platform"), percent=60),))}, "incomplete"),
        ({"kind": ReviewKind.QUALIFICATION}, "unassigned"),
        ({"kind": ReviewKind.ONSITE}, "unassigned"),
    ],
)  # fmt: skip
def test_what_is_no_whole_examination_by_the_campaigns_form_is_refused(
    world: RecordWorld, changes: dict[str, object], outcome: str
) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    review = ask(world, desk, application)
    assert world.take(desk.hand_in(examined(desk, review, **changes))) == [outcome]  # type: ignore[arg-type]
    assert examination(world, application).majority.missing == 1


def test_answers_in_a_scored_review_are_refused(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    sealed = desk.sealed(world.assign(desk, application))
    mixed = replace(sealed.assessment, answers=words().answers)
    assert world.take(desk.hand_in(desk.sealed(sealed.review, assessment=mixed))) == ["incomplete"]


def test_verification_notices_another_form_or_another_kind(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    review = ask(world, desk, application)
    assert world.take(desk.hand_in(examined(desk, review))) == ["new"]
    with world.record._context.store.writing() as work:
        work._session.connection().exec_driver_sql("UPDATE examination_form SET sha256 = ?", ("cd" * 32,))
        work._session.connection().exec_driver_sql("UPDATE review SET kind = 'qualification'")
        work.commit()
    tables = {one.table for one in world.record.verification.verify().differences}
    assert {"examination_form", "review", "revision"} <= tables


def test_a_record_without_a_form_takes_the_default_with_the_first_examination(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    with world.record._context.store.writing() as work:
        work._session.connection().exec_driver_sql("DELETE FROM examination_form")
        work.commit()
    assert world.record.results.examination_form() is None
    review = ask(world, desk, application)
    assert world.record.results.examination_form() == FORM
    assert world.take(desk.hand_in(examined(desk, review))) == ["new"]


def test_the_export_has_the_verdicts_and_the_form(world: RecordWorld) -> None:
    (desk,), (application,) = world.enrol(), world.apply()
    review = ask(world, desk, application)
    assert world.take(desk.hand_in(examined(desk, review, NO, doubt="材料不全"))) == ["new"]
    exported = world.record.exporting.export(world.folder / "export")
    assert {"examination.csv", "examination.json"} <= set(exported.files)
    text = (world.folder / "export" / "examination.csv").read_text("utf-8-sig")
    assert "evidence,doubt,材料不全" in text
    assert text.startswith("application,operator,expert,status,recommend")
