"""An assignment becomes tasks: new ones, changed ones, recalled ones, in any order of parts and of packages."""

from dataclasses import dataclass, replace
from typing import Final

from app.crypto import certificates, chain, suite
from app.crypto.certificates import Role
from app.crypto.defect import SignatureRefusedError
from app.domain.application import FaceSheet
from app.domain.conflict import Declared
from app.domain.examination import ExaminationForm
from app.domain.ids import ApplicationCode, CampaignId, PackageId, ReviewId, Sha256
from app.domain.onsite.checklist import Checklist
from app.domain.outcome import Outcome
from app.domain.review import ReviewKind
from app.domain.rubric import Rubric
from app.packages import canonical, payloads
from app.packages.payloads import (
    AssignedReview,
    AssignmentPayload,
    CredentialPayload,
    PartPayload,
    PrintingLeave,
    Recall,
    document_path,
    dossier_digest,
)
from app.packages.reader import VerifiedFile, VerifiedPackage
from app.packages.refusal import PackageRefusedError
from app.services.desk_contents import Contents
from app.services.desk_print_leave import keep_leave
from app.services.desk_receipts import take_receipts
from app.services.desk_restored import certified
from app.services.desk_teams import check_teams, save_teams
from app.storage.desk.records import (
    AssignmentRecord,
    CampaignRecord,
    RecallRecord,
    ReviewRecord,
)
from app.storage.desk.store import UnitOfWork

# A change of these may bring a conflict of interest that was not there before.
_RELEVANT: Final = ("operator", "uscc", "trademark_holder", "drafters", "laboratory", "recommender")


def is_wanted(work: UnitOfWork, file: VerifiedFile) -> bool:
    """Whether the document of an assignment is kept: not for an application that was declined.

    One that was taken back may be assigned again by this very package; what turns out to be unneeded is deleted in
    the same transaction.
    """
    if file.application is None:
        return False
    records = work.reviews.of_application(ApplicationCode(file.application))
    return not records or any(record.declared in (None, Declared.NONE) for record in records)


def take_assignment(work: UnitOfWork, package: VerifiedPackage, contents: Contents) -> Outcome:
    """Take over one part.

    Raises:
        PackageRefusedError: what the part says does not fit together, or is meant for another device.
    """
    part = contents.value(payloads.PART, PartPayload)
    described = package.description.part
    if (part.number, part.of) != (described.number, described.of):
        raise PackageRefusedError(Outcome.INCOMPLETE, "part_number")
    for application, number, sha256 in part.documents:
        if contents.documents.get(document_path(application, number)) != sha256:
            raise PackageRefusedError(Outcome.INCOMPLETE, "document_missing")
    outcome = Outcome.NEW
    if contents.has(payloads.ASSIGNMENT):
        assignment = contents.value(payloads.ASSIGNMENT, AssignmentPayload)
        if assignment.assignment != part.assignment or assignment.parts != part.of:
            raise PackageRefusedError(Outcome.INCOMPLETE, "part_number")
        outcome = _Taking(work, package, contents, assignment).run()
    work.assignments.add_part(part.assignment, part.number, of=part.of)
    for review in work.dossier_changes.cleared():
        if all(listed.is_here for listed in work.assignments.documents(review)):
            work.dossier_changes.forget_cleared(review)
    return outcome


def take_credential(work: UnitOfWork, package: VerifiedPackage, contents: Contents) -> Outcome:
    """Take over a certificate that came by itself.

    Raises:
        PackageRefusedError: it is not for this device's key.
    """
    known = work.desk.campaign(CampaignId(package.description.campaign_id))
    if known is None:
        raise PackageRefusedError(Outcome.UNASSIGNED, "campaign_unknown")
    payload = contents.value(payloads.CREDENTIAL, CredentialPayload)
    certificate = checked_certificate(work, payload, contents=contents, package=package)
    is_new = known.certificate != certificate
    certified = replace(known, credential=contents.raw(payloads.CREDENTIAL), certificate=certificate)
    work.desk.save_campaign(_with_trust(certified, package))
    return Outcome.NEW if is_new else Outcome.ALREADY_IMPORTED


