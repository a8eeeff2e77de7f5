"""What an invitation says, before there is a desk: so that the page that enrols can show whose it is."""

from pathlib import Path

from app.clock import Clock, system_clock
from app.packages.description import PackageKind
from app.packages.reader import ReadingContext, read_package
from app.packages.recognition import find_packages
from app.services.desk_enrolment import InvitationView
from app.services.desk_trust import fingerprint_of, payload_of


def preview_invitation(file: Path, clock: Clock = system_clock) -> InvitationView:
    """Campaign and fingerprint of *file*, to be compared with the letter. Nothing is believed or stored.

    Raises:
        PackageRefusedError: not an invitation, damaged, or signed by nobody it names.
    """
    found = find_packages(file)[0]
    with found.open() as source:
        package = read_package(source, ReadingContext(at=clock(), kinds=frozenset({PackageKind.INVITATION})))
    notice = payload_of(package).notice
    return InvitationView(notice.campaign, notice.name, fingerprint_of(package), is_known=False)
