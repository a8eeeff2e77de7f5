"""Experts come in: a file from each, a code to compare, a certificate back (RFC 2986, RFC 5280).

The code stands on the page that the expert signed. Whoever confirms it binds the person to the key in the file.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.crypto import authority, certificates, codes
from app.crypto.authority import RequestInvalidError
from app.domain.changes import NOTHING, Changes
from app.domain.ids import DeviceCode, ExpertCode, PackageId, Sha256
from app.domain.outcome import Outcome
from app.domain.record_log import Act
from app.domain.roster import device_code, expert_code
from app.i18n import N_, _
from app.packages import canonical, payloads
from app.packages.description import PackageKind
from app.packages.payloads import EnrolmentPayload
from app.packages.reader import ReadingContext, VerifiedPackage, read_package
from app.packages.recognition import find_packages
from app.packages.refusal import PackageRefusedError, damaged
from app.progress import Progress
from app.services.incoming_files import files_of
from app.services.record_context import SILENT, RecordContext, SecretariatKeys, load_keys
from app.services.record_creation import stored_certificate
from app.services.record_credentials import write_credential
from app.services.record_errors import ExpertUnknownError, OneRequestError, SecondOpenerNeededError
from app.services.record_openers import OpenerService, SecondOpener
from app.storage.record.authority import CertificateRole
from app.storage.record.files import GENERAL
from app.storage.record.packages import StoredPackage
from app.storage.record.roster import StoredDevice, StoredExpert
from app.storage.record.unit_of_work import RecordWork

_UNCONFIRMED = N_("Compare the code with the signed page, then confirm it.")
_ENROLLED = N_("Enrolled. The certificate travels inside the first assignment.")
_KNOWN = N_("This request was enrolled before. Nothing was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRequest:
    """One file that asks for a certificate; ``outcome`` is ``new`` where it could be enrolled."""

    file: Path
    outcome: Outcome
    sentence: str
    code: str = ""
    name: str = ""
    phone: str = ""
    employer: str = ""
    title: str = ""
    device_name: str = ""
    relations: tuple[str, ...] = ()
    expert: ExpertCode | None = None
    device: DeviceCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What became of one file; ``outcome`` is ``None`` while nobody has confirmed its code."""

    file: Path
    outcome: Outcome | None
    sentence: str
    name: str = ""
    code: str = ""
    expert: ExpertCode | None = None
    device: DeviceCode | None = None
    credential: Path | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentReport:
    """One line per file, in the order given."""

    enrolments: tuple[Enrolled, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Request:
    file: Path
    package: VerifiedPackage = field(repr=False)
    payload: EnrolmentPayload
    known: StoredDevice | None

    @property
    def code(self) -> str:
        return codes.request_code(self.package.inner_sha256)


class EnrolmentService:
    """Reading writes nothing; enrolling is one transaction for the whole batch.

    Whoever enrols could bind a key of their own to an expert's name. So where two people can open the record, the
    second confirms the batch once with their passphrase, and the log names both.
    """

    def __init__(self, context: RecordContext, openers: OpenerService) -> None:
        self._context, self._openers = context, openers

    def read(self, paths: Iterable[Path], *, progress: Progress = SILENT) -> tuple[EnrolmentRequest, ...]:
        """What the files ask for, with the code of each to compare."""
        with self._context.store.reading() as work:
            found = self._requests(work, files_of(paths), progress)
        return tuple(one if isinstance(one, EnrolmentRequest) else _shown(one) for one in found)

    def enrol(
        self, paths: Iterable[Path], *, codes_confirmed: Sequence[str] | None = None, everything: bool = False,
        second: SecondOpener | None = None, as_expert: ExpertCode | None = None, out: Path | None = None,
        progress: Progress = SILENT,
    ) -> EnrolmentReport:  # fmt: skip
        """Issue a certificate for each request whose code is confirmed; *everything* confirms the whole batch.

        Args:
            second: confirms the batch; needed as soon as a certificate is to be issued and two people can open the
                record. With one opener nobody could, and one is enough.
            as_expert: bind a new device to somebody who is enrolled already; exactly one request.
            out: also write a credential package per device there.

        Raises:
            OneRequestError, ExpertUnknownError, SecondOpenerNeededError, SecondOpenerWrongError: nothing was changed.
        """
        files = files_of(paths)
        takes_two = bool(self._openers.others())
        confirmed_by = self._openers.confirmed_by(second) if second is not None and takes_two else None
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
        with self._context.store.writing() as work:
            keys = load_keys(work)
            found = self._requests(work, files, progress)
            requests = [one for one in found if isinstance(one, _Request) and one.known is None]
            if as_expert is not None:
                self._check_person(work, as_expert, requests)
            lines: list[Enrolled] = []
            for one in found:
                if isinstance(one, EnrolmentRequest) or one.known is not None:
                    lines.append(self._again(work, keys, one, out))
                elif everything or _is_confirmed(one.code, codes_confirmed or ()):
                    if confirmed_by is None and takes_two:
                        raise SecondOpenerNeededError
                    lines.append(self._enrol(work, keys, one, as_expert, out, confirmed_by=confirmed_by))
                else:
                    lines.append(
                        Enrolled(
                            file=one.file, outcome=None, sentence=_(_UNCONFIRMED), name=one.payload.name, code=one.code
                        )
                    )
            is_changed = any(line.outcome is Outcome.NEW for line in lines)
            if is_changed:
                work.commit()
        return EnrolmentReport(tuple(lines), Changes(experts=True, log=True) if is_changed else NOTHING)

    def _requests(
        self, work: RecordWork, files: Sequence[Path], progress: Progress
    ) -> list[_Request | EnrolmentRequest]:
        keys = load_keys(work)
        reading = ReadingContext(
            at=self._context.clock(),
            kinds=frozenset({PackageKind.ENROLMENT}),
            identities=(keys.identity,),
            trust=keys.trust,
        )
        found: list[_Request | EnrolmentRequest] = []
        seen: set[str] = set()
        for done, file in enumerate(files, start=1):
            try:
                for package in find_packages(file):
                    with package.open() as source:
                        request = _read(work, file, read_package(source, reading))
                    if request.package.inner_sha256 not in seen:
                        found.append(request)
                    seen.add(request.package.inner_sha256)
            except PackageRefusedError as refusal:
                found.append(EnrolmentRequest(file=file, outcome=refusal.outcome, sentence=refusal.sentence()))
            except RequestInvalidError as problem:
                found.append(EnrolmentRequest(file=file, outcome=Outcome.DAMAGED, sentence=problem.sentence()))
            progress.step(done, len(files))
        return found

    def _check_person(self, work: RecordWork, expert: ExpertCode, requests: Sequence[_Request]) -> None:
        if work.roster.expert(expert) is None:
            raise ExpertUnknownError(expert=expert)
        if len(requests) != 1:
            raise OneRequestError

    def _again(
        self, work: RecordWork, keys: SecretariatKeys, one: "_Request | EnrolmentRequest", out: Path | None
    ) -> Enrolled:
        if isinstance(one, EnrolmentRequest) or one.known is None:
            return Enrolled(file=one.file, outcome=getattr(one, "outcome", None), sentence=getattr(one, "sentence", ""))
        expert = work.roster.expert(one.known.expert)
        written = None
        if out is not None and expert is not None:
            written = self._credential(work, keys, expert, one.known, out)
        return Enrolled(
            file=one.file, outcome=Outcome.ALREADY_IMPORTED, sentence=_(_KNOWN), name=one.payload.name, code=one.code,
            expert=one.known.expert, device=one.known.device, credential=written,
        )  # fmt: skip

    def _enrol(
        self, work: RecordWork, keys: SecretariatKeys, request: _Request, as_expert: ExpertCode | None,
        out: Path | None, *, confirmed_by: str | None,
    ) -> Enrolled:  # fmt: skip
        now, payload = self._context.clock(), request.payload
        expert = work.roster.expert(as_expert) if as_expert else None
        if expert is None:
            number = work.roster.next_expert_number()
            expert = StoredExpert(
                expert=expert_code(number), number=number, name=payload.name, phone=payload.phone,
                employer=payload.employer, title=payload.title, relations=payload.relations, enrolled_at=now,
            )  # fmt: skip
            work.roster.add_expert(expert)
        number = work.roster.next_device_number(expert.expert)
        code = device_code(expert.expert, number)
        certificate = authority.issue_expert_certificate(
            keys.issuing, request.package.content(payloads.REQUEST), expert=expert.expert, device=code, at=now
        )
        stored = stored_certificate(certificate, CertificateRole.EXPERT)
        work.authority.add_certificate(stored)
        device = StoredDevice(
            device=code, expert=expert.expert, number=number, name=payload.device_name, recipient=payload.recipient,
            certificate_sha256=stored.sha256, request_sha256=Sha256(request.package.inner_sha256), enrolled_at=now,
            not_after_at=stored.not_after_at, serial=stored.serial, office_half=_office_half(payload.office_half),
        )  # fmt: skip
        work.roster.add_device(device)
        self._keep(work, keys, request, device, confirmed_by=confirmed_by)
        written = self._credential(work, keys, expert, device, out) if out else None
        return Enrolled(
            file=request.file, outcome=Outcome.NEW, sentence=_(_ENROLLED), name=expert.name, code=request.code,
            expert=expert.expert, device=code, credential=written,
        )  # fmt: skip

    def _credential(
        self, work: RecordWork, keys: SecretariatKeys, expert: StoredExpert, device: StoredDevice, out: Path
    ) -> Path:
        certificate = work.authority.by_hash(device.certificate_sha256)
        if certificate is None:
            raise RuntimeError("a device without its certificate")
        return write_credential(self._context, keys, certificate.der, expert=expert, device=device, out=out)

    def _keep(
        self, work: RecordWork, keys: SecretariatKeys, request: _Request, device: StoredDevice, *,
        confirmed_by: str | None,
    ) -> None:  # fmt: skip
        package, now = request.package, self._context.clock()
        sha256 = Sha256(package.inner_sha256)
        facts = {
            "expert": device.expert, "device": device.device, "request": sha256,
            "certificate": device.certificate_sha256, "confirmed_by": confirmed_by,
        }  # fmt: skip
        head = self._context.log(work, Act.ENROLLED, facts, at=now)
        stored = StoredPackage(
            sha256=sha256, package=PackageId(package.description.package_id), campaign=self._context.campaign.campaign,
            kind=str(PackageKind.ENROLMENT), expert=device.expert, device=device.device,
            certificate_sha256=Sha256(package.signature.certificate_sha256), seq=package.description.seq,
            size=package.inner_size, outcome=Outcome.NEW, imported_at=now, root_crl=keys.root_crl,
            issuing_crl=keys.issuing_crl, skeleton=package.skeleton, receipt=None, receipt_number="",
            log_number=head.number,
        )  # fmt: skip
        work.packages.add([stored], [])
        work.files.add_originals(work.files.original_rows(sha256, GENERAL, dict(package.contents or {})))


def _read(work: RecordWork, file: Path, package: VerifiedPackage) -> _Request:
    try:
        payload = canonical.decode(package.content(payloads.ENROLMENT), EnrolmentPayload)
    except canonical.NotCanonicalError:
        raise damaged("enrolment_form") from None
    try:
        requested = certificates.public_key_of_request(package.content(payloads.REQUEST))
    except ValueError:
        raise RequestInvalidError from None
    if requested != certificates.public_key_of(package.signature.certificate):
        raise PackageRefusedError(Outcome.BAD_SIGNATURE, "request_key")
    known = work.roster.device_of_request(Sha256(package.inner_sha256))
    return _Request(file, package, payload, known or work.roster.device_of_recipient(payload.recipient))


def _shown(request: _Request) -> EnrolmentRequest:
    payload, known = request.payload, request.known
    return EnrolmentRequest(
        file=request.file,
        outcome=Outcome.ALREADY_IMPORTED if known else Outcome.NEW,
        sentence=_(_KNOWN) if known else _(_UNCONFIRMED),
        code=request.code,
        name=payload.name,
        phone=payload.phone,
        employer=payload.employer,
        title=payload.title,
        device_name=payload.device_name,
        relations=payload.relations,
        expert=known.expert if known else None,
        device=known.device if known else None,
    )


def _is_confirmed(code: str, typed: Iterable[str]) -> bool:
    return any(codes.is_same_code(code, one) for one in typed)


def _office_half(encoded: str) -> bytes | None:
    """The sealed half as it travels; whether it opens is found out when it is needed."""
    if not encoded:
        return None
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return None
