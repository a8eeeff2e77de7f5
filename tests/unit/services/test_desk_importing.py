"""What the secretariat sends becomes tasks, in whatever order it comes."""

import itertools
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.conflict import ConflictKind, Declared
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.domain.task import TaskState
from app.errors import Cancelled
from app.packages.description import LogHead, LogState
from app.packages.payloads import Recall
from app.services.desk_declaring import DeclarationLine
from tests.support import pki
from tests.support.desks import INDICATOR, DeskStory
from tests.support.secretariat import Secretariat, dossier

Stories = Callable[..., DeskStory]


def taken(story: DeskStory, *files: Path) -> list[Outcome]:
    return [item.outcome for item in story.desk.importing.import_files(files).packages]


def states(story: DeskStory) -> dict[str, TaskState]:
    return {task.application: task.state for task in story.desk.tasks.tasks()}


def send(story: DeskStory, *dossiers, **more) -> list[Path]:
    return story.secretariat.assignment(story.folder / "out", story.reader, dossiers, **more)


def test_an_assignment_becomes_tasks_with_documents(stories: Stories) -> None:
    story = stories("enrolled")
    files = send(story, dossier("2026-0001"), dossier("2026-0002", files=()))
    result = story.desk.importing.import_files(files)
    assert result.changes.tasks
    assert result.counts[Outcome.NEW] == 1
    assert sum(result.counts.values()) == 1
    first, second = story.desk.tasks.tasks()
    assert (first.state, first.documents_here, first.documents, first.of) == (TaskState.UNDECLARED, 2, 2, 24)
    assert (second.documents, second.deadline.year) == (0, 2026)


def test_an_on_site_review_without_team_and_checklist_is_refused_whole(stories: Stories) -> None:
    story = stories("enrolled")
    strange = replace(dossier("2026-0002"), kind=ReviewKind.ONSITE)
    assert taken(story, *send(story, dossier("2026-0001"), strange)) == [Outcome.INCOMPLETE]
    assert story.desk.tasks.tasks() == ()


def test_the_same_file_twice_changes_nothing(stories: Stories) -> None:
    story = stories("assigned", "2026-0001")
    files = send(story, dossier("2026-0002"))
    assert taken(story, *files, *files) == [Outcome.NEW, Outcome.ALREADY_IMPORTED]
    before = story.desk.help_lines()
    assert taken(story, *files) == [Outcome.ALREADY_IMPORTED]
    assert story.desk.help_lines() == before


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_parts_come_in_any_order_with_the_same_end(stories: Stories, order: tuple[int, ...]) -> None:
    story = stories("enrolled")
    dossiers = [dossier(f"2026-000{number}") for number in (1, 2, 3)]
    files = send(story, *dossiers, parts=3)
    assert taken(story, *(files[place] for place in order)) == [Outcome.NEW] * 3
    assert [task.documents_here for task in story.desk.tasks.tasks()] == [2, 2, 2]
    assert states(story) == {f"2026-000{number}": TaskState.UNDECLARED for number in (1, 2, 3)}


def test_a_missing_part_is_named(stories: Stories) -> None:
    story = stories("enrolled")
    files = send(story, dossier("2026-0001"), dossier("2026-0002"), parts=2)
    taken(story, files[0])
    first, second = story.desk.tasks.tasks()
    assert (first.missing_parts, second.missing_parts, second.parts) == ((2,), (2,), 2)
    story.desk.declaring.declare([DeclarationLine(task.review, Declared.NONE) for task in (first, second)])
    assert states(story) == {"2026-0001": TaskState.UNSCORED, "2026-0002": TaskState.PART_MISSING}


def test_documents_of_a_declined_application_are_not_kept_when_their_part_comes_later(stories: Stories) -> None:
    story = stories("enrolled")
    files = send(story, dossier("2026-0001"), dossier("2026-0002"), parts=2)
    taken(story, files[0])
    review = story.desk.tasks.tasks()[1].review
    story.desk.declaring.declare([DeclarationLine(review, Declared.CONFLICT, ConflictKind.KINSHIP, "亲属")])
    taken(story, files[1])
    assert story.desk.tasks.task(review).documents_here == 0


