"""A help page as a document of Qt: blocks become formats and characters, never HTML.

The only pictures are our own, handed in as files of the program; a document asks for nothing by itself.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)

from app.i18n import _
from app.services.help_pages import HelpPage
from app.words.help_marks import Block, Kind, Manner, Span
from ui.look import look, px
from ui.plain import plain
from ui.tokens import Space, Type

_LINE_HEIGHT: Final = 150.0
_SIGN: Final = "•"
_PICTURE: Final = "picture:"
_BY_PERCENT: Final = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def fill_document(document: QTextDocument, page: HelpPage, *, picture: Callable[[str], Path], width: int) -> None:
    """Write *page* into *document*.

    Args:
        document: is emptied first.
        page: what to write.
        picture: where the picture of a screen lies; one that is not there is left out.
        width: of the room for a picture, in pixels.
    """
    document.clear()
    document.setDefaultFont(look().font(Type.BODY))
    document.setDocumentMargin(px(Space.BETWEEN))
    option = document.defaultTextOption()
    option.setTabStopDistance(px(Space.PAGE))
    document.setDefaultTextOption(option)
    cursor = QTextCursor(document)
    is_first = True
    for block in page.blocks:
        if block.kind is Kind.PICTURE and not picture(block.picture).is_file():
            continue
        if is_first:
            cursor.setBlockFormat(_block_format(block))
        else:
            cursor.insertBlock(_block_format(block))
        is_first = False
        _write(document, cursor, block, file=picture(block.picture), width=width)


def _write(document: QTextDocument, cursor: QTextCursor, block: Block, *, file: Path, width: int) -> None:
    plain_format = _char_format(block.kind)
    if block.kind is Kind.PICTURE:
        _draw(document, cursor, block, file=file, width=width)
        return
    if block.kind is Kind.STEP:
        cursor.insertText(f"{block.number}.\t", plain_format)
    elif block.kind is Kind.POINT:
        cursor.insertText(f"{_SIGN}\t", plain_format)
    for span in block.spans:
        cursor.insertText(plain(span.text), _span_format(span, plain_format))


def _draw(document: QTextDocument, cursor: QTextCursor, block: Block, *, file: Path, width: int) -> None:
    image = QImage(str(file))
    if image.isNull():
        return
    if image.width() > width:  # a document leaves out pixels where it makes a picture smaller
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    name = f"{_PICTURE}{block.picture}"
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
    shape = QTextImageFormat()
    shape.setName(name)
    shape.setWidth(image.width())
    shape.setHeight(image.height())
    shape.setAnchor(True)
    shape.setAnchorHref(name)
    shape.setToolTip(plain(_("Larger: {what}").format(what=block.text)))
    cursor.insertImage(shape)
    if block.text:
        cursor.insertBlock(_block_format(Block(Kind.TEXT, ())))
        small = QTextCharFormat()
        small.setFont(look().font(Type.SMALL))
        small.setForeground(look().colour("muted"))
        cursor.insertText(plain(block.text), small)


def picture_name(target: str) -> str:
    """The screen whose picture the link *target* shows; empty for a link to a page."""
    return target.removeprefix(_PICTURE) if target.startswith(_PICTURE) else ""


def _block_format(block: Block) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    if block.kind is not Kind.PICTURE:  # the room between lines is a share of their height
        shape.setLineHeight(_LINE_HEIGHT, _BY_PERCENT)
    shape.setTopMargin(px(Space.BETWEEN if block.kind is Kind.HEADING else Space.HALF))
    shape.setBottomMargin(px(Space.HALF))
    if block.kind in {Kind.STEP, Kind.POINT}:
        shape.setLeftMargin(px(Space.PAGE))
        shape.setTextIndent(-px(Space.PAGE))
    if block.kind is Kind.TITLE:
        shape.setHeadingLevel(1)
    elif block.kind is Kind.HEADING:
        shape.setHeadingLevel(2)
    return shape


def _char_format(kind: Kind) -> QTextCharFormat:
    shape = QTextCharFormat()
    size = {Kind.TITLE: Type.TITLE, Kind.HEADING: Type.READING}.get(kind, Type.BODY)
    font = look().font(size)
    if kind is Kind.HEADING:
        font.setWeight(QFont.Weight.DemiBold)
    shape.setFont(font)
    shape.setForeground(look().colour("text"))
    return shape


def _span_format(span: Span, around: QTextCharFormat) -> QTextCharFormat:
    shape = QTextCharFormat(around)
    if span.manner is Manner.KEY:
        shape.setBackground(look().colour("sunken"))
        shape.setFontWeight(QFont.Weight.Medium)
    elif span.manner is Manner.STRONG:
        shape.setFontWeight(QFont.Weight.Bold)
    elif span.manner is Manner.LINK:
        shape.setAnchor(True)
        shape.setAnchorHref(span.target)
        shape.setForeground(look().colour("accent"))
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return shape


LINKS: Final = (
    Qt.TextInteractionFlag.LinksAccessibleByMouse
    | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    | Qt.TextInteractionFlag.TextSelectableByMouse
    | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
