"""The printed forms of a visit by name."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from app.documents.page import PrintedForm
from app.documents.visit_acknowledgement import acknowledgement_sheet
from app.documents.visit_checklist_form import visit_checklist
from app.documents.visit_evidence_form import evidence_records, nonconformity_reports
from app.documents.visit_opinion import joint_opinion
from app.documents.visit_plan_form import sign_in_sheet, visit_plan
from app.documents.visit_report import visit_report
from app.documents.visit_values import VisitPaper
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.visit import MeetingKind

_FORMS: Final[Mapping[VisitForm, Callable[[VisitPaper], PrintedForm]]] = {
    VisitForm.PLAN: visit_plan,
    VisitForm.OPENING: partial(sign_in_sheet, kind=MeetingKind.OPENING),
    VisitForm.CLOSING: partial(sign_in_sheet, kind=MeetingKind.CLOSING),
    VisitForm.CHECKLIST: visit_checklist,
    VisitForm.EVIDENCE: evidence_records,
    VisitForm.NONCONFORMITY: nonconformity_reports,
    VisitForm.ACKNOWLEDGEMENT: acknowledgement_sheet,
    VisitForm.REPORT: visit_report,
    VisitForm.OPINION: joint_opinion,
}


def visit_form(form: VisitForm, paper: VisitPaper) -> PrintedForm:
    """One form of *paper*. The same content gives the same bytes."""
    return _FORMS[form](paper)
