"""The printed forms of a visit in words."""

from typing import Final

from app.domain.onsite.sheet_code import VisitForm
from app.i18n import N_, _

_FORMS: Final = {
    VisitForm.PLAN: N_("Plan of the on-site visit"),
    VisitForm.OPENING: N_("Sign-in sheet of the opening meeting"),
    VisitForm.CLOSING: N_("Sign-in sheet of the closing meeting"),
    VisitForm.CHECKLIST: N_("On-site checklist"),
    VisitForm.EVIDENCE: N_("Evidence record"),
    VisitForm.NONCONFORMITY: N_("Nonconformity report"),
    VisitForm.ACKNOWLEDGEMENT: N_("Acknowledgement of facts found on site"),
    VisitForm.REPORT: N_("Report of the on-site evaluation"),
    VisitForm.OPINION: N_("Joint opinion of the on-site evaluation"),
}


def form_words(form: VisitForm) -> str:
    """What a form is called."""
    return _(_FORMS[form])
