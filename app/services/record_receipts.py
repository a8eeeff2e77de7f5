"""Receipts as files: one signed and sealed package per device, with the answers to everything it sent this time.

They also travel inside every later assignment, so a lost file costs nothing. They stand outside the sequence of
assignments: making one, or losing one, leaves no gap.
"""

from collections.abc import Sequence
from pathlib import Path

from app.domain.ids import DeviceCode, PackageId
from app.packages import canonical, payloads
from app.packages.description import PackageKind, Reply
from app.packages.names import package_file_name
from app.packages.payloads import ReceiptPayload
from app.packages.trust_files import write_trust_files
from app.packages.writer import PackageFile
from app.services.package_output import write_package_file
from app.services.record_context import RecordContext, load_keys
from app.services.record_forks import fork_files, has_fork
from app.services.record_outgoing import JSON, describe
from app.storage.record.unit_of_work import RecordWork

Answer = tuple[DeviceCode, ReceiptPayload]


def write_receipts(context: RecordContext, out: Path, answers: Sequence[Answer]) -> tuple[Path, ...]:
    """Write one receipt package per device into *out*; devices that are revoked get none."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    with context.store.reading() as work:
        keys = load_keys(work)
        trust = write_trust_files(keys.trust, keys.dispatch.certificate)
        for code, receipts in _by_device(work, answers).items():
            device = work.roster.device(code)
            expert = work.roster.expert(device.expert) if device else None
            if device is None or expert is None or device.revoked_at is not None:
                continue
            last = list(receipts.values())[-1]
            description = describe(
                PackageKind.RECEIPT, keys, campaign=context.campaign.campaign, device=device, at=context.clock(),
                in_reply_to=Reply(package_id=last.package, sha256=last.package_sha256),
            )  # fmt: skip
            data = canonical.encode(tuple(receipts.values()))
            name = package_file_name(
                context.campaign.campaign, PackageId(description.package_id), roster_number=expert.number
            )
            write_package_file(
                out / name, description,
                files=(
                    PackageFile.from_bytes(payloads.RECEIPT, JSON, data=data), *fork_files(work, device.expert), *trust
                ),
                signer=keys.dispatch, recipients=(device.recipient,),
            )  # fmt: skip
            written.append(out / name)
    return tuple(written)


def _by_device(work: RecordWork, answers: Sequence[Answer]) -> dict[DeviceCode, dict[str, ReceiptPayload]]:
    """What each device is told. Where a review has forked, every other desk of its expert is told again, too."""
    found: dict[DeviceCode, dict[str, ReceiptPayload]] = {}
    for sender, receipt in answers:
        found.setdefault(sender, {})[receipt.package_sha256] = receipt
    for sender, receipt in answers:
        device = work.roster.device(sender)
        if device is None or not has_fork(work, device.expert, (one.review for one in receipt.reviews)):
            continue
        for other in work.roster.devices(device.expert):
            earlier = work.packages.receipts(other.device) if other.device not in found else ()
            if earlier:
                told = (canonical.decode(one, ReceiptPayload) for one in earlier)
                found[other.device] = {one.package_sha256: one for one in told}
    return found
