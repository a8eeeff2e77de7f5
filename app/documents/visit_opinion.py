"""现场评价意见 with 联合意见签字页: what the team concludes, who signs, who dissents (Art. 14)."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app.documents.page import PrintedForm
from app.documents.styles import LABEL, Cell, grid
from app.documents.visit_page import Sheet, box, role_words
from app.documents.visit_values import VisitPaper
from app.documents.wording import NOTHING, figure, moment_words
from app.domain.onsite.grading import Conclusion
from app.domain.onsite.hindrance import limitation
from app.domain.onsite.sheet_code import VisitForm
from app.domain.onsite.visit import ASSESSING
from app.i18n import _
from app.words.onsite import conclusion_words, hindrance_words


def joint_opinion(paper: VisitPaper) -> PrintedForm:
    """The opinion and, kept together, the lines all assessors sign, each beside a box for a view of one's own."""
    sheet = Sheet(VisitForm.OPINION, paper)
    flow: list[Flowable] = [*sheet.head(), sheet.heading(_("Conclusion")), sheet.text(conclusions(paper))]
    if not paper.is_blank:
        flow += [sheet.heading(_("Score")), score_table(sheet)]
    flow.append(sheet.heading(_("Opinion of the team")))
    opinion = paper.result.opinion if paper.result and not paper.is_blank else ""
    flow.append(sheet.text(opinion) if opinion else sheet.room(46))
    if not paper.is_blank and paper.agreed:
        flow += [sheet.heading(_("Agreed in the team meeting")), agreed_table(sheet)]
    flow += [sheet.heading(_("Other views")), _dissents(sheet)]
    flow += [Spacer(0, 4 * mm), KeepTogether([sheet.heading(_("Signatures of the team")), _signatures(sheet)])]
    return sheet.printed(flow)


def conclusions(paper: VisitPaper) -> str:
    """The four conclusions with a box each."""
    chosen = paper.result.now if paper.result and not paper.is_blank else None
    said = "　".join(box(conclusion_words(one), is_ticked=one is chosen) for one in Conclusion)
    if paper.result and chosen and chosen is not paper.result.at_visit:
        said += "\n" + _("At the visit: {conclusion}; since then whatever was asked for was verified.").format(
            conclusion=conclusion_words(paper.result.at_visit)
        )
    if not paper.is_blank and (limited := limitation(paper.hindrances)):
        said += "\n" + hindrance_words(limited)
    return said


def score_table(sheet: Sheet) -> Flowable:
    """Points of each aspect and their total, with what was counted."""
    paper = sheet.paper
    score = paper.score
    earned = {one.aspect: one.points for one in score.aspects} if score else {}
    names = [*(aspect.name for aspect in paper.checklist.aspects), _("Total")]
    points = [f"{figure(earned.get(aspect.id))} / {aspect.full}" for aspect in paper.checklist.aspects]
    points.append(f"{figure(score.total if score else None)} / {paper.checklist.total}")
    rows = [[sheet.centred(name) for name in names], [sheet.centred(text) for text in points]]
    width = sheet.width / len(names)
    return Table(rows, colWidths=[width] * len(names), style=grid())


def agreed_table(sheet: Sheet) -> Flowable:
    """Where members differed, what each gave, and what the team agreed on and why."""
    paper = sheet.paper
    differing = {(one.item, one.site): one.grades for one in paper.disagreements}
    rows = []
    for one in paper.agreed:
        given = differing.get((one.item, one.site), ())
        grades = (f"{paper.name_of(g.author)} {paper.checklist.label_of(g.grade)}" for g in given if g.grade)
        own = _("; ").join(grades) or NOTHING
        rows.append((one.item, paper.site_name(one.site), own, paper.checklist.label_of(one.grade), one.reason))
    head = [_("Item"), _("Site"), _("Grades of the members"), _("Agreed"), _("Reason")]
    return sheet.table(head, rows, [13, 30, 46, 22, 0])


def _dissents(sheet: Sheet) -> Flowable:
    paper = sheet.paper
    head, widths = [_("By whom"), _("Item"), _("Own view"), _("When")], [26.0, 18.0, 0.0, 34.0]
    if paper.is_blank:
        return sheet.empty_table(head, 2, widths, height=14)
    if not paper.dissents:
        return sheet.text(_("None."))
    rows = [
        (paper.name_of(one.author), one.item or _("whole opinion"), one.text, moment_words(one.at))
        for one in paper.dissents
    ]
    return sheet.table(head, rows, widths)


def _signatures(sheet: Sheet) -> Flowable:
    paper = sheet.paper
    own = {one.author for one in paper.dissents} if not paper.is_blank else set()
    head = (_("Name"), _("Role"), _("Signature"), _("Date"), _("View of one's own"))
    rows: list[list[Cell | str]] = [[sheet.text(one, LABEL) for one in head]]
    for member in paper.plan.team:
        if member.role in ASSESSING:
            view = box(_("written above"), is_ticked=member.id in own)
            rows.append([sheet.text(member.name), sheet.text(role_words(member.role)), "", "", sheet.text(view)])
    heights = [None, *([16 * mm] * (len(rows) - 1))]
    return Table(rows, colWidths=sheet.columns([34, 30, 0, 30, 34]), rowHeights=heights, style=grid())
