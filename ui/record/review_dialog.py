"""What one expert signed: scores with reasons and evidence, the opinion, and every revision that is here."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea, QSplitter, QWidget

from app.domain.results import ExpertResult, RevisionEntry
from app.domain.review import Recommendation, SealedReview
from app.domain.rubric import Indicator, Rubric
from app.domain.scoring import Score, Standing
from app.i18n import _, ngettext
from ui.layouts import column, row
from ui.models.table_model import ColumnSpec
from ui.record.context import RecordContext
from ui.record.words import DASH, moment_words, points_words
from ui.theme import px, set_role
from ui.tokens import Size, Space
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class Column(IntEnum):
    """Columns of the scores."""

    NAME = 0
    SCORE = 1
    EVIDENCE = 2
    REASON = 3


@dataclass(frozen=True, slots=True)
class SignedReview:
    """One expert's review with its history; ``review`` is ``None`` where nothing signed is here."""

    expert: ExpertResult
    review: SealedReview | None
    history: tuple[RevisionEntry, ...]


@dataclass(frozen=True, slots=True)
class _ScoreRow:
    indicator: Indicator
    score: Score | None


class ReviewDialog(QDialog):
    """Reading only: nobody but the expert changes what the expert signed."""

    def __init__(
        self, signed: SignedReview, rubric: Rubric, context: RecordContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        expert, review = signed.expert, signed.review
        self.setWindowTitle(_("Review of {name}").format(name=expert.name))
        self.scores: Table[_ScoreRow] = Table(
            _columns(), key=lambda one: one.indicator.id, name="record_review", remembered=context.remembered,
            clipboard=context.clipboard, is_multiple=False,
        )  # fmt: skip
        self.scores.view.setAccessibleName(_("Scores"))
        given = {score.indicator: score for score in review.assessment.scores} if review else {}
        self.scores.show_rows([_ScoreRow(one, given.get(one.id)) for one in rubric.indicators])
        text = QWidget()
        set_role(text, "page")
        text.setLayout(column(*_opinion_parts(signed), None, margin=Space.BETWEEN, gap=Space.INSIDE))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(text)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.scores)
        splitter.addWidget(scroll)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([px(Size.READING_WIDTH * 4 // 3), px(Size.READING_WIDTH * 2 // 3)])
        close = QPushButton(_("Close"))
        close.clicked.connect(self.accept)
        foot = row(None, close, margin=Space.ROOM)
        layout = column(splitter, foot, gap=0)
        layout.setStretchFactor(splitter, 1)
        self.setLayout(layout)
        self.resize(px(Size.READING_WIDTH * 2), px(Size.READING_WIDTH))


def _opinion_parts(signed: SignedReview) -> list[QWidget]:
    review, expert = signed.review, signed.expert
    if review is None:
        return []
    opinion = review.assessment.opinion
    parts: list[QWidget] = [
        PlainLabel(f"{expert.name}  {points_words(expert.total)}", role="title", is_wrapped=True),
        PlainLabel(_recommendation(opinion.recommend), role="reading", is_wrapped=True),
    ]
    for title, words in (
        (_("Opinion"), opinion.text),
        (_("Strengths"), opinion.strengths),
        (_("Concerns"), opinion.concerns),
        (_("Facts that rule it out"), "\n".join(veto.fact for veto in review.assessment.vetoes)),
        (_("Why it was revised"), review.reason),
    ):
        if words:
            parts += [PlainLabel(title, role="muted"), PlainLabel(words, is_wrapped=True, is_selectable=True)]
    parts.append(PlainLabel(_("Revisions"), role="muted"))
    parts += [PlainLabel(_revision(entry), is_wrapped=True, is_selectable=True) for entry in signed.history]
    return parts


def _revision(entry: RevisionEntry) -> str:
    words = _("Revision {revision}, code {code}, signed {signed}, taken {taken}").format(
        revision=entry.revision,
        code=entry.code,
        signed=moment_words(entry.sealed_at),
        taken=moment_words(entry.imported_at),
    )
    return _("{words} – this one counts").format(words=words) if entry.is_current else words


def _recommendation(recommend: Recommendation | None) -> str:
    return {
        Recommendation.YES: _("✓ Recommends it"),
        Recommendation.NO: _("✕ Does not recommend it"),
    }.get(recommend, DASH) if recommend else DASH  # fmt: skip


def _columns() -> dict[IntEnum, ColumnSpec[_ScoreRow]]:
    return {
        Column.NAME: ColumnSpec(
            _("Indicator"), text=lambda one: f"{one.indicator.number} {one.indicator.name}", width=180
        ),
        Column.SCORE: ColumnSpec(_("Score"), text=_score_words, width=110, is_number=True),
        Column.EVIDENCE: ColumnSpec(
            _("Evidence"),
            text=lambda one: _evidence(one.score),
            sort=lambda one: len(one.score.evidence) if one.score else 0,
            width=64,
            is_number=True,
        ),
        Column.REASON: ColumnSpec(_("Reason"), text=lambda one: one.score.reason if one.score else "", width=0),
    }


def _evidence(score: Score | None) -> str:
    count = len(score.evidence) if score else 0
    return ngettext("{count} place", "{count} places", count).format(count=count) if count else DASH


def _score_words(one: _ScoreRow) -> str:
    if one.score is None:
        return DASH
    if one.score.standing is Standing.NOT_APPLICABLE:
        return _("not applicable")
    if one.score.standing is Standing.UNJUDGED or one.score.percent is None:
        return _("cannot judge")
    return f"{one.score.percent} % · {one.indicator.weight * one.score.percent // 100}"
