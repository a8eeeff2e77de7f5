"""Signing the joint opinion of a visit with the team (Art. 14): each member on their own desk, also later.

The leader signs the review package; a member signs exactly the bytes of the opinion that the leader put up. The
signature is an entry of the visit and goes with the next exchange, and straight to the secretariat with one's own
next hand-in.
"""

from dataclasses import dataclass, field

from app.crypto import certificates
from app.crypto.defect import SignatureRefusedError
from app.crypto.signing import sign_detached
from app.crypto.trust import Trust
from app.crypto.verification import verify_detached
from app.domain.changes import Changes
from app.domain.ids import DeviceCode, ExpertCode, Sha256
from app.domain.onsite.ids import EntryId, MemberId, VisitId
from app.domain.onsite.opinion import Cosignature, FrozenOpinion, PaperSignature, SignedOpinion
from app.domain.onsite.returned import SignedBy, signatures
from app.errors import UserFacingError
from app.i18n import N_
from app.packages import canonical
from app.packages.payloads import CredentialPayload
from app.services.desk_editing import find_review
from app.services.desk_errors import NoCredentialError
from app.services.desk_keys import KeyFile, campaign_signer
from app.services.visit_notebook import ONLY, Notebook
from app.storage.desk.store import DeskStore, UnitOfWork


class NothingToCosignError(UserFacingError):
    """The leader has not concluded, or what was concluded has not arrived here."""

    code = "nothing_to_cosign"
    message = N_(
        "There is no joint opinion to sign here yet. Take in the notes of {name} after the visit is concluded."
    )


class LeaderSignsPackageError(UserFacingError):
    """The leader's signature is the one below the package."""

    code = "leader_signs_package"
    message = N_(
        "The leader signs by handing the visit in. The other members sign the joint opinion on their own desks."
    )


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of the team and how they stand below the joint opinion as it is now."""

    member: ExpertCode
    name: str
    signed: SignedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSheet:
    """The joint opinion of a visit, and who has signed it.

    Attributes:
        opinion: what would be signed; ``None`` before the leader has put one up. *code*: its SHA-256.
        can_sign: the expert at this desk is a member, and what is up for signing is not signed by them yet.
    """

    opinion: SignedOpinion | None = field(repr=False)
    code: Sha256 | None
    lines: tuple[MemberLine, ...]
    can_sign: bool


class VisitCosigning:
    """Members' signatures of one desk's visits. Signing asks for the passphrase."""

    def __init__(self, store: DeskStore, keys: KeyFile) -> None:
        self._store, self._keys = store, keys

    def sheet(self, visit: VisitId) -> SigningSheet:
        """Who has signed the joint opinion of *visit*. Raises as :class:`Notebook` does."""
        with self._store.reading() as work:
            return signing_of(work, Notebook(work, visit))

    def sign(self, visit: VisitId, *, passphrase: str) -> Changes:
        """Sign what the leader put up.

        Raises:
            NothingToCosignError, LeaderSignsPackageError, NotOnTeamError, NoAssessorError, WrongPassphraseError,
            NoCredentialError: as their sentences say.
        """
        unlocked = self._keys.unlock_typed(passphrase)
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            notebook.plan.assessor(notebook.me)
            if notebook.plan.leader.id == notebook.me:
                raise LeaderSignsPackageError
            frozen = notebook.find(FrozenOpinion, ONLY)
            if frozen is None:
                raise NothingToCosignError(name=notebook.plan.leader.name)
            campaign = find_review(work, notebook.record.review).campaign
            signer, device = campaign_signer(work, unlocked, campaign), _device(work, notebook)
            at = certificates.whole_seconds(notebook.now)
            p7s = sign_detached(frozen.data, signer, signed_at=at)
            made = Cosignature(notebook.me, device, frozen.data, p7s, at)
            notebook.put(EntryId(f"{made.opinion[:16]}@{device}"), made, author=notebook.me)
            notebook.commit()
        return Changes(visits=frozenset({visit}), tasks=True)

    def note_paper(self, visit: VisitId, member: MemberId, *, has_signed: bool) -> Changes:
        """Whether *member* is on the signed page of the joint opinion.

        Raises:
            NotLeaderError, NotOnTeamError, NoAssessorError: as their sentences say.
        """
        with self._store.writing() as work:
            notebook = Notebook(work, visit)
            leader = notebook.require_leader()
            seat = notebook.plan.assessor(member)
            said = PaperSignature(seat.id, has_signed, leader, notebook.now)
            before = notebook.find(PaperSignature, EntryId(seat.id))
            if before is None or before.has_signed != has_signed:
                notebook.put(EntryId(seat.id), said, author=leader)
            notebook.commit()
        return Changes(visits=frozenset({visit}), tasks=True)


def signing_of(work: UnitOfWork, notebook: Notebook) -> SigningSheet:
    """The joint opinion that is up for signing, and how everybody stands below it."""
    frozen = notebook.find(FrozenOpinion, ONLY)
    if frozen is None:
        return SigningSheet(opinion=None, code=None, lines=(), can_sign=False)
    opinion, code = canonical.decode(frozen.data, SignedOpinion), canonical.sha256(frozen.data)
    cosigned: dict[ExpertCode, frozenset[Sha256]] = {}
    for made in genuine_cosignatures(work, notebook):
        who = ExpertCode(made.author)
        cosigned[who] = cosigned.get(who, frozenset()) | {made.opinion}
    lines = tuple(
        MemberLine(ExpertCode(member.id), member.name, signed)
        for member, signed in signatures(opinion.members, opinion=code, cosigned=cosigned)
    )
    mine = next((line for line in lines if line.member == ExpertCode(notebook.me)), None)
    can_sign = mine is not None and mine.signed not in (SignedBy.PACKAGE, SignedBy.DIGITAL)
    return SigningSheet(opinion=opinion, code=code, lines=lines, can_sign=can_sign)


def genuine_cosignatures(work: UnitOfWork, notebook: Notebook) -> tuple[Cosignature, ...]:
    """The members' signatures that hold, by device; what came with an exchange is believed only after this."""
    campaign = work.desk.campaign(find_review(work, notebook.record.review).campaign)
    if campaign is None:
        return ()
    trust = Trust.from_pem(campaign.trust)
    found = (made for made in notebook.values(Cosignature).values() if is_genuine(made, trust))
    return tuple(sorted(found, key=lambda one: (one.device, one.at)))


def is_genuine(made: Cosignature, trust: Trust) -> bool:
    """Whether the signature is over these bytes, and by the member and the computer that it says."""
    try:
        signed = verify_detached(made.p7s, made.data, trust, at=made.at)
    except SignatureRefusedError:
        return False
    return (signed.name, signed.device) == (made.author, made.device) and signed.revoked_at is None


def _device(work: UnitOfWork, notebook: Notebook) -> DeviceCode:
    campaign = work.desk.campaign(find_review(work, notebook.record.review).campaign)
    if campaign is None or campaign.credential is None:
        raise NoCredentialError
    return canonical.decode(campaign.credential, CredentialPayload).device
