"""The sample campaign, played for real: from an empty folder to results, through the same services as everything else.

Twelve and more fictional operators, five experts, one conflict; some reviews done and confirmed, some returned and
waiting, some open. Content comes from a seed and dates from today, so that it is always a campaign in the middle.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

from app.bootstrap.desk import DeskWorkspace, create_desk
from app.bootstrap.record import RecordWorkspace, create_record
from app.clock import system_clock
from app.domain.conflict import ConflictKind, Declared
from app.domain.health import Severity
from app.domain.ids import ReviewId
from app.domain.task import TaskState
from app.errors import UserFacingError
from app.i18n import N_, _
from app.progress import NoProgress, Progress
from app.services.desk_declaring import DeclarationLine
from app.services.desk_enrolment import Profile
from app.services.desk_views import Task
from app.services.record_creation import Opener, RecoveryFile
from app.services.record_openers import SecondOpener
from app.services.sample_campaign import (
    DEFAULT_SEED,
    SampleOperator,
    sample_experts,
    sample_operators,
    write_sample_material,
)
from app.services.sample_reviews import sample_assessment, scores_file

PASSPHRASE: Final = "shili lianxi zhuomian zhuanjia"  # noqa: S105 - one for everything, because everything here is invented
_STEPS: Final = 12
# How far each expert has come: reviews signed and handed in, and drafts begun after that.
_SIGNED: Final = (None, None, 9, 4, 3)  # None: all of them
_BEGUN: Final = (0, 0, 2, 3, 0)
_OPEN_DESK: Final = 3
_LATE: Final = 2  # this expert hands in once more
_CONFLICT: Final = (1, 3)  # an expert and an operator with a relation that only the expert knows of

Tell = Callable[[str], None]


class SampleFolderError(UserFacingError):
    """Something is already there, and the sample never overwrites."""

    code = "sample_folder"
    message = N_("{folder} is not empty. Choose another folder for the sample.")


@dataclass(frozen=True, slots=True)
class Sample:
    """Where everything lies afterwards."""

    folder: Path
    record: Path
    desks: tuple[Path, ...]
    open_desk: Path
    passphrase: str = field(repr=False)
    recovery: Path
    invitation: Path
    assignments: tuple[Path, ...]
    reviews: tuple[Path, ...]
    receipts: tuple[Path, ...]


def free_folder(parent: Path) -> Path:
    """The first of ``sample-1``, ``sample-2`` … below *parent* that does not exist."""
    return next(place for number in count(1) if not (place := parent / f"sample-{number}").exists())


def play_sample(
    folder: Path, *, progress: Progress | None = None, tell: Tell | None = None, seed: str = DEFAULT_SEED
) -> Sample:
    """Play the whole story in *folder*, which must be empty or new.

    Args:
        tell: is given one sentence after each step, with figures.

    Raises:
        SampleFolderError, Cancelled, and whatever the services raise.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SampleFolderError(folder=folder.name)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        return _Story(folder, stack, progress or NoProgress(), tell or _silently, seed).play()


