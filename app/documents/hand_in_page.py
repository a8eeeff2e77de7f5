"""评审结果签字页: one page per expert and hand-in, a line per application, one signature for all of them."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, LongTable, Spacer

from app.documents.form_values import HandInLine, SignaturePage
from app.documents.page import PageNotes, PrintedForm, Words, print_form
from app.documents.review_forms import signature_box
from app.documents.styles import BODY, CELL, CENTRED, HEADING, LABEL, TITLE, grid, paragraph
from app.documents.wording import figure, moment_words, rules_words
from app.i18n import _
from app.words.examination import review_kind_word


def signature_page(page: SignaturePage) -> PrintedForm:
    """The page whose one signature stands for every line on it."""
    notes = PageNotes(
        title=_("Signature page of the review results"),
        heading=page.campaign,
        reference=f"{page.expert} · {moment_words(page.made_at)}",
        about=" · ".join(map(rules_words, page.rules)),
        notice=" ".join(filter(None, (rules.status_notice() for rules in page.rules))),
        hash=page.content,
    )
    words = Words()
    flow: list[Flowable] = [
        paragraph(words, notes.title, TITLE),
        paragraph(words, _statement(page), BODY),
        Spacer(0, 3 * mm),
        _lines(page, words, notes.text_width),
    ]
    if page.declared:
        flow.append(paragraph(words, _("Not reviewed"), HEADING))
        flow += [paragraph(words, "　".join(line), BODY) for line in page.declared]
    flow += [Spacer(0, 8 * mm), KeepTogether([signature_box(words, notes.text_width)])]
    return print_form(notes, flow, words)


def _statement(page: SignaturePage) -> str:
    return _(
        "I, {name} ({expert}), reviewed the applications below by myself. "
        "Totals and codes are those of the signed file."
    ).format(name=page.expert_name, expert=page.expert)


def _lines(page: SignaturePage, words: Words, width: float) -> LongTable:
    head = [
        _("No."),
        _("Application"),
        _("Operator"),
        _("Product or service"),
        _("Conclusion"),
        _("Total"),
        _("Rev."),
        _("Code"),
    ]
    rows = [[paragraph(words, text, LABEL) for text in head]]
    for number, line in enumerate(page.lines, start=1):
        cells = (
            (str(number), CENTRED),
            (line.face.application, CENTRED),
            (line.face.operator, CELL),
            (line.face.offering_name, CELL),
            (_conclusion(page, line), CENTRED),
            (figure(line.total), CENTRED),
            (str(line.revision), CENTRED),
            (line.code, CENTRED),
        )
        rows.append([paragraph(words, text, style) for text, style in cells])
    fixed = [11 * mm, 21 * mm, 21 * mm, 17 * mm, 11 * mm, 20 * mm]
    rest = (width - sum(fixed)) / 2
    return LongTable(rows, colWidths=[fixed[0], fixed[1], rest, rest, *fixed[2:]], style=grid(), repeatRows=1)


def _conclusion(page: SignaturePage, line: HandInLine) -> str:
    """Named with its kind where the page has several: the same application may be examined and evaluated."""
    if len({each.kind for each in page.lines}) == 1:
        return line.conclusion
    return f"{review_kind_word(line.kind)}\n{line.conclusion}"