def checked_certificate(
    work: UnitOfWork, credential: CredentialPayload, *, contents: Contents, package: VerifiedPackage
) -> bytes:
    """The certificate (DER) that came along, if it is for this device's key and leads to the pinned root.

    Raises:
        PackageRefusedError: it is not.
    """
    keys = work.desk.keys()
    try:
        certificate = certificates.from_pem(contents.raw(payloads.CERTIFICATE))
        is_ours = keys is not None and certificates.public_key_of(certificate) == certificates.public_key_of_request(
            keys.request
        )
    except ValueError as problem:
        raise PackageRefusedError(Outcome.INCOMPLETE, "certificate_form") from problem
    facts = certificates.facts_of(certificate)
    named = (credential.certificate_sha256, credential.expert, credential.device)
    if named != (suite.digest_hex(certificate), facts.name, facts.device):
        raise PackageRefusedError(Outcome.INCOMPLETE, "credential_mismatch")
    if not is_ours or keys is None or credential.recipient != keys.recipient:
        raise PackageRefusedError(Outcome.NOT_FOR_YOU, "other_device")
    certified(work)
    trust = package.trust
    if trust is None:
        raise PackageRefusedError(Outcome.UNKNOWN_SIGNER, "no_trust")
    try:
        standing = chain.check_chain(certificate, trust, at=max(package.description.issued_at, facts.not_before_at))
    except SignatureRefusedError as problem:
        raise PackageRefusedError(Outcome.UNKNOWN_SIGNER, problem.defect) from problem
    if standing.role is not Role.EXPERT:
        raise PackageRefusedError(Outcome.INCOMPLETE, "credential_role")
    return certificate


def _with_trust(campaign: CampaignRecord, package: VerifiedPackage) -> CampaignRecord:
    trust = package.trust
    return replace(campaign, trust=trust.to_pem(), crl_number=trust.crl_number) if trust else campaign


