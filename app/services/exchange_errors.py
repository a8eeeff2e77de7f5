"""What an expert can be told when notes go from desk to desk."""

from app.errors import UserFacingError
from app.i18n import N_


class TeamUnknownError(UserFacingError):
    """Nobody here knows whose computers may open the notes."""

    code = "team_unknown"
    message = N_(
        "The secretariat has not told this desk who visits {application}. Take its newest package in first; then the "
        "notes can be exchanged."
    )


class NobodyToGiveError(UserFacingError):
    """All others of the team write on paper."""

    code = "nobody_to_give"
    message = N_("Nobody else who visits {application} has a computer. What they wrote on paper is typed here.")


class OwnComputerUnknownError(UserFacingError):
    """The other desks would refuse what this one signs."""

    code = "own_computer_unknown"
    message = N_(
        "This computer is not in the list of the team that visits {application}. Ask the secretariat for a new package."
    )


class NothingToGiveError(UserFacingError):
    """No visit is open."""

    code = "nothing_to_give"
    message = N_("There is no open visit whose notes could be given to the team.")


class ExchangeFolderError(UserFacingError):
    """More than one file, and the name of one."""

    code = "exchange_folder"
    message = N_("These notes need {count} files. Name a folder or a stick instead of a file.")
