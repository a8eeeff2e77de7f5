"""What an expert can be told at the desk."""

from app.errors import UserFacingError
from app.i18n import N_


class ApplicationUnknownError(UserFacingError):
    """Nothing of that code was assigned to this desk."""

    code = "application_unknown"
    message = N_("{application} is not assigned to this desk. Look at the task list for the right number.")


class DossierLockedError(UserFacingError):
    """Documents and scores stay closed until the expert has declared to have no conflict."""

    code = "dossier_locked"
    message = N_("{application} is locked. Declare first that there is no conflict of interest.")


class DossierClosedError(UserFacingError):
    """Recused, abstained or taken back: there is nothing to work on."""

    code = "dossier_closed"
    message = N_("{application} is closed: it was declined or taken back. Nothing can be changed there.")


class DeclaredForGoodError(UserFacingError):
    """The files were deleted with the declaration; only the secretariat can send them again."""

    code = "declared_for_good"
    message = N_("{application} was declined, and its files are deleted. Ask the secretariat if that was a mistake.")


class AlreadySealedError(UserFacingError):
    """Declaring again after signing would contradict the signature."""

    code = "already_sealed"
    message = N_("{application} is already signed. If there is a conflict, tell the secretariat.")


class NotSealedError(UserFacingError):
    """Only what was signed can be opened for a new revision."""

    code = "not_sealed"
    message = N_("{application} is not signed yet. Change it directly.")


class SignedDamagedError(UserFacingError):
    """The bytes are not those that were signed; nothing is built on them."""

    code = "signed_damaged"
    message = N_("The signed version of {application} is damaged. Restore a backup under Settings.")


class RevisionReasonError(UserFacingError):
    """A new revision names its reason; it is signed along."""

    code = "revision_reason"
    message = N_("Say in a few words why {application} is changed after signing.")


class TextTooLongError(UserFacingError):
    """Longer than a form can print."""

    code = "text_too_long"
    message = N_("A text can have at most {most} characters; this one has {length}. Shorten it.")


class NothingToUndoError(UserFacingError):
    """No step is left in that direction."""

    code = "nothing_to_undo"
    message = N_("There is nothing to undo or to redo here.")


class VetoUnknownError(UserFacingError):
    """The rubric has no such veto."""

    code = "veto_unknown"
    message = N_("The rubric has no veto “{veto}”. Check the name and try again.")


class ReviewIncompleteError(UserFacingError):
    """Something is still missing; ``what`` lists it in words."""

    code = "review_incomplete"
    message = N_("{application} cannot be signed yet. Still missing: {what}.")


class CorrectionUnconfirmedError(UserFacingError):
    """Something signed would rest on a document the dossier no longer holds."""

    code = "correction_unconfirmed"
    message = N_("{application}: the documents were replaced. Confirm what rests on the old ones: {what}.")


class NotTouchedError(UserFacingError):
    """There is nothing of that name to confirm."""

    code = "not_touched"
    message = N_("{application}: there is nothing to confirm for “{what}”. Look at the list again.")


class NothingToSealError(UserFacingError):
    """No review is complete and nothing waits to be sent."""

    code = "nothing_to_seal"
    message = N_("There is nothing to sign or to send. Finish a review or make a declaration first.")


class SeveralCampaignsError(UserFacingError):
    """One package goes to one campaign."""

    code = "several_campaigns"
    message = N_("These reviews belong to different campaigns. Sign and send one campaign at a time.")


class NotEnrolledError(UserFacingError):
    """Without keys there is nothing to open a package with."""

    code = "not_enrolled"
    message = N_("This desk has not answered an invitation yet. Open the invitation of the secretariat first.")


class NoCredentialError(UserFacingError):
    """Enrolled, but no certificate has come back."""

    code = "no_credential"
    message = N_("The certificate from the secretariat is not here yet. Import the first package of the assignment.")


class RestoredDeskError(UserFacingError):
    """The desk it was copied from may still sign; two of the same name must not."""

    code = "restored_desk"
    message = N_(
        "This desk was put back from a backup. Enrol it anew with the invitation before signing; what is written stays."
    )


class AlreadyEnrolledError(UserFacingError):
    """The keys exist; another request would leave two."""

    code = "already_enrolled"
    message = N_("This desk is already enrolled. Import the package of the secretariat instead.")


class OtherRootError(UserFacingError):
    """One desk believes one root."""

    code = "other_root"
    message = N_(
        "This comes from another secretariat than the one this desk belongs to. "
        "Make a second desk for it, or ask by telephone whether the invitation is genuine."
    )


class FingerprintDiffersError(UserFacingError):
    """What was read from the letter is not the invitation's."""

    code = "fingerprint_differs"
    message = N_("The fingerprint does not match the invitation. Do not use this file; ask the secretariat.")


class ReceiptNumberUnknownError(UserFacingError):
    """No package of this desk gives that number."""

    code = "receipt_number_unknown"
    message = N_("This receipt number belongs to no package of this desk. Compare the 8 digits again.")


class FileExistsHereError(UserFacingError):
    """Nothing that exists is written over."""

    code = "file_exists"
    message = N_("There is already a file with this name. Choose another name.")


class ScoresFileError(UserFacingError):
    """A file of scores that does not say what it should, with the place."""

    code = "scores_file"
    message = N_("The file of scores is not right at {place}: {what}. Correct it; nothing was changed.")


class SettingInvalidError(UserFacingError):
    """Outside the allowed range."""

    code = "setting_invalid"
    message = N_("This value is not possible for the setting “{name}”.")


class OnSiteReviewError(UserFacingError):
    """The on-site review (Art. 14) is what the visit's notebook says; it has no form beside it."""

    code = "on_site_review"
    message = N_("{application}: the on-site review is written in its visit. Open the visit under “On site”.")


class NoScoresError(UserFacingError):
    """Scores belong to the qualification evaluation (Art. 13); the other reviews have forms of their own."""

    code = "review_without_scores"
    message = N_(
        "The review of {application} has no scores. Fill in its own form; the task list says which kind it is."
    )


class DocumentUnknownError(UserFacingError):
    """The dossier does not list it."""

    code = "document_unknown"
    message = N_("This document does not belong to the dossier. Choose one from the list.")


class DeskExistsError(UserFacingError):
    """A new desk never replaces another."""

    code = "desk_exists"
    message = N_("{file} exists already. Choose another name, or open it.")


class DeskMissingError(UserFacingError):
    """There is no such file."""

    code = "desk_missing"
    message = N_("There is no desk {file}. Check the name, or make a new desk.")
