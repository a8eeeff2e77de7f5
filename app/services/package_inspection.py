"""What a package says of itself, once its signature has been checked; and a look at one without any key."""

from pathlib import Path

from app.clock import Clock, system_clock
from app.crypto import codes
from app.domain.ids import Sha256
from app.domain.inspection import InspectedFile, InspectedPackage
from app.domain.outcome import Outcome
from app.packages.description import PackageKind
from app.packages.reader import ReadingContext, VerifiedPackage, read_package
from app.packages.recognition import find_packages
from app.packages.refusal import PackageRefusedError, refusal_sentence


def described(package: VerifiedPackage, *, outcome: Outcome, sentence: str) -> InspectedPackage:
    """*package* as a value to show."""
    description = package.description
    signer = package.signature
    addressees = [addressee.expert_id or addressee.role.value for addressee in description.to]
    return InspectedPackage(
        outcome=outcome,
        sentence=sentence,
        kind=description.kind,
        sender=signer.device or signer.name or description.sender.role.value,
        addressee=", ".join(addressees),
        seq=description.seq,
        sha256=Sha256(package.inner_sha256),
        code=codes.package_code(package.inner_sha256),
        files=tuple(InspectedFile(file.path, file.size, Sha256(file.sha256)) for file in package.files),
    )


def inspect_without_key(file: Path, clock: Clock = system_clock) -> InspectedPackage:
    """What anybody can see: an invitation is open; everything else is sealed for somebody.

    Raises:
        PackageRefusedError: the file is no package at all.
    """
    found = find_packages(file)[0]
    context = ReadingContext(at=clock(), kinds=frozenset({PackageKind.INVITATION}))
    try:
        with found.open() as source:
            package = read_package(source, context)
    except PackageRefusedError as refusal:
        return InspectedPackage(outcome=refusal.outcome, sentence=refusal_sentence(refusal.outcome))
    return described(package, outcome=Outcome.NEW, sentence="")
