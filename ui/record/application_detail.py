"""One application: face sheet and documents."""

from enum import IntEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QFormLayout, QScrollArea, QWidget

from app.domain.application import Application, Document, MediaType
from app.i18n import _
from app.words.dossiers import category_word, offering_word
from app.words.sizes import size_words
from ui.layouts import column
from ui.message import Gravity, Message
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.saving import write_file
from ui.record.words import DASH, joined
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

_TYPES: Final = {
    MediaType.PDF: "PDF",
    MediaType.JPEG: "JPEG",
    MediaType.PNG: "PNG",
    MediaType.WEBP: "WebP",
    MediaType.HEIC: "HEIC",
    MediaType.XLSX: "XLSX",
    MediaType.DOCX: "DOCX",
}


class DocumentColumn(IntEnum):
    """Columns of the documents."""

    NAME = 0
    TYPE = 1
    PAGES = 2
    SIZE = 3


class ApplicationDetail(QWidget):
    """Shows one application; a document can be saved to a file.

    Signals:
        message_raised: a :class:`ui.message.Message`.
    """

    message_raised = Signal(object)

    def __init__(self, context: RecordContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._application: Application | None = None
        self._title = PlainLabel(role="title", is_wrapped=True)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(px(Space.HALF))
        self._form.setHorizontalSpacing(px(Space.BETWEEN))
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._values: dict[str, PlainLabel] = {}
        for title in _titles():
            value = PlainLabel(is_wrapped=True, is_selectable=True)
            self._values[title] = value
            self._form.addRow(PlainLabel(title, role="muted"), value)
        self.documents: Table[Document] = Table(
            {
                DocumentColumn.NAME: ColumnSpec(_("Document"), text=lambda one: one.name, width=0),
                DocumentColumn.TYPE: ColumnSpec(_("Type"), text=lambda one: _TYPES[one.media], width=56),
                DocumentColumn.PAGES: ColumnSpec(
                    _("Page count"), text=_pages, sort=lambda one: one.pages, width=56, is_number=True
                ),
                DocumentColumn.SIZE: ColumnSpec(
                    _("Size"), text=lambda one: size_words(one.size), sort=lambda one: one.size, width=80,
                    is_number=True,
                ),
            },
            key=lambda one: one.sha256, name="record_documents", remembered=context.remembered,
            clipboard=context.clipboard, is_multiple=False,
        )  # fmt: skip
        self.documents.view.setAccessibleName(_("Documents"))
        self.documents.empty.say(_("No documents"), _("This application came without a folder."))
        self.documents.setMinimumWidth(px(Size.DIALOG_WIDTH // 2))
        self._save = QAction(_("Save a copy…"), self)
        self._save.triggered.connect(self._on_save)
        self.documents.add_action(self._save)
        self._build()

    def show_application(self, application: Application) -> None:
        """Show *application*."""
        self._application = application
        face = application.face
        self._title.setText(f"{face.operator} — {face.offering_name}")
        values = {
            _("Number"): face.application,
            _("Credit code"): face.uscc,
            _("Category"): f"{category_word(face.category)} · {offering_word(face.offering)}",
            _("Recommended by"): joined([face.recommender, application.rank and f"#{application.rank}"]),
            _("Trademark"): joined([face.trademark, face.trademark_holder]),
            _("Standards"): "、".join(face.standards),
            _("Drafters"): "、".join(face.drafters),
            _("Laboratory"): face.laboratory,
            _("Industry code"): application.industry,
            _("Contact"): joined([application.contact, application.phone]),
            _("Remark"): application.remark,
        }
        for title, label in self._values.items():
            text = values[title]
            label.setText(text or DASH)
            self._form.setRowVisible(label, bool(text))
        self.documents.show_rows(application.documents)

    def _build(self) -> None:
        top = QWidget()
        set_role(top, "page")
        top.setLayout(column(self._title, self._form, None, margin=Space.BETWEEN))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(top)
        layout = column(scroll, self.documents, gap=0)
        layout.setStretch(0, 3)
        layout.setStretch(1, 2)
        self.setLayout(layout)
        self.setMinimumWidth(px(Size.DIALOG_WIDTH * 2 // 3))

    def _on_save(self) -> None:
        chosen = self.documents.selected_rows()
        if not chosen or self._application is None:
            return
        document, code = chosen[0], self._application.code
        name, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), Path(document.name).name)
        if not name:
            return
        record = self._context.record
        self._context.workers.run(
            lambda _progress: write_file(Path(name), record.applications.document(code, document.sha256)),
            title=_("Saving a document"),
            done=self._on_saved,
        )

    def _on_saved(self, path: Path) -> None:
        self.message_raised.emit(Message(_("Saved as {name}.").format(name=path.name), Gravity.GOOD))


def _pages(document: Document) -> str:
    return DASH if document.pages is None else str(document.pages)


def _titles() -> tuple[str, ...]:
    return (
        _("Number"),
        _("Credit code"),
        _("Category"),
        _("Recommended by"),
        _("Trademark"),
        _("Standards"),
        _("Drafters"),
        _("Laboratory"),
        _("Industry code"),
        _("Contact"),
        _("Remark"),
    )
