"""The page an expert prints and signs when enrolling, from what was just written."""

from pathlib import Path

from app.atomic_file import write_atomically
from app.documents.form_values import PledgePage
from app.documents.pledge_page import pledge_page
from app.services.desk_enrolment import Enrolled, Profile


def write_pledge(enrolled: Enrolled, profile: Profile, out: Path) -> Path:
    """Write the page as PDF to *out*; it holds what the request holds and nothing secret.

    Raises:
        UserFacingError: the disk failed, in words.
    """
    page = PledgePage(
        campaign=enrolled.campaign,
        name=profile.name,
        phone=profile.phone,
        employer=profile.employer,
        relations=profile.relations,
        code=enrolled.code,
        qr=enrolled.qr,
        request=enrolled.request,
        made_at=enrolled.made_at,
    )
    write_atomically(out, pledge_page(page).pdf, verify=True)
    return out