@dataclass(frozen=True, slots=True)
class _Taking:
    """Part 1 of one assignment, being taken over."""

    work: UnitOfWork
    package: VerifiedPackage
    contents: Contents
    payload: AssignmentPayload

    def run(self) -> Outcome:
        self._check()
        self._save_campaign()
        self._save_assignment()
        self._save_leave()
        changed = [self._take_review(assigned) for assigned in self.payload.reviews]
        changed += [self._take_recall(recall) for recall in self.payload.recalls]
        changed.append(save_teams(self.work, self.payload, seq=self.package.description.seq))
        take_receipts(self.work, self.payload.receipts)
        return Outcome.REVISION if any(changed) else Outcome.NEW

    def _check(self) -> None:
        self._check_form(ReviewKind.EXAMINATION, ExaminationForm)
        self._check_form(ReviewKind.QUALIFICATION, Rubric)
        self._check_form(ReviewKind.ONSITE, Checklist)
        for assigned in self.payload.reviews:
            if dossier_digest(assigned.face, assigned.documents) != assigned.dossier:
                raise PackageRefusedError(Outcome.INCOMPLETE, "dossier_digest")
            if self.payload.form_sha256(assigned.kind) is None:
                raise PackageRefusedError(Outcome.INCOMPLETE, "form_missing")
            known = self.work.reviews.get(assigned.review)
            if known is not None and known.kind is not assigned.kind:
                raise PackageRefusedError(Outcome.INCOMPLETE, "review_kind")
        check_teams(self.work, self.payload)

    def _check_form(self, kind: ReviewKind, form: type[object]) -> None:
        """The form of *kind*, where the package says that it carries one, is that one and can be read."""
        path, expected = payloads.FORMS[kind], self.payload.form_sha256(kind)
        if expected is None and not self.contents.has(path):
            return
        if expected is None or suite.digest_hex(self.contents.raw(path)) != expected:
            raise PackageRefusedError(Outcome.RUBRIC_MISMATCH, "rubric_hash")
        self.contents.value(path, form)

    def _form_of(self, kind: ReviewKind) -> Sha256:
        found = self.payload.form_sha256(kind)
        if found is None:  # checked before anything was written
            raise RuntimeError("a review without its form")
        return found

    def _save_campaign(self) -> None:
        certificate = checked_certificate(
            self.work, self.payload.credential, contents=self.contents, package=self.package
        )
        notice = self.payload.notice
        known = self.work.desk.campaign(notice.campaign) or CampaignRecord(notice.campaign, "", "", "", b"", 0)
        record = replace(
            known,
            name=notice.name,
            import_recipient=self.payload.import_recipient,
            recovery_recipient=self.payload.recovery_recipient,
            credential=canonical.encode(self.payload.credential),
            certificate=certificate,
        )
        self.work.desk.save_campaign(self._with_log(_with_trust(record, self.package)))
        for kind, path in payloads.FORMS.items():
            digest = self.payload.form_sha256(kind)
            if digest is not None:
                self.work.desk.save_rubric(digest, self.contents.raw(path))

    def _with_log(self, campaign: CampaignRecord) -> CampaignRecord:
        """The record's chain of acts, as this desk was told of it; a chain that was rewritten is remembered."""
        log = self.package.description.log
        if log is None:
            return campaign
        last = log.last
        if last is not None and last.index == campaign.log_index and last.head != campaign.log_head:
            campaign = replace(campaign, log_broke_at=self.work.tick().at)
        if log.index >= campaign.log_index:
            campaign = replace(campaign, log_index=log.index, log_head=log.head)
        return campaign

    def _save_assignment(self) -> None:
        self.work.assignments.save(
            AssignmentRecord(
                self.payload.assignment,
                self.payload.notice.campaign,
                self.payload.parts,
                PackageId(self.package.description.package_id),
                Sha256(self.package.inner_sha256),
                self.package.description.seq,
                self.package.description.issued_at,
                self.payload.deadline,
            )
        )

    def _save_leave(self) -> None:
        is_allowed = self.contents.has(payloads.PRINTING)
        campaign = self.payload.notice.campaign
        if is_allowed and self.contents.value(payloads.PRINTING, PrintingLeave).campaign != campaign:
            raise PackageRefusedError(Outcome.INCOMPLETE, "printing_campaign")
        keep_leave(self.work, campaign, seq=self.package.description.seq, is_allowed=is_allowed)

    def _take_review(self, assigned: AssignedReview) -> bool:
        """Whether something that was here before has changed."""
        known = self.work.reviews.get(assigned.review)
        if known is not None and self._seq_of(known.assignment) > self.package.description.seq:
            return False  # what is here came from a later package
        if known is None:
            self.work.reviews.save(self._new_record(assigned))
        else:
            self.work.reviews.save(self._changed_record(known, assigned))
        self._note_change(known, assigned)
        self.work.assignments.replace_documents(assigned.review, assigned.documents)
        recall = self.work.reviews.recall(assigned.review)
        if recall is not None and recall.seq > self.package.description.seq:
            self._close(assigned.review, recall)
        return known is not None

    def _note_change(self, known: ReviewRecord | None, assigned: AssignedReview) -> None:
        """An expert who has seen the dossier is told what is different in it now."""
        if known is None or known.opened_at is None:
            return
        before = tuple(listed.document for listed in self.work.assignments.documents(assigned.review))
        if {each.sha256 for each in before} != {each.sha256 for each in assigned.documents}:
            self.work.dossier_changes.add(
                assigned.review, before=before, after=assigned.documents, at=self.work.tick().at
            )

    def _new_record(self, assigned: AssignedReview) -> ReviewRecord:
        return ReviewRecord(
            assigned.review,
            assigned.face.application,
            self.payload.notice.campaign,
            assigned.kind,
            assigned.face,
            assigned.dossier,
            self._form_of(assigned.kind),
            self.payload.assignment,
        )

    def _changed_record(self, known: ReviewRecord, assigned: AssignedReview) -> ReviewRecord:
        declared = known.declared
        if declared is Declared.NONE and _is_other_party(known.face, assigned.face):
            declared = None
        return replace(
            known,
            face=assigned.face,
            dossier=assigned.dossier,
            # A review that was begun is finished by the rules it was begun with.
            rubric=known.rubric if known.opened_at else self._form_of(assigned.kind),
            assignment=self.payload.assignment,
            declared=declared,
            recalled_at=None,
            recall_reason="",
        )

    def _take_recall(self, recall: Recall) -> bool:
        seq = self.package.description.seq
        earlier = self.work.reviews.recall(recall.review)
        if earlier is not None and earlier.seq >= seq:
            return False
        record = RecallRecord(recall.review, recall.application, recall.reason, seq, self.work.tick().at)
        self.work.reviews.save_recall(record)
        known = self.work.reviews.get(recall.review)
        if known is None or self._seq_of(known.assignment) > seq:
            return False
        self._close(recall.review, record)
        return True

    def _close(self, review: ReviewId, recall: RecallRecord) -> None:
        self.work.reviews.change(review, recalled_at=recall.recalled_at, recall_reason=recall.reason)

    def _seq_of(self, assignment: PackageId) -> int:
        record = self.work.assignments.get(assignment)
        return record.seq if record else 0


def _is_other_party(old: FaceSheet, new: FaceSheet) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in _RELEVANT)
