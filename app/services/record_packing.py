"""Writing the parts of one hand-out. Documents go from the encrypted store into the sealed file and touch no disk."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from app.crypto import certificates
from app.domain.ids import ApplicationCode, CampaignId, PackageId, Sha256
from app.domain.parting import Item
from app.domain.review import ReviewKind
from app.packages import canonical, payloads
from app.packages.description import LogHead as DescribedHead
from app.packages.description import LogState, PackageKind, Part
from app.packages.names import package_file_name
from app.packages.payloads import (
    AssignedReview,
    AssignmentPayload,
    CampaignNotice,
    PartPayload,
    PrintingLeave,
    Recall,
    ReceiptPayload,
    document_path,
    dossier_digest,
)
from app.packages.trust_files import write_trust_files
from app.packages.writer import PackageFile
from app.services.package_output import write_package_file
from app.services.record_context import RecordContext, SecretariatKeys, load_keys
from app.services.record_credentials import credential_files
from app.services.record_forks import fork_files
from app.services.record_forms import stored_forms
from app.services.record_outgoing import JSON, credential, describe
from app.services.record_planning import HandOut
from app.storage.record.authority import StoredForm
from app.storage.record.log import LogHead
from app.storage.record.unit_of_work import RecordWork

GRACE: Final = timedelta(days=60)  # between the deadline and the day a package stops being current


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPart:
    """One file as it was written; ``log_number`` is the place in the log it tells of."""

    file: Path
    package: PackageId
    sha256: Sha256
    size: int
    seq: int
    number: int
    of: int
    applications: tuple[ApplicationCode, ...]
    issued_at: datetime
    log_number: int


@dataclass(frozen=True, slots=True)
class _Shared:
    keys: SecretariatKeys
    log: LogState
    supersedes: tuple[str, ...]
    receipts: tuple[ReceiptPayload, ...]
    credential_files: tuple[PackageFile, ...]
    fork_files: tuple[PackageFile, ...]
    forms: Mapping[ReviewKind, StoredForm]
    printing_since: datetime | None


def pack(
    context: RecordContext, plan: HandOut, *, out: Path, assignment: PackageId, deadline_at: datetime
) -> Iterator[PackedPart]:
    """Write part after part into *out*. Nothing is entered in the record; a failure leaves no broken file.

    Raises:
        UserFacingError: the medium failed, in words.
    """
    with context.store.reading() as work:
        shared = _shared(context, work, plan)
    seq, previous = (plan.last.seq, plan.last.sha256) if plan.last else (0, None)
    of = len(plan.parts)
    for number, items in enumerate(plan.parts, start=1):
        seq += 1
        description = describe(
            PackageKind.ASSIGNMENT, shared.keys, campaign=context.campaign.campaign, device=plan.device,
            at=context.clock(), seq=seq, prev_sha256=previous, deadline=certificates.whole_seconds(deadline_at),
            not_after=certificates.whole_seconds(deadline_at + GRACE), part=Part(number=number, of=of),
            supersedes=shared.supersedes, log=shared.log,
        )  # fmt: skip
        files = [
            *write_trust_files(shared.keys.trust, shared.keys.dispatch.certificate),
            _part_file(plan, items, assignment, number=number, of=of),
            *(_document_file(context, plan, item) for item in items),
        ]
        if number == 1:
            files += _first_part_files(context, plan, shared, assignment=assignment, deadline_at=deadline_at)
        package = PackageId(description.package_id)
        name = package_file_name(
            context.campaign.campaign, package, roster_number=plan.expert.number, part=number, parts=of
        )
        written = write_package_file(
            out / name, description, files=files, signer=shared.keys.dispatch, recipients=(plan.device.recipient,)
        )
        previous = Sha256(written.inner_sha256)
        yield PackedPart(
            file=out / name, package=package, sha256=previous, size=written.size, seq=seq, number=number, of=of,
            applications=plan.codes(number), issued_at=description.issued_at, log_number=shared.log.index,
        )  # fmt: skip


def _shared(context: RecordContext, work: RecordWork, plan: HandOut) -> _Shared:
    certificate = work.authority.by_hash(plan.device.certificate_sha256)
    if certificate is None:
        raise RuntimeError("a device without its certificate")
    older = [device.device for device in work.roster.devices(plan.expert.expert) if device.device != plan.device.device]
    return _Shared(
        keys=load_keys(work),
        log=_log_state(work.log.head(), work.log.head_at(plan.last.log_number) if plan.last else None),
        supersedes=work.sending.ids_to(older) if plan.is_first_for_device else (),
        receipts=tuple(
            canonical.decode(receipt, ReceiptPayload) for receipt in work.packages.receipts(plan.device.device)
        ),
        credential_files=credential_files(certificate.der, expert=plan.expert, device=plan.device),
        fork_files=tuple(fork_files(work, plan.expert.expert)),
        forms=stored_forms(context, work),
        printing_since=work.authority.printing_since(),
    )


def _log_state(head: LogHead, last: LogHead | None) -> LogState:
    told = DescribedHead(index=last.number, head=last.head) if last else None
    return LogState(index=head.number, head=head.head, last=told)


def _part_file(plan: HandOut, items: tuple[Item, ...], assignment: PackageId, *, number: int, of: int) -> PackageFile:
    documents = tuple(
        (item.application, item.number, plan.applications[item.application].documents[item.number - 1].sha256)
        for item in items
    )
    payload = PartPayload(assignment=assignment, number=number, of=of, documents=documents)
    return PackageFile.from_bytes(payloads.PART, JSON, data=canonical.encode(payload))


def _document_file(context: RecordContext, plan: HandOut, item: Item) -> PackageFile:
    document = plan.applications[item.application].documents[item.number - 1]
    return PackageFile(
        path=document_path(item.application, item.number),
        media=str(document.media),
        source=partial(_open_document, context, item.application, document.sha256),
        display_name=document.name[-255:],
        application=item.application,
    )


def _open_document(context: RecordContext, application: ApplicationCode, sha256: Sha256) -> BinaryIO:
    with context.store.reading() as work:
        return io.BytesIO(b"".join(work.files.read_document(application, sha256)))


def _first_part_files(
    context: RecordContext, plan: HandOut, shared: _Shared, *, assignment: PackageId, deadline_at: datetime
) -> list[PackageFile]:
    campaign = context.campaign
    assigned = {one.kind for one in plan.reviews}
    forms = {kind: form for kind, form in shared.forms.items() if kind in assigned}
    payload = AssignmentPayload(
        assignment=assignment,
        parts=len(plan.parts),
        notice=CampaignNotice(campaign.campaign, campaign.name),
        credential=credential(plan.expert, plan.device),
        deadline=certificates.whole_seconds(deadline_at),
        import_recipient=campaign.import_recipient,
        recovery_recipient=campaign.recovery_recipient,
        rubric_sha256=_sha256(forms, ReviewKind.QUALIFICATION),
        examination_sha256=_sha256(forms, ReviewKind.EXAMINATION),
        reviews=tuple(_assigned(plan, place) for place in range(len(plan.reviews))),
        recalls=tuple(Recall(review.review, review.application, review.recall_reason or "") for review in plan.recalls),
        receipts=shared.receipts,
        checklist_sha256=_sha256(forms, ReviewKind.ONSITE),
        teams=plan.teams,
    )
    return [
        PackageFile.from_bytes(payloads.ASSIGNMENT, JSON, data=canonical.encode(payload)),
        *(PackageFile.from_bytes(payloads.FORMS[kind], JSON, data=form.content) for kind, form in forms.items()),
        *_leave_files(campaign.campaign, shared),
        *shared.credential_files,
        *shared.fork_files,
    ]


def _leave_files(campaign: CampaignId, shared: _Shared) -> list[PackageFile]:
    if shared.printing_since is None:
        return []
    leave = PrintingLeave(campaign, certificates.whole_seconds(shared.printing_since))
    return [PackageFile.from_bytes(payloads.PRINTING, JSON, data=canonical.encode(leave))]


def _sha256(forms: Mapping[ReviewKind, StoredForm], kind: ReviewKind) -> Sha256 | None:
    return forms[kind].sha256 if kind in forms else None


def _assigned(plan: HandOut, place: int) -> AssignedReview:
    review = plan.reviews[place]
    application = plan.applications[review.application]
    return AssignedReview(
        review=review.review,
        kind=review.kind,
        face=application.face,
        documents=application.documents,
        dossier=dossier_digest(application.face, application.documents),
    )


def dossiers_of(plan: HandOut) -> Mapping[ApplicationCode, Sha256]:
    """The state of each dossier that is sent."""
    return {code: dossier_digest(one.face, one.documents) for code, one in plan.applications.items()}
