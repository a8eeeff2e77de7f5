"""One finding: its kind, the item, the clause, the fact and what it rests on."""

from dataclasses import dataclass
from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from app.domain.ids import Sha256
from app.domain.onsite.finding import Finding, FindingKind, FindingState
from app.domain.onsite.ids import EntryId, ItemId, MemberId, VisitId
from app.i18n import _
from app.services.visit_meeting import FindingDraft
from app.services.visit_sheet import VisitSheet
from app.words.onsite import finding_words
from ui.desk.context import DeskContext
from ui.desk.text_edit import TextEdit
from ui.layouts import column, row
from ui.theme import set_role
from ui.tokens import Space
from ui.visit.finding_evidence import FindingEvidence
from ui.visit.meeting_parts import Choice, fill_authors, fill_items, item_combo, labelled
from ui.visit.meeting_writing import InlineWriter
from ui.visit.photos_thumbs import PhotoThumbs
from ui.visit.unwritten import keeper, unwritten
from ui.widgets.plain_label import PlainLabel

_LONGEST_CLAUSE = 200
_NAME = "findings"  # under which what is not written down is kept


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form; ``entry`` ``None``: a new finding."""

    entry: EntryId | None = None
    kind: FindingKind = FindingKind.MINOR
    item: ItemId | None = None
    clause: str = ""
    fact: str = ""
    records: tuple[EntryId, ...] = ()
    photos: tuple[Sha256, ...] = ()
    author: MemberId | None = None


_Key = tuple[EntryId | None, ItemId | None]  # an existing finding, or a new one about an item


def _key(typed: Typed) -> _Key:
    return typed.entry, None if typed.entry else typed.item


class FindingForm(QWidget):
    """What is typed for one finding waits, also for another day, until it is written down or discarded.

    Signals:
        kept: the number of the finding that was written down.
    """

    kept = Signal(str)

    def __init__(
        self, context: DeskContext, visit: VisitId, thumbs: PhotoThumbs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        self._sheet: VisitSheet | None = None
        self._base = Typed()
        self._waiting: dict[_Key, Typed] = {}
        self._keep_unwritten, self._kept_unwritten = keeper(context, visit), ""
        self._writer = InlineWriter(context, self)
        self.title = PlainLabel(role="reading")
        self.kind: Choice[FindingKind] = Choice(_("Kind"), [(kind, finding_words(kind)) for kind in FindingKind])
        self.item = item_combo()
        self.item.setAccessibleName(_("Item of the checklist"))
        self.clause = QLineEdit()
        self.clause.setMaxLength(_LONGEST_CLAUSE)
        self.clause.setAccessibleName(_("Clause"))
        self.clause.setPlaceholderText(_("Clause of a standard, of the checklist or of the applicant's own rules"))
        self.fact = TextEdit(_("Fact: what was found, where and how much"), lines=3)
        self.evidence = FindingEvidence(thumbs)
        self.author = QComboBox()
        self.author.setAccessibleName(_("Author of the finding"))
        self.keep, self.discard = QPushButton(_("Write down")), QPushButton(_("Discard changes"))
        set_role(self.keep, "primary")
        set_role(self.discard, "quiet")
        self.note = PlainLabel(role="bad", is_wrapped=True)
        self._clause_box = labelled(_("Clause"), self.clause)
        self._fact_box = labelled(_("Fact: what was found, where and how much"), self.fact)
        self.foot = QWidget()  # shown by the tab below whatever scrolls
        buttons = row(self.keep, self.discard, None, self.author, gap=Space.INSIDE)
        self.foot.setLayout(column(self.note, buttons, gap=Space.HALF))
        layout = column(
            self.title, self.kind, self.item, self._clause_box, self._fact_box, self.evidence, gap=Space.INSIDE
        )
        layout.setStretchFactor(self.evidence, 1)
        self.setLayout(layout)
        self._inputs = (self.kind, self.item, self.clause, self.fact, self.evidence, self.author)
        self.kind.chosen.connect(self._on_typed)
        self.item.currentIndexChanged.connect(self._on_item)
        self.clause.textEdited.connect(self._on_typed)
        self.fact.typed.connect(self._on_typed)
        self.evidence.changed.connect(self._on_typed)
        self.author.currentIndexChanged.connect(self._on_typed)
        self.keep.clicked.connect(self._on_keep)
        self.discard.clicked.connect(self._on_discard)
        self._writer.written.connect(self._on_written)
        self._writer.refused.connect(self._on_refused)

    def typed(self) -> Typed:
        """What stands in the form."""
        return Typed(
            self._base.entry, self.kind.value() or self._base.kind, self.item.currentData(), self.clause.text(),
            self.fact.toPlainText(), self.evidence.records(), self.evidence.photos(), self.author.currentData(),
        )  # fmt: skip

    def refresh(self, sheet: VisitSheet) -> None:
        """The sheet has changed; what is typed and not written down stays."""
        before = self.typed() if self._sheet else None
        self._sheet = sheet
        fill_items(self.item, sheet.checklist)
        fill_authors(self.author, sheet, _("my own finding"))
        if before is None:
            self._base = self.typed()  # the fields as they begin are nobody's words
            self._kept_unwritten = unwritten(sheet, _NAME)
            self._waiting = {_key(one): one for one in _read(self._kept_unwritten)}
            self.begin()
            return
        is_changed = before != self._base
        finding = next((one for one in sheet.findings if one.id == self._base.entry), None)
        self._base = _as_typed(finding, sheet) if finding else self._base
        self._fill(before if is_changed else self._base)

    def begin(self, item: ItemId | None = None, kind: FindingKind = FindingKind.MINOR) -> None:
        """A new finding, with what was typed for one before about *item* (or last, if none is named)."""
        if self._sheet is None:
            return
        self._put_aside()
        self._base = Typed(item=item or next(self._sheet.checklist.items).id, kind=kind)
        waiting = [key for key in self._waiting if key[0] is None and item in (None, key[1])]
        self._fill(self._waiting.pop(waiting[-1]) if waiting else self._base)
        self.fact.setFocus()

    def show_finding(self, finding: Finding) -> None:
        """An existing finding, with what was typed for it and not written down."""
        if self._sheet is None:
            return
        self._put_aside()
        self._base = _as_typed(finding, self._sheet)
        self._fill(self._waiting.pop(_key(self._base), self._base))

    def _put_aside(self) -> None:
        typed = self.typed()
        if typed != self._base:
            self._waiting[_key(typed)] = typed

    def _keep_typed(self) -> None:
        """Whatever is typed and not written down, of every finding, goes to the store."""
        typed = self.typed()
        waiting = [*self._waiting.values(), *([typed] if typed != self._base else [])]
        text = msgspec.json.encode(waiting).decode() if waiting else ""
        if text != self._kept_unwritten:
            self._kept_unwritten = text
            self._keep_unwritten(_NAME, text)

    def _fill(self, typed: Typed) -> None:
        if self._sheet is None:
            return
        for part in (self.item, self.author):
            part.blockSignals(True)
        self.kind.set_value(typed.kind)
        self.item.setCurrentIndex(max(0, self.item.findData(typed.item)))
        self.clause.setText(typed.clause)
        self.fact.show_text(typed.fact)
        self.author.setCurrentIndex(max(0, self.author.findData(typed.author)))
        for part in (self.item, self.author):
            part.blockSignals(False)
        self.evidence.show_evidence(self._sheet, self.item.currentData(), records=typed.records, photos=typed.photos)
        self._show_state()

    def _show_state(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        finding = next((one for one in sheet.findings if one.id == self._base.entry), None)
        reason = _closed_reason(sheet, finding)
        is_changed = self.typed() != self._base
        title = _("New finding") if finding is None else _("Finding {kind}").format(kind=finding_words(finding.kind))
        self.title.setText(title)
        for part in self._inputs:
            part.setEnabled(not reason)
        self.author.setEnabled(finding is None and not reason)
        self.author.setVisible(self.author.count() > 1 and not reason)
        self.keep.setVisible(not reason)
        self.keep.setEnabled(is_changed and bool(self.fact.toPlainText().strip()))
        self.discard.setVisible(is_changed)
        kind = self.kind.value()
        self._clause_box.setVisible(kind is not None and kind.is_nonconformity)
        self.note.setText(reason)
        set_role(self.note, "muted")
        self.note.setVisible(bool(reason))

    def _on_item(self) -> None:
        if self._sheet is not None:
            ticked = self.evidence.records(), self.evidence.photos()
            self.evidence.show_evidence(self._sheet, self.item.currentData(), records=ticked[0], photos=ticked[1])
        self._on_typed()

    def _on_typed(self) -> None:
        self._show_state()
        self._keep_typed()

    def _on_keep(self) -> None:
        typed = self.typed()
        if typed.item is None:
            return
        draft = FindingDraft(
            kind=typed.kind, item=typed.item, fact=typed.fact,
            clause=typed.clause if typed.kind.is_nonconformity else "", records=typed.records, photos=typed.photos,
            author=typed.author,
        )  # fmt: skip
        self._base = typed  # the sheet that comes back is to be shown as it is
        self._writer.write(partial(self._context.desk.visits.meeting.find, self._visit, draft, entry=typed.entry))

    def _on_written(self, entry: object) -> None:
        self._waiting.pop(_key(self._base), None)
        self.note.hide()
        self._keep_typed()
        self.kept.emit(str(entry))

    def _on_refused(self, sentence: str) -> None:
        typed = self.typed()
        self._base = Typed(entry=typed.entry)
        self._show_state()
        self.note.setText(sentence)
        set_role(self.note, "bad")
        self.note.show()

    def _on_discard(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        finding = next((one for one in sheet.findings if one.id == self._base.entry), None)
        self._base = _as_typed(finding, sheet) if finding else Typed(item=next(sheet.checklist.items).id)
        self._fill(self._base)
        self._keep_typed()
        self.fact.setFocus()


def _read(text: str) -> tuple[Typed, ...]:
    """What another version kept in another shape is left alone."""
    try:
        return msgspec.json.decode(text, type=tuple[Typed, ...]) if text else ()
    except msgspec.ValidationError:
        return ()


def _as_typed(finding: Finding, sheet: VisitSheet) -> Typed:
    """In the order in which the form itself gives records and photos, or it would seem changed."""
    records = tuple(one.id for one in sheet.records if one.id in finding.records)
    photos = tuple(one.photo.sha256 for one in sheet.photos if one.photo.sha256 in finding.photos)
    author = None if finding.author == sheet.me else finding.author
    return Typed(finding.id, finding.kind, finding.item, finding.clause, finding.fact, records, photos, author)


def _closed_reason(sheet: VisitSheet, finding: Finding | None) -> str:
    """Why the words of *finding* can no longer be changed here; empty where they can."""
    if sheet.result is not None:
        return _("The visit is concluded: findings stay as they are.")
    if finding is None:
        return ""
    papers = {one.id for one in sheet.plan.team if not one.has_desk}
    if finding.author != sheet.me and finding.author not in papers:
        return _("Somebody else wrote this down. The team talks about it in its meeting.")
    if finding.state is not FindingState.STANDING:
        return _("Its words stay as they were when it was corrected or withdrawn.")
    if finding.rectification is not None and finding.rectification.verified_on is not None:
        return _("Its rectification has been verified.")
    return ""
