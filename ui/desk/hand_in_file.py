"""How a file to hand in is called: the expert's code and a number, so that a clerk can tell three hundred apart."""

from typing import TYPE_CHECKING

from app.services.desk_views import OutgoingPackage
from ui.desk.sign_bar import ENDING

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace


def proposed_name(desk: "DeskWorkspace", packages: tuple[OutgoingPackage, ...]) -> str:
    """A name that says nothing about applicants or scores. Reads the store: call it off the GUI thread."""
    expert = desk.enrolment.status().expert or "E"
    number = max((package.seq for package in packages), default=0) + 1
    return f"{expert}-{number:03}{ENDING}"
