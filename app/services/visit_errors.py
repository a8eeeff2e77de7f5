"""What an assessor can be told about a visit."""

from app.errors import UserFacingError
from app.i18n import N_


class VisitUnknownError(UserFacingError):
    """No visit of that code is on this desk."""

    code = "visit_unknown"
    message = N_("There is no visit {visit} on this desk. Look at the list of visits for the right one.")


class NotLeaderError(UserFacingError):
    """Plan, agreement and conclusion are the leader's."""

    code = "not_leader"
    message = N_("Only the leader of the team can do this. On this desk, {name} leads the visit.")


class TeamAssignedError(UserFacingError):
    """The secretariat forms the teams."""

    code = "team_assigned"
    message = N_(
        "{name} is not on the team that the secretariat sent. Plan others as liaison or observer, "
        "or ask the secretariat to change the team."
    )


class ChecklistAssignedError(UserFacingError):
    """A visit that was assigned is judged by the campaign's checklist."""

    code = "checklist_assigned"
    message = N_("The secretariat has sent the checklist of this visit. Plan the visit without another one.")


class OwnRecordsOnlyError(UserFacingError):
    """Whoever has a desk writes there; only paper is typed for others."""

    code = "own_records_only"
    message = N_("{name} has a desk and writes there. Only what a member without one noted on paper is typed here.")


class VisitConcludedError(UserFacingError):
    """Grades and records are frozen with the conclusion."""

    code = "visit_concluded"
    message = N_("The visit is concluded. Its records and grades can no longer be changed.")


class EntryUnknownError(UserFacingError):
    """Nothing of that number is in the visit."""

    code = "entry_unknown"
    message = N_("The visit has nothing with the number {entry}. Look at the visit for the right one.")


class SiteUnknownError(UserFacingError):
    """A place the plan does not name, or none where there are several."""

    code = "site_unknown"
    message = N_("Say at which site of the plan it was: {sites}.")


class SiteInUseError(UserFacingError):
    """What was written at a site would hang in the air."""

    code = "site_in_use"
    message = N_("Something is written at {sites} already. Keep it in the plan; its name can be changed.")


class MomentImpossibleError(UserFacingError):
    """A year that no visit is in."""

    code = "moment_impossible"
    message = N_("{day} cannot be meant. Write the day of the visit.")


class VisitAmbiguousError(UserFacingError):
    """Several visits could be meant."""

    code = "visit_ambiguous"
    message = N_("Several visits could be meant. Name one of them by its code: {codes}.")


class PlanFileError(UserFacingError):
    """The file of a plan does not say what it should."""

    code = "plan_file"
    message = N_("The plan of the visit is not right at {place}. Compare it with the example; nothing was changed.")


class NoPictureError(UserFacingError):
    """Something else among the photographs."""

    code = "no_picture"
    message = N_("{file} is not a photo. Take JPEG, PNG, WebP or HEIC files.")


class PhotoUnreadableError(UserFacingError):
    """The medium gave it up."""

    code = "photo_unreadable"
    message = N_("{file} could not be read. Plug the card or the telephone in again and take it once more.")


class PhotoNotPlacedError(UserFacingError):
    """A caption stands with the item that the photo is on."""

    code = "photo_not_placed"
    message = N_("Photo {number} is on no item yet. Put it on an item first, then write its caption.")


class ForeignNotesError(UserFacingError):
    """Notes that nobody on the team can have sent like this."""

    code = "foreign_notes"
    message = N_("These notes do not belong to a visit of this team. Ask the member to export them again.")


class OtherChecklistError(UserFacingError):
    """A visit that came from another desk, by another checklist than the secretariat sent here."""

    code = "other_checklist"
    message = N_("These notes go by another checklist than the secretariat sent. Ask it for its newest package.")
