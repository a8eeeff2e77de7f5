"""A small campaign, built once by the services and copied for each story, and ``youpin`` as a user types it."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from app.bootstrap.desk import DeskWorkspace, create_desk, open_desk
from app.bootstrap.record import RecordWorkspace, create_record, open_record
from app.clock import Clock, system_clock
from app.crypto import authority, sealing, suite
from app.crypto.certificates import CertifiedKey, whole_seconds
from app.domain.conflict import Declared
from app.domain.ids import ApplicationCode, ExpertCode
from app.domain.outcome import Group, Outcome
from app.domain.parting import DEFAULT_MAX_MB
from app.domain.review import Opinion, Recommendation
from app.intake.rubric_file import default_rubric
from app.packages import canonical, payloads
from app.packages.description import Addressee, PackageKind, PartyRole
from app.packages.payloads import EnrolmentPayload, InvitationPayload
from app.packages.reader import ReadingContext, read_small
from app.packages.writer import PackageFile
from app.services.desk_declaring import DeclarationLine
from app.services.desk_enrolment import Profile
from app.services.record_creation import Opener, RecoveryFile
from app.services.record_openers import SecondOpener
from tests.support import pki, stranger_files, warm_program
from tests.support.intake_material import row, write_files, write_table

ROOT: Final = Path(__file__).parents[2]
PASSPHRASE: Final = "示例口令 山高水长 七"
SECOND_PASSPHRASE: Final = "示例口令 风和日丽 八"
OPENERS: Final = ("秘书甲", "秘书乙")
NAMES: Final = ("示例专家甲", "示例专家乙", "示例专家丙")
RECORD: Final = "2026.record"
RECOVERY: Final = "recovery.age"
INVITATION: Final = "invitation.youpin"
PERCENT: Final = 75


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command said. ``document`` is its JSON, empty where there was none."""

    status: int
    document: dict[str, Any]
    words: str
    errors: str

    @property
    def outcomes(self) -> list[str]:
        """The outcome of every package, in order."""
        return [package["outcome"] for package in self.document["packages"]]

    @property
    def reviews(self) -> list[list[str]]:
        """The outcomes of the reviews of every package."""
        return [[review["outcome"] for review in package["reviews"]] for package in self.document["packages"]]

    def count(self) -> dict[str, int]:
        """``counts`` without the zeros, after looking that every outcome of the list is there."""
        counts: dict[str, int] = self.document["counts"]
        assert set(counts) == {str(outcome) for outcome in Outcome}
        return {outcome: number for outcome, number in counts.items() if number}


def youpin(
    *arguments: str | Path,
    folder: Path | None = None,
    later: timedelta | None = None,
    environment: Mapping[str, str] | None = None,
    is_cold: bool = False,
) -> Answer:
    """Run the real program in a process of its own.

    Args:
        later: move its clock with ``faketime``.
        is_cold: start Python anew instead of forking a process that has read the modules already.
    """
    if later is not None or is_cold:
        clock = [] if later is None else ["faketime", "-f", f"{later.total_seconds():+.0f}s"]
        command = [*clock, *command_line(*arguments)]
        ran = warm_program.run_cold(command, environment=variables(environment), folder=folder)
    else:
        ran = warm_program.run([str(one) for one in arguments], environment=variables(environment), folder=folder)
    words, errors = ran.output.decode("utf-8"), ran.errors.decode("utf-8")
    assert "Traceback" not in errors, errors
    document = json.loads(words) if "--json" in arguments and words.startswith("{") else {}
    return Answer(ran.status, document, words, errors)


def command_line(*arguments: str | Path) -> list[str]:
    """The program as the package runs it; the installed ``youpin`` calls the same function."""
    return [sys.executable, "-m", "app.cli", *map(str, arguments)]


