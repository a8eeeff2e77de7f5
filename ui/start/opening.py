"""What the start pages ask for, done off the GUI thread.

The workspaces are imported here, at the moment somebody has typed a passphrase: until then the program shall start
quickly, and databases, certificates and print have nothing to do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.progress import Progress
from ui.start.recent import Workspace, WorkspaceKind

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace
    from app.bootstrap.record import RecordWorkspace

    Opened = DeskWorkspace | RecordWorkspace

_RECOVERY_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class DeskWish:
    """What an expert fills in on the one page that enrols."""

    target: Path
    name: str
    passphrase: str = field(repr=False)
    phone: str = ""
    employer: str = ""
    title: str = ""
    relations: tuple[str, ...] = ()
    invitation: Path | None = None
    request: Path | None = None
    fingerprint: str = ""  # of the invitation, once a person has compared it with the letter


@dataclass(frozen=True, slots=True)
class RecordWish:
    """What the secretariat fills in; openers are names with their passphrases."""

    target: str
    campaign: str
    name: str
    openers: tuple[tuple[str, str], ...] = field(repr=False)
    recovery: Path
    recovery_passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Begun:
    """A workspace that was just made, with what the person has to keep on paper.

    Attributes:
        recovery_code: to be written down; empty for a record.
        request_code: 25 digits of the enrolment; empty without an invitation.
        pledge: the page to print and sign, beside the request file.
    """

    workspace: "Opened"
    location: Workspace
    recovery_code: str = field(repr=False, default="")
    request_code: str = ""
    request: Path | None = None
    pledge: Path | None = None
    fingerprint: str = ""


Work = Callable[[Progress], object]


def opening(workspace: Workspace, passphrase: str) -> Work:
    """Open a workspace with a passphrase; a record tries every opener's slot."""

    def work(_progress: Progress) -> "Opened":
        if workspace.kind is WorkspaceKind.DESK:
            from app.bootstrap.desk import open_desk

            return open_desk(Path(workspace.location), passphrase)
        from app.bootstrap.record import open_record

        return open_record(workspace.location, passphrase)

    return work


def rescuing(workspace: Workspace, line: str, passphrase: str) -> Work:
    """Open a desk with the recovery code or with the line released by the office, and set a new passphrase."""

    def work(_progress: Progress) -> "Opened":
        from app.bootstrap.desk import open_desk_with_recovery_code, open_desk_with_reset_code

        # The office releases 7 groups of 5 characters; the recovery code on paper has 8.
        is_office = sum(character.isalnum() for character in line) < _RECOVERY_CHARACTERS
        open_with = open_desk_with_reset_code if is_office else open_desk_with_recovery_code
        return open_with(Path(workspace.location), line, new_passphrase=passphrase)

    return work


def beginning_desk(wish: DeskWish) -> Work:
    """Create a desk and, with an invitation, write the request file and the page to sign."""

    def work(progress: Progress) -> Begun:
        from app.bootstrap.desk import create_desk
        from app.services.desk_enrolment import Profile
        from app.services.desk_pledge import write_pledge

        progress.step(0, 2)
        created = create_desk(wish.target, name=wish.name, passphrase=wish.passphrase)
        desk = created.workspace
        location = Workspace(str(wish.target), WorkspaceKind.DESK)
        if wish.invitation is None or wish.request is None:
            return Begun(desk, location, created.recovery_code)
        progress.step(1, 2)
        profile = Profile(
            name=wish.name, phone=wish.phone, employer=wish.employer, title=wish.title, relations=wish.relations
        )
        enrolled = desk.enrolment.enrol(
            wish.invitation,
            profile=profile,
            passphrase=wish.passphrase,
            out=wish.request,
            fingerprint=wish.fingerprint or None,
        )
        pledge = write_pledge(enrolled, profile, wish.request.with_suffix(".pdf"))
        return Begun(desk, location, created.recovery_code, enrolled.code, enrolled.file, pledge)

    return work


def beginning_record(wish: RecordWish) -> Work:
    """Create a record with its openers and write the recovery file."""

    def work(_progress: Progress) -> Begun:
        from app.bootstrap.record import create_record
        from app.services.record_creation import Opener, RecoveryFile

        created = create_record(
            wish.target if "://" in wish.target else Path(wish.target),
            campaign=wish.campaign,
            name=wish.name,
            openers=tuple(Opener(name, passphrase=passphrase) for name, passphrase in wish.openers),
            recovery=RecoveryFile(wish.recovery, wish.recovery_passphrase),
        )
        location = Workspace(wish.target, WorkspaceKind.RECORD)
        return Begun(created.workspace, location, fingerprint=created.fingerprint)

    return work


def reading_invitation(path: Path) -> Work:
    """Whose invitation it is, before anything is created."""

    def work(_progress: Progress) -> object:
        from app.services.invitation_preview import preview_invitation

        return preview_invitation(path)

    return work
