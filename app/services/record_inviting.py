"""The invitation: who the secretariat is. Not secret; compared by fingerprint."""

from dataclasses import dataclass
from pathlib import Path

from app.crypto import codes
from app.i18n import _
from app.packages import canonical, payloads
from app.packages.description import PackageKind
from app.packages.payloads import CampaignNotice, InvitationPayload
from app.packages.trust_files import write_trust_files
from app.packages.writer import PackageFile
from app.services.expert_guide import write_guide
from app.services.package_output import write_package_file
from app.services.record_context import RecordContext, load_keys
from app.services.record_outgoing import JSON, describe


@dataclass(frozen=True, slots=True)
class Invitation:
    """One file for everybody, the fingerprint that goes by letter or telephone, and two pages to print for experts."""

    file: Path
    fingerprint: str
    guide: Path


class InvitingService:
    """Changes nothing in the record; an invitation can be made as often as needed."""

    def __init__(self, context: RecordContext) -> None:
        self._context = context

    def invite(self, out: Path) -> Invitation:
        """Write the invitation to *out*, and the two pages for experts beside it.

        Raises:
            UserFacingError: the medium failed, in words.
        """
        context, campaign = self._context, self._context.campaign
        with context.store.reading() as work:
            keys = load_keys(work)
        payload = InvitationPayload(
            CampaignNotice(campaign.campaign, campaign.name), campaign.import_recipient, campaign.recovery_recipient
        )
        files = (
            PackageFile.from_bytes(payloads.INVITATION, JSON, data=canonical.encode(payload)),
            *write_trust_files(keys.trust, keys.dispatch.certificate),
        )
        description = describe(
            PackageKind.INVITATION, keys, campaign=campaign.campaign, device=None, at=context.clock()
        )
        fingerprint = codes.fingerprint(keys.trust.root)
        beside = out.with_name(_("Two pages for experts {campaign}.pdf").format(campaign=campaign.campaign))
        guide = write_guide(beside, campaign=campaign.name, fingerprint=fingerprint)
        write_package_file(out, description, files=files, signer=keys.dispatch)
        return Invitation(out, fingerprint, guide)