def variables(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command: what the test has, the passphrases of both openers, and our sources."""
    basis = {
        "PYTHONPATH": str(ROOT),
        "YOUPIN_PASSPHRASE": PASSPHRASE,
        "YOUPIN_SECOND_PASSPHRASE": SECOND_PASSPHRASE,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    return {**os.environ, **basis, **(more or {})}


@dataclass
class Campaign:
    """One folder with a record, desks, and what was sent between them."""

    folder: Path
    clock: Clock = system_clock
    experts: int = 3
    applications: tuple[ApplicationCode, ...] = ()
    fingerprint: str = ""
    recovery_codes: list[str] = field(default_factory=list)
    assignments: dict[ExpertCode, list[str]] = field(default_factory=dict)

    @property
    def record(self) -> Path:
        return self.folder / RECORD

    @property
    def table(self) -> Path:
        """The summary table of the applications."""
        return self.folder / "汇总表.xlsx"

    @property
    def dossiers(self) -> Path:
        """The folder with a subfolder for every row of it."""
        return self.folder / "材料"

    @property
    def codes(self) -> tuple[ExpertCode, ...]:
        return tuple(ExpertCode(f"E{number:04}") for number in range(1, self.experts + 1))

    def desk(self, number: int = 1) -> Path:
        """The desk of expert *number*."""
        return self.folder / f"{NAMES[number - 1]}.desk"

    @property
    def second_desk(self) -> Path:
        """The desk of expert 1 at another computer, if there is one."""
        return self.folder / "示例专家甲 书房.desk"

    def assigned(self, number: int = 1) -> list[Path]:
        """The assignment of expert *number* as it was handed out, part by part."""
        return [self.folder / "out" / name for name in self.assignments[self.codes[number - 1]]]

    def copy_to(self, folder: Path) -> "Campaign":
        """The same campaign for one test alone."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Campaign(
            folder,
            self.clock,
            self.experts,
            self.applications,
            self.fingerprint,
            list(self.recovery_codes),
            {expert: list(names) for expert, names in self.assignments.items()},
        )

    def open_record(self, clock: Clock | None = None) -> RecordWorkspace:
        return open_record(self.record, PASSPHRASE, clock=clock or self.clock)

    def open_desk(self, number: int = 1, clock: Clock | None = None) -> DeskWorkspace:
        return open_desk(self.desk(number), PASSPHRASE, clock=clock or self.clock)

    # Commands that most stories need, as a person types them.

    def record_run(self, command: str, *more: str | Path, **how: Any) -> Answer:
        """``youpin record COMMAND RECORD … --json``."""
        return youpin("record", command, self.record, *more, "--json", folder=self.folder, **how)

    def desk_run(
        self, command: str, *more: str | Path, expert: int = 1, desk: Path | None = None, **how: Any
    ) -> Answer:
        """``youpin desk COMMAND DESK … --json``."""
        return youpin("desk", command, desk or self.desk(expert), *more, "--json", folder=self.folder, **how)

    def seal(self, name: str, *applications: str, expert: int = 1, desk: Path | None = None, **how: Any) -> Path:
        """Sign *applications* and hand in as the file *name*."""
        out = self.folder / name
        done = self.desk_run("seal", *applications, "--out", out, expert=expert, desk=desk, **how)
        assert done.status == 0, done.errors
        return out

    def take_in(self, *files: Path, **how: Any) -> Answer:
        """``record import``."""
        return self.record_run("import", *files, **how)

    def digest(self) -> str:
        """What ``record verify`` says, which must be that all is well."""
        said = self.record_run("verify")
        assert said.status == 0, said.words + said.errors
        assert said.document["ok"] is True
        assert said.document["differences"] == []
        return str(said.document["digest"])

    def revise(self, application: str, *, percent: int, expert: int = 1, desk: Path | None = None) -> None:
        """Open a sealed review again and change one score."""
        done = self.desk_run("revise", application, "--reason", "看漏了一份附件", expert=expert, desk=desk)
        assert done.status == 0, done.errors
        scores = self.folder / f"scores-{percent}.json"
        first = next(iter(default_rubric().indicators)).id
        scores.write_text(json.dumps({"scores": {first: {"percent": percent}}}))
        done = self.desk_run("score", application, "--from", scores, expert=expert, desk=desk)
        assert (done.status, done.document.get("missing")) == (0, []), done.words + done.errors