def test_a_later_assignment_adds_and_changes(stories: Stories) -> None:
    story = stories("assigned", "2026-0001").unlock()
    story.desk.scoring.set_score(story.review, INDICATOR, percent=75)
    changed = dossier("2026-0001", files=(b"%PDF-1.7 one", b"%PDF-1.7 replaced", b"%PDF-1.7 added"))
    assert taken(story, *send(story, changed, dossier("2026-0005"))) == [Outcome.REVISION]
    assert states(story) == {"2026-0001": TaskState.SCORING, "2026-0005": TaskState.UNDECLARED}
    assert story.desk.tasks.task(story.review).documents == 3
    assert story.desk.scoring.sheet(story.review).draft.entry(INDICATOR).percent == 75


def test_another_party_in_the_dossier_asks_for_a_new_declaration(stories: Stories) -> None:
    story = stories("assigned", "2026-0001").unlock()
    taken(story, *send(story, dossier("2026-0001", operator="另一家示例公司")))
    assert states(story) == {"2026-0001": TaskState.UNDECLARED}


def test_a_signed_review_says_that_the_dossier_changed_afterwards(stories: Stories) -> None:
    story = stories("complete", "2026-0001")
    story.seal()
    taken(story, *send(story, dossier("2026-0001", files=(b"%PDF-1.7 new",))))
    task = story.desk.tasks.task(story.review)
    assert (task.state, task.dossier_changed) == (TaskState.SENT, True)


def test_an_older_assignment_that_arrives_late_changes_nothing(stories: Stories) -> None:
    story = stories("enrolled")
    older = send(story, dossier("2026-0001", files=(b"%PDF-1.7 old",)))
    newer = send(story, dossier("2026-0001", files=(b"%PDF-1.7 new", b"%PDF-1.7 two")))
    taken(story, *newer)
    taken(story, *older)
    assert [task.documents for task in story.desk.tasks.tasks()] == [2]


@pytest.mark.parametrize("recall_first", [True, False])
def test_a_recall_closes_the_dossier_in_either_order(stories: Stories, recall_first: bool) -> None:
    story = stories("enrolled")
    one = dossier("2026-0001")
    files = send(story, one)
    recall = send(story, recalls=[Recall(one.review, one.face.application, "改派")])
    taken(story, *(recall + files if recall_first else files + recall))
    task = story.desk.tasks.tasks()[0]
    assert (task.state, task.recall_reason, task.documents_here) == (TaskState.RECALLED, "改派", 0)


def test_a_recalled_application_can_be_assigned_again(stories: Stories) -> None:
    story = stories("assigned", "2026-0001")
    one = story.dossiers[0]
    taken(story, *send(story, recalls=[Recall(one.review, one.face.application, "误收回")]))
    taken(story, *send(story, one))
    assert states(story) == {"2026-0001": TaskState.UNDECLARED}
    assert story.desk.tasks.tasks()[0].documents_here == 2


def test_what_was_written_stays_after_a_recall(stories: Stories) -> None:
    story = stories("assigned", "2026-0001").unlock()
    story.desk.scoring.set_score(story.review, INDICATOR, percent=75)
    one = story.dossiers[0]
    taken(story, *send(story, recalls=[Recall(one.review, one.face.application, "改派")]))
    assert story.desk.tasks.task(story.review).scored == 1


def test_a_package_for_another_expert_is_refused(stories: Stories) -> None:
    story, other = stories("enrolled"), stories("nothing").create().enrol()
    assert taken(story, *send(other, dossier("2026-0001"))) == [Outcome.NOT_FOR_YOU]
    assert story.desk.tasks.tasks() == ()


def test_a_package_of_another_secretariat_is_refused(stories: Stories) -> None:
    story = stories("enrolled")
    stranger = Secretariat(world=pki.new_world())
    files = stranger.assignment(story.folder / "out", story.reader, [dossier("2026-0001")])
    assert taken(story, *files) == [Outcome.UNKNOWN_SIGNER]


def test_files_that_are_no_packages_are_named_and_do_not_stop_the_others(stories: Stories, tmp_path: Path) -> None:
    story = stories("enrolled")
    good = send(story, dossier("2026-0001"))[0]
    cut = tmp_path / "cut.youpin"
    cut.write_bytes(good.read_bytes()[:-7])
    letter = tmp_path / "信.docx"
    letter.write_bytes(b"PK\x03\x04 letter")
    result = story.desk.importing.import_files([letter, tmp_path / "没有.youpin", cut, good])
    outcomes = [item.outcome for item in result.packages]
    assert outcomes == [Outcome.NOT_A_PACKAGE, Outcome.NOT_A_PACKAGE, Outcome.DAMAGED, Outcome.NEW]
    assert all(item.sentence for item in result.packages)


