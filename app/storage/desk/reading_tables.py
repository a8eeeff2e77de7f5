"""What an expert has read, marked and noted, and the words of the documents to search in.

The words stand in one more table that only SQL knows: the FTS5 table ``search_words`` (see :mod:`.search_repository`).
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.desk.base import Base


class IndexedRow(Base):
    """How far the words of a document are known."""

    __tablename__ = "indexed_document"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    done: Mapped[int]
    total: Mapped[int]
    is_settled: Mapped[int]
    without_text: Mapped[str]  # "1,3-7"
    refusal: Mapped[str]


class SearchPartRow(Base):
    """The words of one page, some rows of a sheet, or some paragraphs; ``id`` is the row of the FTS5 table."""

    __tablename__ = "search_part"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    page: Mapped[int | None]
    sheet: Mapped[str | None]
    first: Mapped[int]
    text: Mapped[bytes]


class PlaceRow(Base):
    """Where the expert was in a dossier."""

    __tablename__ = "reading_place"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    document: Mapped[str]
    page: Mapped[int]
    zoom: Mapped[str]


class ReadPageRow(Base):
    """A page that was in view; sheets and texts count as one page."""

    __tablename__ = "read_page"

    review: Mapped[str] = mapped_column(ForeignKey("review.review"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class MarkRow(Base):
    """A highlight or a private note."""

    __tablename__ = "reading_mark"

    mark: Mapped[str] = mapped_column(primary_key=True)
    review: Mapped[str] = mapped_column(ForeignKey("review.review"), index=True)
    anchor: Mapped[bytes]
    note: Mapped[str]
    made_at: Mapped[datetime]