# Building


def build(
    folder: Path,
    *,
    clock: Clock = system_clock,
    experts: int = 3,
    applications: int = 3,
    name: str = "示例评审 2026",
    relations: Sequence[tuple[str, ...]] = (),
    dossier: Callable[[int], Mapping[str, bytes]] | None = None,
    max_mb: int = DEFAULT_MAX_MB,
    rubric: Path | None = None,
) -> Campaign:
    """Found the record, enrol the experts, take in the applications, assign everything to everybody, issue.

    Args:
        dossier: the documents of an application by its row; small ones where it is not given.
        max_mb: how large a part of what is handed out may be.
        rubric: rules in place of the default ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = Campaign(folder, clock, experts)
    created = create_record(
        made.record,
        "2026",
        name=name,
        openers=(Opener(OPENERS[0], PASSPHRASE), Opener(OPENERS[1], SECOND_PASSPHRASE)),
        recovery=RecoveryFile(folder / RECOVERY, PASSPHRASE),
        rubric=rubric,
        clock=clock,
    )
    made.fingerprint = created.fingerprint
    with created.workspace as record:
        record.inviting.invite(folder / INVITATION)
        _enrol(made, record, relations)
        made.applications = take_in(made, record, applications, dossier=dossier or small_dossier)
        record.assigning.assign([(expert, one) for expert in made.codes for one in made.applications])
        issued = record.issuing.issue(folder / "out", max_mb=max_mb)
    for package in issued.packages:
        made.assignments.setdefault(package.expert, []).append(package.file.name)
    return made


def _enrol(made: Campaign, record: RecordWorkspace, relations: Sequence[tuple[str, ...]]) -> None:
    requests = []
    for number in range(1, made.experts + 1):
        created = create_desk(made.desk(number), name=NAMES[number - 1], passphrase=PASSPHRASE, clock=made.clock)
        made.recovery_codes.append(created.recovery_code)
        requests.append(made.folder / f"request-{number}.youpin")
        related = relations[number - 1] if number <= len(relations) else ()
        with created.workspace as desk:
            desk.enrolment.enrol(
                made.folder / INVITATION,
                profile=Profile(NAMES[number - 1], f"1390000000{number}", f"示例大学{number}", "教授", related),
                passphrase=PASSPHRASE,
                out=requests[-1],
                fingerprint=made.fingerprint,
            )
    report = record.enrolment.enrol(requests, everything=True, second=SecondOpener(SECOND_PASSPHRASE))
    assert [one.expert for one in report.enrolments] == list(made.codes)


def small_dossier(number: int) -> dict[str, bytes]:
    """Two documents of an application."""
    return {
        "申请书.pdf": stranger_files.pdf((f"Example {number}", "Page two")),
        "照片.png": stranger_files.picture(size=(40 + number, 30)),
    }


def take_in(
    made: Campaign, record: RecordWorkspace, count: int, *, dossier: Callable[[int], Mapping[str, bytes]]
) -> tuple[ApplicationCode, ...]:
    """Take *count* applications with their dossiers into the record."""
    for number in range(1, count + 1):
        write_files(made.dossiers / f"{number}", dossier(number))
    table = write_table(made.table, [row(number) for number in range(1, count + 1)])
    taken = record.intake.take(record.intake.check(table, made.dossiers))
    assert taken.taken == count, [line.sentences for line in taken.applications]
    return tuple(line.application for line in taken.applications if line.application)


def make_ready(made: Campaign) -> Campaign:
    """Every desk has imported its work, declared no conflict, and scored everything; nothing is signed."""
    for number in range(1, made.experts + 1):
        with made.open_desk(number) as desk:
            taken = desk.importing.import_files(made.assigned(number))
            assert all(one.outcome.group is Group.TAKEN for one in taken.packages), taken.packages
            reviews = [task.review for task in desk.tasks.tasks()]
            desk.declaring.declare([DeclarationLine(review, Declared.NONE) for review in reviews])
            for review in reviews:
                desk.scoring.apply_file(review, scores(PERCENT))
    return made


def add_second_desk(made: Campaign, *, percent: int) -> None:
    """Expert 1 enrols another computer, gets the same work there, and scores all of it with *percent*."""
    request = made.folder / "request-second.youpin"
    created = create_desk(made.second_desk, name=NAMES[0], passphrase=PASSPHRASE, clock=made.clock)
    with created.workspace as desk, made.open_record() as record:
        desk.enrolment.enrol(
            made.folder / INVITATION,
            profile=Profile(NAMES[0], "13900000001", "示例大学1", "教授"),
            passphrase=PASSPHRASE,
            out=request,
            fingerprint=made.fingerprint,
        )
        record.enrolment.enrol(
            [request], everything=True, second=SecondOpener(SECOND_PASSPHRASE), as_expert=made.codes[0]
        )
        issued = record.issuing.issue(made.folder / "second", [made.codes[0]])
        desk.importing.import_files([package.file for package in issued.packages])
        reviews = [task.review for task in desk.tasks.tasks()]
        desk.declaring.declare([DeclarationLine(review, Declared.NONE) for review in reviews])
        for review in reviews:
            desk.scoring.apply_file(review, scores(percent))


def scores(percent: int) -> bytes:
    """A whole review as ``scores.json``."""
    rubric = default_rubric()
    opinion = Opinion(Recommendation.YES, "示例意见：同意推荐。", "工艺稳定", "检测频次偏低")
    document = {
        "scores": {one.id: {"percent": percent, "reason": "有依据"} for one in rubric.indicators},
        "opinion": {
            "recommend": str(opinion.recommend),
            "text": opinion.text,
            "strengths": opinion.strengths,
            "concerns": opinion.concerns,
        },
    }
    return json.dumps(document, ensure_ascii=False).encode()


def write_request(campaign: Campaign, out: Path, *, name: str) -> None:
    """What a new desk sends back after an invitation, without making the desk."""
    context = ReadingContext(at=campaign.clock(), kinds=frozenset({PackageKind.INVITATION}))
    invitation = read_small((campaign.folder / INVITATION).read_bytes(), context)
    asked = canonical.decode(invitation.content(payloads.INVITATION), InvitationPayload)
    key = suite.generate_signing_key()
    signer = CertifiedKey(authority.create_self_signed(key), key)
    to = Addressee(role=PartyRole.SECRETARIAT, recipient=asked.import_recipient)
    person = EnrolmentPayload(name, "13900000000", "示例大学", "教授", "示例电脑", sealing.create_identity().recipient)
    files = (
        PackageFile.from_bytes(payloads.ENROLMENT, "application/json", data=canonical.encode(person)),
        PackageFile.from_bytes(payloads.REQUEST, "application/pkcs10", data=authority.create_request(key)),
    )
    described = pki.describe(
        PackageKind.ENROLMENT, signer.certificate, (to,), issued_at=whole_seconds(campaign.clock()), seq=0
    )
    data, _written = pki.packed(described, files, signer, (asked.import_recipient, asked.recovery_recipient))
    out.write_bytes(data)


def at(clock: Clock, **by: float) -> Clock:
    """A clock that is ahead of *clock*, or behind it."""
    return lambda: clock() + timedelta(**by)


class NoForms:
    """Paper that is never printed, for stories whose packages only have to be small."""

    def prepare(self, _work: object, _sealed: object) -> None:
        return None

    def sealed_forms(self, _work: object, _sealed: object, _content: object) -> dict[str, bytes]:
        return {}

    def signature_page(self, _work: object, _lines: object, _at: object) -> bytes:
        return b"%PDF-1.7\n%%EOF\n"
