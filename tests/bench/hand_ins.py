"""Signed review packages by the hundred, and a record that waits for them.

Everything is what the program itself would write: an event for each value, reason and citation, the three printed
forms, a signature by the expert's own certificate, sealed for the record and its recovery identity. Only the forms are
drawn once and put into all packages: nothing on the way in looks into them.
"""

import itertools
import multiprocessing
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from app.atomic_file import OlderCopy
from app.clock import system_clock
from app.crypto import authority, certificates, sealing, suite
from app.crypto.certificates import CertifiedKey
from app.crypto.derivation import LOWEST_COST
from app.crypto.key_header import WorkspaceKind
from app.crypto.vault import Vault
from app.documents.form_values import HandInLine, ReviewForm, SignaturePage
from app.documents.hand_in_page import signature_page
from app.documents.review_forms import qualification_opinion, score_sheet
from app.domain.application import (
    Application,
    ApplicationState,
    BrandCategory,
    Document,
    FaceSheet,
    MediaType,
    Offering,
)
from app.domain.conflict import Declaration, Declared
from app.domain.events import Event, EventKind
from app.domain.evidence import Anchor
from app.domain.ids import ApplicationCode, CampaignId, DeviceCode, ExpertCode, IndicatorId, PackageId, ReviewId, Sha256
from app.domain.review import Assessment, Opinion, Recommendation, ReviewKind, SealedReview
from app.domain.rubric import Rubric
from app.domain.scoring import Score, totals
from app.intake.checklist_file import default_checklist
from app.intake.examination_file import default_examination
from app.intake.rubric_file import default_rubric
from app.packages import canonical, payloads
from app.packages.description import Addressee, Description, PackageKind, PartyRole, Sender
from app.packages.log_chain import head_of, join_lines
from app.packages.payloads import HandInPayload, dossier_digest, events_path, form_path, review_path
from app.packages.writer import PackageFile, write_package
from app.services.record_context import RecordContext, load_keys
from app.services.record_creation import found_record, stored_certificate
from app.storage.record.applications import StoredApplication
from app.storage.record.authority import CertificateRole
from app.storage.record.place import record_place
from app.storage.record.reviews import StoredReview
from app.storage.record.roster import StoredDevice, StoredExpert

LINES: Final = 30  # scored lines of one review
REASON: Final = "近三年数据齐全，检测报告与现场记录一致，证据可以追溯。"
PASSPHRASE: Final = "示例口令 只为测速"
_WEIGHTS: Final = (40, 40, 40, 40, 20), (40, 40, 40, 20, 20)
_BOX: Final = (7200, 10800, 45000, 12600)
_LONG_AGO: Final = timedelta(hours=2)
_JSON, _PDF, _EVENTS = "application/json", "application/pdf", "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Signer:
    """One expert with one device."""

    expert: ExpertCode
    device: DeviceCode
    certified: CertifiedKey


@dataclass(frozen=True, slots=True)
class Task:
    """One review that an expert has to hand in."""

    review: ReviewId
    face: FaceSheet
    document: Document
    signer: Signer
    seq: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """A record with everything assigned and nothing returned."""

    context: RecordContext
    vault: Vault
    tasks: tuple[Task, ...]
    recipients: tuple[str, str]


@cache
def rubric_of_thirty() -> Rubric:
    """The default rubric's dimensions with five indicators each, 1,000 points in all."""
    given = default_rubric()
    dimensions = []
    for place, dimension in enumerate(given.dimensions):
        weights = _WEIGHTS[0] if place < 2 else _WEIGHTS[1]
        sample = dimension.indicators[0]
        indicators = tuple(
            replace(
                sample,
                id=IndicatorId(f"{dimension.id}_{number}"),
                number=f"{place + 1}.{number}",
                weight=weight,
                cap=None,
            )
            for number, weight in enumerate(weights, start=1)
        )
        dimensions.append(replace(dimension, weight=sum(weights), indicators=indicators))
    made = replace(given, dimensions=tuple(dimensions), thresholds=replace(given.thresholds, core_min_percent=()))
    if len(list(made.indicators)) != LINES:
        raise ValueError("not the rubric that was meant")
    return made


def found_campaign(location: Path | str, *, experts: int, reviews: int) -> Campaign:
    """A new record at *location* with *reviews* assigned, divided evenly among *experts*."""
    now = system_clock() - _LONG_AGO
    place = record_place(location)
    made = Vault.create(kind=WorkspaceKind.RECORD, passphrase=PASSPHRASE, opener="秘书处", cost=LOWEST_COST)
    store = place.create(made.vault, made.unlocked.to_bytes())
    found_record(
        store, campaign=CampaignId("2026"), name="2026 示例年度", rubric=rubric_of_thirty(),
        examination=default_examination(), checklist=default_checklist(), opener="秘书处",
        recovery=None, clock=lambda: now,
    )  # fmt: skip
    place.write_header(made.unlocked.to_bytes(), older=OlderCopy.RENEW)
    context = RecordContext.of(store, "秘书处")
    tasks = add_tasks(context, range(1, experts + 1), count=reviews, at=now)
    campaign = context.campaign
    return Campaign(context, made.vault, tasks, (campaign.import_recipient, campaign.recovery_recipient))


