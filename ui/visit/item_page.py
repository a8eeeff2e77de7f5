"""One item of the checklist: the question on top, the boxes, photographs and the note beneath."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.domain.onsite.checklist import ChecklistItem, Grade
from app.domain.onsite.ids import ItemId, VisitId
from app.domain.onsite.record import EvidenceRecord
from app.i18n import _
from app.services.visit_sheet import VisitSheet
from ui.desk.context import DeskContext
from ui.layouts import column, hairline, row
from ui.theme import set_role
from ui.tokens import Space
from ui.visit.checklist_words import Hand, given_grade, method_words
from ui.visit.item_grades import GradeBar
from ui.visit.item_photos import ItemPhotos
from ui.visit.item_questions import ItemQuestions
from ui.visit.item_record import RecordForm
from ui.visit.item_records import ItemRecords
from ui.visit.item_samples import ItemSamples
from ui.visit.photos_thumbs import PhotoThumbs
from ui.widgets.plain_label import PlainLabel


class ItemPage(QScrollArea):
    """One column in both layouts; only the sizes differ.

    Signals:
        graded: a grade, or ``None``, for the item that is shown.
    """

    graded = Signal(object)

    def __init__(self, context: DeskContext, visit: VisitId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: VisitSheet | None = None
        self.item: ChecklistItem | None = None
        self._hand: Hand | None = None
        source = partial(context.desk.visits.photos.open, visit)
        thumbs = PhotoThumbs(source, context.workers, self)
        self.title, self.weight = PlainLabel(role="title", is_wrapped=True), PlainLabel(role="muted")
        self.ask = PlainLabel(role="reading", is_wrapped=True)
        self.proof = PlainLabel(role="muted", is_wrapped=True)
        self.veto = PlainLabel(role="warn", is_wrapped=True)
        self.ungrounded = PlainLabel(
            _("It does not conform: write down clause, fact and evidence under Findings."), role="warn", is_wrapped=True
        )
        self.others = PlainLabel(role="muted", is_wrapped=True)
        self.grades = GradeBar()
        self.photos = ItemPhotos(context, visit, thumbs)
        self.record = RecordForm(context, visit)
        self.questions = ItemQuestions(context, visit)
        self.samples, self.records = ItemSamples(context, visit), ItemRecords(context, visit)
        head = row(self.title, self.weight, gap=Space.INSIDE)
        head.setStretchFactor(self.title, 1)
        inner = QWidget()
        inner.setLayout(
            column(
                head,
                self.ask,
                self.proof,
                self.veto,
                self.grades,
                self.ungrounded,
                self.others,
                self.questions,
                self.photos,
                self.record,
                hairline(),
                self.records,
                self.samples,
                None,
                margin=Space.ROOM,
                gap=Space.INSIDE,
            )
        )
        set_role(inner, "page")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grades.given.connect(self._on_given)
        self.record.begun.connect(self._on_another)
        self.records.opened.connect(self._on_opened)

    def show_item(self, sheet: VisitSheet, item: ItemId, hand: Hand) -> None:
        """Show *item* as *hand* sees it; what is being typed there stays."""
        is_other = self.item is None or self.item.id != item or self._hand != hand
        self._sheet, self.item, self._hand = sheet, sheet.checklist.item(item), hand
        shown = self.item
        self.title.setText(f"{shown.id} {shown.name}")
        self.weight.setText(_("weight {weight}").format(weight=shown.weight))
        self.ask.setText(shown.ask)
        methods = method_words(sheet, shown.methods)
        self.proof.setText(_("{methods} · evidence: {evidence}").format(methods=methods, evidence=shown.evidence))
        self.veto.setText(_("Veto item: it conforms or it does not. One that does not fails the visit."))
        self.veto.setVisible(shown.is_veto)
        is_open = sheet.result is None
        self.grades.show_item(sheet.checklist, shown, self._grade(sheet, hand), is_open=is_open)
        self.ungrounded.setVisible(item in sheet.ungrounded)
        self._show_others(sheet, hand)
        asked = [one for one in sheet.questions if one.question.item == item]
        self.questions.show_questions(sheet, asked, hand)
        self.photos.show_item(sheet, shown, hand.author)
        if is_other:
            self.record.begin(sheet, shown, hand)
            self.verticalScrollBar().setValue(0)
        else:
            self.record.refresh(sheet)
        self.records.show_item(sheet, shown)
        self.samples.show_item(sheet, shown)

    def set_large(self, *, is_large: bool) -> None:
        """Sizes for a tablet, or for a desk."""
        self.grades.set_large(is_large=is_large)

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """Whatever the keyboard comes to is brought into view."""
        is_moved = super().focusNextPrevChild(is_next)
        part = self.window().focusWidget()
        if is_moved and self.isAncestorOf(part):
            self.ensureWidgetVisible(part)
        return is_moved

    def _grade(self, sheet: VisitSheet, hand: Hand) -> Grade | None:
        if self.item is None:
            return None
        if sheet.result is not None:
            return dict(sheet.settled).get(self.item.id)
        return given_grade(sheet, self.item.id, hand)

    def _show_others(self, sheet: VisitSheet, hand: Hand) -> None:
        """What other members gave, and at other sites."""
        me, said = hand.author or sheet.me, []
        sites = {site.id: site.name for site in sheet.plan.sites}
        names = {member.id: member.name for member in sheet.plan.team}
        for one in sheet.grades:
            if self.item is None or one.item != self.item.id or one.grade is None:
                continue
            if (one.author, one.site) == (me, hand.site):
                continue
            words = _("{name}: {grade}").format(
                name=names.get(one.author, one.author), grade=sheet.checklist.label_of(one.grade)
            )
            place = sites.get(one.site, one.site)
            said.append(words if len(sites) == 1 else _("{words} at {site}").format(words=words, site=place))
        self.others.setText("  ·  ".join(said))
        self.others.setVisible(bool(said))

    def _on_given(self, grade: Grade | None) -> None:
        self.graded.emit(grade)

    def _on_another(self) -> None:
        if self._sheet is not None and self.item is not None and self._hand is not None:
            self.record.begin_new(self._sheet, self.item, self._hand)
            self.record.seen.setFocus()

    def _on_opened(self, record: EvidenceRecord) -> None:
        sheet, hand = self._sheet, self._hand
        if sheet is None or hand is None or sheet.me not in (record.author, record.typed_by):
            return
        author = None if record.author == sheet.me else record.author
        if record.site == hand.site and author == hand.author:
            self.record.show_record(sheet, record, hand)
            self.record.seen.setFocus()
