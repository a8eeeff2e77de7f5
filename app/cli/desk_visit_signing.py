"""``youpin desk visit cosign | signed``: who has signed the joint opinion of a visit."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import open_for
from app.cli.desk_visit_arguments import add_visit
from app.cli.output import Report, table
from app.cli.parsing import add_command, closed_list
from app.cli.passphrases import passphrase_of
from app.domain.onsite.ids import MemberId
from app.domain.onsite.returned import SignedBy
from app.i18n import _
from app.words.onsite import conclusion_words, signed_words

if TYPE_CHECKING:
    from app.bootstrap.desk import DeskWorkspace
    from app.domain.onsite.ids import VisitId


def add_commands(visit: Any) -> None:
    """Add the commands of this module to the group ``visit``."""
    cosign = add_command(
        visit,
        "cosign",
        _cosign,
        summary=_("sign the leader's joint opinion as a member of the team"),
        description=_(
            "The signature goes with the next exchange, and straight to the secretariat with your own next hand-in:\n"
            "youpin desk seal DESK --declarations --out FILE"
        ),
        example="youpin desk visit cosign 李示例.desk 2026-0001",
    )
    add_visit(cosign)
    signed = add_command(
        visit,
        "signed",
        _signed,
        summary=_("show who has signed the joint opinion, or say who signed on paper"),
        description=_("A photographed page of the opinion counts for those named with --did. States:")
        + "\n"
        + closed_list((one.value, signed_words(one)) for one in SignedBy),
        example="youpin desk visit signed 王示例.desk 2026-0001 --did P1",
    )
    add_visit(signed)
    signed.add_argument(
        "--not",
        dest="absent",
        action="append",
        default=[],
        metavar="MEMBER",
        help=_("has not signed on paper after all"),
    )
    signed.add_argument(
        "--did", dest="present", action="append", default=[], metavar="MEMBER", help=_("has signed on paper")
    )


def _cosign(arguments: Namespace) -> Report:
    passphrase = passphrase_of(arguments)
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        desk.visits.cosigning.sign(visit, passphrase=passphrase)
        return _report(desk, visit)


def _signed(arguments: Namespace) -> Report:
    with open_for(arguments) as desk:
        visit = desk.visits.named(arguments.visit)
        for member in arguments.absent:
            desk.visits.cosigning.note_paper(visit, MemberId(member), has_signed=False)
        for member in arguments.present:
            desk.visits.cosigning.note_paper(visit, MemberId(member), has_signed=True)
        return _report(desk, visit)


def _report(desk: "DeskWorkspace", visit: "VisitId") -> Report:
    sheet = desk.visits.cosigning.sheet(visit)
    conclusion = sheet.opinion.now if sheet.opinion else None
    document = {
        "visit": visit,
        "opinion_sha256": sheet.code,
        "conclusion": str(conclusion) if conclusion else None,
        "members": [{"member": one.member, "name": one.name, "signed": str(one.signed)} for one in sheet.lines],
    }
    if conclusion is None:
        return Report(document, _("The visit is not concluded yet."))
    rows = table([(one.member, one.name, signed_words(one.signed)) for one in sheet.lines])
    return Report(document, f"{conclusion_words(conclusion)}\n{rows}")