class _Story:
    """One telling; each method is one step of it."""

    def __init__(self, folder: Path, stack: ExitStack, progress: Progress, tell: Tell, seed: str) -> None:
        self._folder, self._stack, self._progress, self._tell, self._seed = folder, stack, progress, tell, seed
        self._done = 0
        self._reviews: list[Path] = []

    def play(self) -> Sample:
        record = self._found_record()
        invitation = record.inviting.invite(self._folder / "invitation.youpin").file
        desks = self._enrol(record, invitation)
        self._take_in(record)
        record.assigning.assign_automatically(panel=len(sample_experts()), seed=1)
        self._step(_("Assigned every application to {count} experts").format(count=len(sample_experts())))
        issued = record.issuing.issue(self._folder / "assignments")
        self._step(_("Issued {count} sealed packages with a hand-out list").format(count=len(issued.packages)))
        for number, desk in enumerate(desks):
            desk.importing.import_files(
                [package.file for package in issued.packages if package.expert == _code(number)]
            )
            self._declare(desk, number)
            self._review(desk, number)
        receipts = self._import(record)
        self._confirm(desks, receipts)
        self._hand_in_later(desks[_LATE])
        self._look(record, desks)
        paths = tuple(desk.path for desk in desks)
        return Sample(
            folder=self._folder,
            record=self._folder / "2026.record",
            desks=paths,
            open_desk=paths[_OPEN_DESK],
            passphrase=PASSPHRASE,
            recovery=self._folder / "recovery.age",
            invitation=invitation,
            assignments=tuple(package.file for package in issued.packages),
            reviews=tuple(self._reviews),
            receipts=receipts,
        )

    def _found_record(self) -> RecordWorkspace:
        year = system_clock().year
        openers = (Opener(_("Clerk A (sample)"), PASSPHRASE), Opener(_("Clerk B (sample)"), PASSPHRASE))
        created = create_record(
            self._folder / "2026.record",
            str(year),
            name=_("Sample campaign {year}").format(year=year),
            openers=openers,
            recovery=RecoveryFile(self._folder / "recovery.age", PASSPHRASE),
        )
        self._stack.callback(created.workspace.close)
        self._step(_("Created the record; fingerprint {fingerprint}").format(fingerprint=created.fingerprint))
        return created.workspace

    def _enrol(self, record: RecordWorkspace, invitation: Path) -> list[DeskWorkspace]:
        desks, requests = [], []
        fingerprint = record.campaign.fingerprint
        (self._folder / "desks").mkdir()
        (self._folder / "requests").mkdir()
        for number, expert in enumerate(sample_experts(), start=1):
            desk = create_desk(
                self._folder / "desks" / f"{expert.name}.desk", name=expert.name, passphrase=PASSPHRASE
            ).workspace
            self._stack.callback(desk.close)
            request = self._folder / "requests" / f"enrolment-{number}.youpin"
            profile = Profile(expert.name, expert.phone, expert.employer, expert.title, expert.relations)
            desk.enrolment.enrol(
                invitation, profile=profile, passphrase=PASSPHRASE, out=request, fingerprint=fingerprint
            )
            desks.append(desk)
            requests.append(request)
        record.enrolment.enrol(requests, everything=True, second=SecondOpener(PASSPHRASE))
        self._step(_("Enrolled {count} experts, each with keys of their own").format(count=len(desks)))
        return desks

    def _take_in(self, record: RecordWorkspace) -> None:
        (self._folder / "intake").mkdir()
        material = write_sample_material(self._folder / "intake", year=system_clock().year, seed=self._seed)
        checked = record.intake.check(material.table, material.files)
        result = record.intake.take(checked)
        self._step(
            _("Took in {count} applications with {files} documents").format(
                count=result.taken, files=sum(1 for file in result.files if file.accepted)
            )
        )

    def _declare(self, desk: DeskWorkspace, number: int) -> None:
        lines = [_line(task, number) for task in desk.tasks.tasks()]
        desk.declaring.declare(lines)

    def _review(self, desk: DeskWorkspace, number: int) -> None:
        open_tasks = [task for task in desk.tasks.tasks() if task.state is TaskState.UNSCORED]
        wanted = _SIGNED[number]
        signed = len(open_tasks) if wanted is None else wanted
        begun = open_tasks[signed : signed + _BEGUN[number]]
        for task in open_tasks[:signed]:
            self._score(desk, task, number, share=1.0)
        for place, task in enumerate(begun):
            self._score(desk, task, number, share=1.0 if place == 0 else 0.5)
        finished = [task.review for task in open_tasks[:signed]]
        out = self._folder / "returned"
        out.mkdir(exist_ok=True)
        self._seal(desk, finished, out / f"review-{number + 1}.youpin")
        self._step(
            _("{name}: {signed} reviews signed and handed in, {begun} begun").format(
                name=sample_experts()[number].name, signed=len(finished), begun=len(begun)
            )
        )

    def _score(self, desk: DeskWorkspace, task: Task, number: int, *, share: float) -> None:
        sheet = desk.scoring.sheet(task.review)
        documents = [view.document for view in desk.viewing.documents(task.review)]
        assessment = sample_assessment(
            sheet.rubric, _operator_of(task), sample_experts()[number], documents=documents, seed=self._seed
        )
        data = scores_file(assessment, share=share)
        desk.scoring.apply_file(task.review, data)

    def _seal(self, desk: DeskWorkspace, reviews: Sequence[ReviewId], out: Path) -> None:
        desk.sealing.seal(reviews, passphrase=PASSPHRASE, out=out, declarations=True)
        self._reviews.append(out)

    def _import(self, record: RecordWorkspace) -> tuple[Path, ...]:
        report = record.importing.import_files(self._reviews, receipts=self._folder / "receipts")
        taken = sum(report.counts.values())
        self._step(_("Imported {count} packages into the record").format(count=taken))
        return report.receipts

    def _confirm(self, desks: Sequence[DeskWorkspace], receipts: Sequence[Path]) -> None:
        for desk, receipt in zip(desks[:_LATE], receipts, strict=False):
            desk.importing.import_files([receipt])
        self._step(_("Handed out {count} receipts").format(count=len(receipts)))

    def _hand_in_later(self, desk: DeskWorkspace) -> None:
        """One more package that has not been imported: there is something to do in the record's window."""
        ready = desk.sealing.ready()[:1]
        self._seal(desk, ready, self._folder / "returned" / f"review-{_LATE + 1}-2.youpin")
        self._step(_("One more package waits in “returned” to be imported"))

    def _look(self, record: RecordWorkspace, desks: Sequence[DeskWorkspace]) -> None:
        verified = record.verification.verify()
        findings = [desk.checking.check().worst for desk in desks]
        worst = max(findings, key=list(Severity).index)
        for result in record.results.results():
            self._tell(
                _("{application} {operator}: mean {mean}, trimmed {trimmed}").format(
                    application=result.application,
                    operator=result.operator,
                    mean=result.mean.total if result.mean.total is not None else "—",
                    trimmed=result.trimmed_mean.total if result.trimmed_mean.total is not None else "—",
                )
            )
        self._step(
            _("Record verified: {differences} differences; worst finding at a desk: {worst}").format(
                differences=len(verified.differences), worst=worst
            )
        )

    def _step(self, sentence: str) -> None:
        self._done += 1
        self._tell(sentence)
        self._progress.step(min(self._done, _STEPS), _STEPS)


def _line(task: Task, number: int) -> DeclarationLine:
    expert, operator = _CONFLICT
    if number == expert and task.face.uscc == sample_operators()[operator].uscc:
        return DeclarationLine(
            task.review, Declared.CONFLICT, ConflictKind.KINSHIP, _("A close relative of mine works there.")
        )
    return DeclarationLine(task.review, Declared.NONE)


def _operator_of(task: Task) -> SampleOperator:
    return next(operator for operator in sample_operators() if operator.uscc == task.face.uscc)


def _code(number: int) -> str:
    return f"E{number + 1:04d}"


def _silently(_sentence: str) -> None:
    """Nobody listens."""