def test_packages_inside_a_zip_are_found(stories: Stories, tmp_path: Path) -> None:
    story = stories("enrolled")
    files = send(story, dossier("2026-0001"), dossier("2026-0002"), parts=2)
    wrapped = tmp_path / "来自微信.zip"
    with zipfile.ZipFile(wrapped, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    assert taken(story, wrapped) == [Outcome.NEW, Outcome.NEW]


def test_a_large_package_goes_into_the_store_in_pieces(stories: Stories) -> None:
    story = stories("enrolled")
    large = bytes(range(256)) * 4096 * 18  # 18 MiB: more than is read in one piece
    one = dossier("2026-0001", files=(large, b"%PDF-1.7 small"))
    assert taken(story, *send(story, one)) == [Outcome.NEW]
    assert story.desk.tasks.tasks()[0].documents_here == 2
    assert {f.code for f in story.desk.checking.check(deep=True).findings if f.severity == "CRITICAL"} == set()


def test_a_stopped_import_leaves_nothing_behind(stories: Stories) -> None:
    story = stories("enrolled")
    files = send(story, dossier("2026-0001"))

    class Impatient:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        story.desk.importing.import_files(files, progress=Impatient())
    assert story.desk.tasks.tasks() == ()
    assert taken(story, *files) == [Outcome.NEW]


def test_inspecting_says_what_would_happen_and_changes_nothing(stories: Stories) -> None:
    story = stories("enrolled")
    file = send(story, dossier("2026-0001"))[0]
    before = story.desk.help_lines()
    found = story.desk.importing.inspect(file)
    assert (found.outcome, found.kind, found.addressee, found.seq) == (Outcome.NEW, "assignment", "E0001", 1)
    assert "rubric.json" in {each.path for each in found.files}
    assert story.desk.help_lines() == before
    taken(story, file)
    assert story.desk.importing.inspect(file).outcome is Outcome.ALREADY_IMPORTED


def test_before_enrolment_an_invitation_asks_to_enrol(stories: Stories) -> None:
    story = stories("created")
    invitation = story.secretariat.invitation(story.folder / "out")
    result = story.desk.importing.import_files([invitation]).packages[0]
    assert (result.outcome, result.kind) == (Outcome.WRONG_KIND, "invitation")
    assert story.desk.enrolment.status().campaigns == ()


def test_the_invitation_of_a_second_campaign_is_taken_and_one_of_another_root_is_not(stories: Stories) -> None:
    story = stories("enrolled")
    second = Secretariat(world=story.secretariat.world, campaign="2027").invitation(story.folder / "out")
    foreign = Secretariat(world=pki.new_world(), campaign="2027").invitation(story.folder / "out")
    assert taken(story, second, foreign, second) == [Outcome.NEW, Outcome.UNKNOWN_SIGNER, Outcome.ALREADY_IMPORTED]
    assert [campaign.campaign for campaign in story.desk.enrolment.status().campaigns] == ["2027", "2026"]


def test_a_credential_by_itself_lets_nothing_else_in_but_is_noted(stories: Stories) -> None:
    story = stories("enrolled")
    file = story.secretariat.credential(story.folder / "out", story.reader)
    assert taken(story, file) == [Outcome.NEW]
    status = story.desk.enrolment.status()
    assert (status.expert, status.device, status.has_credential) == ("E0001", "E0001-D1", True)


def test_packages_that_never_arrived_are_named_by_the_check(stories: Stories) -> None:
    story = stories("enrolled")
    send(story, dossier("2026-0001"))
    taken(story, *send(story, dossier("2026-0002")))
    finding = next(f for f in story.desk.checking.check().findings if f.code == "package_missing")
    assert "1" in finding.sentence


def test_a_record_that_was_rewritten_is_noticed(stories: Stories) -> None:
    story = stories("enrolled")
    taken(story, *send(story, dossier("2026-0001"), log=LogState(index=7, head="aa" * 32)))
    honest = LogState(index=9, head="bb" * 32, last=LogHead(index=7, head="aa" * 32))
    taken(story, *send(story, dossier("2026-0002"), log=honest))
    codes = lambda: {finding.code for finding in story.desk.checking.check().findings}  # noqa: E731 - asked twice
    assert "record_rewritten" not in codes()
    rewritten = LogState(index=12, head="dd" * 32, last=LogHead(index=9, head="cc" * 32))
    taken(story, *send(story, dossier("2026-0003"), log=rewritten))
    assert "record_rewritten" in codes()