def add_tasks(context: RecordContext, experts: Sequence[int], *, count: int, at: datetime) -> tuple[Task, ...]:
    """Enrol *experts*, take in one application for each task, and assign."""
    tasks: list[Task] = []
    with context.store.writing() as work:
        issuing = load_keys(work).issuing
        signers = [_enrolled(number, issuing, at=at) for number in experts]
        for number, (signer, expert, device) in zip(experts, signers, strict=True):
            work.authority.add_certificate(stored_certificate(signer.certified.certificate, CertificateRole.EXPERT))
            work.roster.add_expert(replace(expert, number=number))
            work.roster.add_device(device)
        start = work.applications.next_number(context.campaign.campaign)
        for place in range(count):
            signer = signers[place % len(signers)][0]
            face, document = _application(start + place)
            application = Application(face=face, state=ApplicationState.QUAL_SCORING, documents=(document,))
            work.applications.add(
                StoredApplication(
                    application=application, campaign=context.campaign.campaign, number=start + place,
                    key=f"{face.uscc} {face.offering_name}", dossier_sha256=dossier_digest(face, (document,)),
                    taken_at=at,
                )
            )  # fmt: skip
            work.files.make_key(face.application)
            review = ReviewId(f"01930000-0000-7000-8000-{start + place:012x}")
            tasks.append(Task(review, face, document, signer, seq=place // len(signers) + 1))
        work.reviews.add([_assignment(task, at) for task in tasks])
        work.commit()
    return tuple(tasks)


def write_packages(campaign: Campaign, tasks: Sequence[Task], folder: Path, *, with_forms: bool) -> list[Path]:
    """One package per task, by all cores; in order."""
    folder.mkdir(parents=True, exist_ok=True)
    chunks = [tasks[start : start + 25] for start in range(0, len(tasks), 25)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=context) as pool:
        same = (itertools.repeat(value) for value in (folder, campaign.recipients, with_forms))
        written = pool.map(_write, chunks, *same)
        return [file for files in written for file in files]


def _enrolled(number: int, issuing: CertifiedKey, *, at: datetime) -> tuple[Signer, StoredExpert, StoredDevice]:
    expert, device = ExpertCode(f"E{number:04}"), DeviceCode(f"E{number:04}-D1")
    key = suite.generate_signing_key()
    certificate = authority.issue_expert_certificate(
        issuing, authority.create_request(key), expert=expert, device=device, at=at
    )
    facts = certificates.facts_of(certificate)
    person = StoredExpert(
        expert=expert, number=number, name=f"示例专家{number}", phone="024-0000000", employer=f"示例大学{number}",
        title="教授", relations=(), enrolled_at=at,
    )  # fmt: skip
    computer = StoredDevice(
        device=device, expert=expert, number=1, name="示例电脑", recipient=sealing.create_identity().recipient,
        certificate_sha256=Sha256(facts.sha256), request_sha256=Sha256(secrets.token_hex(32)), enrolled_at=at,
        not_after_at=facts.not_after_at, serial=facts.serial,
    )  # fmt: skip
    return Signer(expert, device, CertifiedKey(certificate, key)), person, computer


def _application(number: int) -> tuple[FaceSheet, Document]:
    code = ApplicationCode(f"2026-{number:04}")
    face = FaceSheet(
        application=code, operator=f"示例企业{number}有限公司", uscc=f"91210000MA{number:08}", offering_name="示例产品",
        category=BrandCategory.INDUSTRIAL, offering=Offering.PRODUCT, recommender="示例市市场监管局",
        standards=("GB/T 00000-2018",), trademark="示例",
    )  # fmt: skip
    return face, Document(canonical.sha256(code.encode()), 1000, MediaType.PDF, "03 检测报告.pdf", 12)


def _assignment(task: Task, at: datetime) -> StoredReview:
    return StoredReview(
        review=task.review, application=task.face.application, expert=task.signer.expert,
        kind=ReviewKind.QUALIFICATION, assigned_at=at,
    )  # fmt: skip


def _write(tasks: Sequence[Task], folder: Path, recipients: tuple[str, str], with_forms: bool) -> list[Path]:
    forms = _forms() if with_forms else {}
    return [_write_one(task, folder / f"{task.face.application}.youpin", recipients, forms=forms) for task in tasks]


def _write_one(task: Task, file: Path, recipients: tuple[str, str], *, forms: Mapping[str, bytes]) -> Path:
    at = certificates.whole_seconds(system_clock())
    sealed, events = _sealed(task, at)
    code, review = task.face.application, task.review
    declared = Declaration(code, Declared.NONE, at - timedelta(minutes=50))
    payload = HandInPayload(task.signer.expert, task.signer.device, ((review, declared),), (review,))
    parts = [
        (payloads.HAND_IN, _JSON, canonical.encode(payload), None),
        (review_path(review), _JSON, canonical.encode(sealed), code),
        (events_path(review), _EVENTS, events, code),
        *((form_path(review, name), _PDF, forms[name], code) for name in ("score-sheet", "opinion") if name in forms),
        *((payloads.SIGNATURE_PAGE, _PDF, forms[name], None) for name in ("page",) if name in forms),
    ]
    files = [PackageFile.from_bytes(path, media, data=data, application=own) for path, media, data, own in parts]
    by = task.signer.certified
    described = Description(
        kind=PackageKind.REVIEW,
        package_id=secrets.token_hex(16),
        campaign_id="2026",
        sender=Sender(role=PartyRole.EXPERT, cert_sha256=suite.digest_hex(by.certificate)),
        to=(Addressee(role=PartyRole.SECRETARIAT, recipient=recipients[0]),),
        seq=task.seq,
        issued_at=at,
        nonce=secrets.token_hex(16),
    )
    with file.open("wb") as target:
        write_package(target, described, files=files, signer=by, recipients=recipients)
    return file


def _sealed(task: Task, at: datetime) -> tuple[SealedReview, bytes]:
    assessment = assessment_of(task.document)
    lines = [canonical.encode(event) for event in _history(assessment, at)]
    sealed = SealedReview(
        review=task.review, application=task.face.application, expert=task.signer.expert, device=task.signer.device,
        kind=ReviewKind.QUALIFICATION, revision=1, base=None, rubric=canonical.digest_of(rubric_of_thirty()),
        assignment=PackageId("0" * 32), assignment_sha256=Sha256("0" * 64),
        dossier=dossier_digest(task.face, (task.document,)), assessment=assessment, reason="", sealed_at=at,
        events_head=Sha256(head_of(lines).head),
    )  # fmt: skip
    return sealed, join_lines(lines)


def assessment_of(document: Document) -> Assessment:
    """A whole assessment: thirty values with a reason and a citation each, and an opinion."""
    scores = tuple(
        Score(
            indicator.id, percent=60 + 5 * (place % 8), reason=REASON,
            evidence=(Anchor(document.sha256, page=1 + place % 12, box=_BOX, words="年度检测结果"),),
        )
        for place, indicator in enumerate(rubric_of_thirty().indicators)
    )  # fmt: skip
    text = "材料完整，质量管理体系运行有效，关键指标优于行业平均水平，建议进入现场评价。" * 3
    return Assessment(scores, Opinion(Recommendation.YES, text, "检测能力完整，工艺稳定。", "售后数据只有一年。"))


def _history(assessment: Assessment, at: datetime) -> Iterator[Event]:
    number = itertools.count(1)
    begun = at - timedelta(minutes=50)
    yield Event(next(number), begun, EventKind.DECLARED, value="none")
    yield Event(next(number), begun, EventKind.OPENED)
    for score in assessment.scores:
        digest = canonical.sha256(score.reason.encode())
        yield Event(next(number), begun, EventKind.VALUE_SET, f"value:{score.indicator}", str(score.percent))
        yield Event(next(number), begun, EventKind.TEXT_SETTLED, f"reason:{score.indicator}", digest=digest)
        tied = canonical.digest_of(score.evidence)
        yield Event(next(number), begun, EventKind.EVIDENCE_TIED, f"evidence:{score.indicator}", digest=tied)
    yield Event(next(number), at, EventKind.SEALED, digest=canonical.digest_of(assessment))


@cache
def _forms() -> dict[str, bytes]:
    form = sample_form()
    page = SignaturePage(
        campaign=form.campaign, expert=form.expert, expert_name=form.expert_name, rules=(form.rubric,),
        lines=(HandInLine(form.face, "推荐", form.totals.total if form.totals else None, 1, "12345678"),),
        content=form.content, made_at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip
    return {
        "score-sheet": score_sheet(form).pdf,
        "opinion": qualification_opinion(form).pdf,
        "page": signature_page(page).pdf,
    }


def sample_form() -> ReviewForm:
    """A filled form of thirty lines."""
    face, document = _application(1)
    assessment, rubric = assessment_of(document), rubric_of_thirty()
    return ReviewForm(
        campaign="2026 示例年度", face=face, rubric=rubric, expert=ExpertCode("E0001"), expert_name="示例专家1",
        content=Sha256("b" * 64), assessment=assessment, totals=totals(rubric, assessment.scores), revision=1,
        sealed_at=datetime(2026, 11, 23, tzinfo=UTC), documents=(document,),
    )  # fmt: skip
