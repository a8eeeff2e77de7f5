"""A draft as single fields, and back: what is typed, undone and chained is always one field.

Targets: ``value:rd_platform``, ``reason:…``, ``evidence:…``, ``opinion.recommend``, ``opinion.text``,
``opinion.strengths``, ``opinion.concerns``, ``opinion.evidence`` (all citations), ``veto:V1``; in an examination
``answer:standard``, ``answer_reason:…``, ``answer_evidence:…``.
"""

from collections.abc import Mapping
from typing import Final

from app.domain.draft import Draft, Entry
from app.domain.events import EventKind
from app.domain.evidence import Anchor
from app.domain.ids import IndicatorId, Sha256
from app.domain.review import Answer, Citation, Opinion, Recommendation, Verdict, VetoFinding
from app.domain.scoring import Standing
from app.packages import canonical
from app.services.desk_errors import TextTooLongError
from app.storage.desk.records import EMPTY, FieldValue

LONGEST_TEXT: Final = 20_000  # characters; four printed pages
RECOMMEND: Final = "opinion.recommend"
OPINION_TEXTS: Final[dict[str, str]] = {name: f"opinion.{name}" for name in ("text", "strengths", "concerns")}
OPINION_EVIDENCE: Final = "opinion.evidence"
_VALUE: Final = "value"
_REASON: Final = "reason"
_EVIDENCE: Final = "evidence"
_VETO: Final = "veto"
_CAP: Final = "cap"
_ANSWER: Final = "answer"
_ANSWER_REASON: Final = "answer_reason"
_ANSWER_EVIDENCE: Final = "answer_evidence"
_FROM_INVISIBLE: Final = {0: None} | dict.fromkeys(range(0xD800, 0xE000))


def value_target(indicator: IndicatorId) -> str:
    """The field of an indicator's value."""
    return f"{_VALUE}:{indicator}"


def reason_target(indicator: IndicatorId) -> str:
    """The field of the reason for it."""
    return f"{_REASON}:{indicator}"


def evidence_target(indicator: IndicatorId) -> str:
    """The field of the places in the dossier."""
    return f"{_EVIDENCE}:{indicator}"


def veto_target(veto: str) -> str:
    """The field of a veto finding."""
    return f"{_VETO}:{veto}"


def answer_target(question: str) -> str:
    """The field of what is answered to a question of an examination."""
    return f"{_ANSWER}:{question}"


def answer_reason_target(question: str) -> str:
    """The field of the reason for it."""
    return f"{_ANSWER_REASON}:{question}"


def answer_evidence_target(question: str) -> str:
    """The field of the places in the dossier."""
    return f"{_ANSWER_EVIDENCE}:{question}"


def value_field(standing: Standing | None, percent: int | None, *, at_cap: bool) -> FieldValue:
    """A value as a field."""
    return FieldValue(Entry(IndicatorId(""), standing, percent, at_cap).value_text())


def read_value(field: FieldValue) -> tuple[Standing | None, int | None, bool]:
    """Standing, percentage and cap of a value's field."""
    word, _slash, rest = field.value.partition("/")
    at_cap = _CAP in (word, rest)
    if word in ("", _CAP):
        return None, None, at_cap
    if word in (Standing.NOT_APPLICABLE, Standing.UNJUDGED):
        return Standing(word), None, at_cap
    return Standing.GIVEN, int(word), at_cap


def text_field(text: str) -> FieldValue:
    """A text as a field; characters that no file can hold are dropped.

    Raises:
        TextTooLongError: more than a form can print.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError(most=LONGEST_TEXT, length=len(text))
    return FieldValue(content=text.translate(_FROM_INVISIBLE).encode() or None)


def read_text(field: FieldValue) -> str:
    """The text in a field."""
    return (field.content or b"").decode()


def evidence_field(anchors: tuple[Anchor, ...]) -> FieldValue:
    """Places in the dossier as a field."""
    return FieldValue(str(len(anchors)), canonical.encode(anchors)) if anchors else EMPTY


def read_evidence(field: FieldValue) -> tuple[Anchor, ...]:
    """The places in a field."""
    return canonical.decode(field.content, tuple[Anchor, ...]) if field.content else ()


def veto_field(finding: VetoFinding | None) -> FieldValue:
    """A veto finding as a field, or the field after it was taken back."""
    return FieldValue("found", canonical.encode(finding)) if finding else EMPTY


def citations_field(citations: tuple[Citation, ...]) -> FieldValue:
    """Every citation of the opinion as one field; those that lost their last place are dropped."""
    kept = tuple(citation for citation in citations if citation.evidence)
    return FieldValue(str(len(kept)), canonical.encode(kept)) if kept else EMPTY


def read_citations(field: FieldValue) -> tuple[Citation, ...]:
    """The citations in a field."""
    return canonical.decode(field.content, tuple[Citation, ...]) if field.content else ()


def is_text(target: str) -> bool:
    """Whether the field is typed into, so that steps are coalesced and only settled text is chained."""
    return target.startswith((f"{_REASON}:", f"{_ANSWER_REASON}:")) or target in OPINION_TEXTS.values()


def event_of(target: str, field: FieldValue) -> tuple[EventKind, str, Sha256 | None]:
    """Kind, value and digest of the event that says that *target* is *field* now."""
    digest = canonical.sha256(field.content) if field.content else None
    if is_text(target):
        return EventKind.TEXT_SETTLED, "", digest
    is_evidence = target.startswith((f"{_EVIDENCE}:", f"{_ANSWER_EVIDENCE}:"))
    is_evidence = is_evidence or target == OPINION_EVIDENCE
    kind = EventKind.EVIDENCE_TIED if is_evidence else EventKind.VALUE_SET
    return kind, field.value, digest


def draft_from(fields: Mapping[str, FieldValue]) -> Draft:
    """The draft that *fields* make up."""
    indicators: set[IndicatorId] = set()
    questions: set[str] = set()
    vetoes = []
    for target, field in sorted(fields.items()):
        part, _colon, name = target.partition(":")
        if part in (_VALUE, _REASON, _EVIDENCE):
            indicators.add(IndicatorId(name))
        elif part in (_ANSWER, _ANSWER_REASON, _ANSWER_EVIDENCE) and not field.is_empty:
            questions.add(name)
        elif part == _VETO and field.content:
            vetoes.append(canonical.decode(field.content, VetoFinding))
    entries = (_entry(indicator, fields) for indicator in sorted(indicators))
    return Draft(
        tuple(entry for entry in entries if not entry.is_empty),
        _opinion(fields),
        tuple(vetoes),
        read_citations(fields.get(OPINION_EVIDENCE, EMPTY)),
        answers=tuple(_answer(question, fields) for question in sorted(questions)),
    )


def fields_of(draft: Draft) -> dict[str, FieldValue]:
    """The fields that make up *draft*; empty ones are left out."""
    fields = {RECOMMEND: FieldValue(draft.opinion.recommend or "")}
    for name, target in OPINION_TEXTS.items():
        fields[target] = text_field(getattr(draft.opinion, name))
    for entry in draft.entries:
        fields[value_target(entry.indicator)] = FieldValue(entry.value_text())
        fields[reason_target(entry.indicator)] = text_field(entry.reason)
        fields[evidence_target(entry.indicator)] = evidence_field(entry.evidence)
    for finding in draft.vetoes:
        fields[veto_target(finding.veto)] = veto_field(finding)
    fields[OPINION_EVIDENCE] = citations_field(draft.citations)
    for answer in draft.answers:
        fields[answer_target(answer.question)] = FieldValue(answer.verdict or "")
        fields[answer_reason_target(answer.question)] = text_field(answer.reason)
        fields[answer_evidence_target(answer.question)] = evidence_field(answer.evidence)
    return {target: field for target, field in fields.items() if not field.is_empty}


def _entry(indicator: IndicatorId, fields: Mapping[str, FieldValue]) -> Entry:
    standing, percent, at_cap = read_value(fields.get(value_target(indicator), EMPTY))
    return Entry(
        indicator,
        standing,
        percent,
        at_cap,
        read_text(fields.get(reason_target(indicator), EMPTY)),
        read_evidence(fields.get(evidence_target(indicator), EMPTY)),
    )


def _answer(question: str, fields: Mapping[str, FieldValue]) -> Answer:
    verdict = fields.get(answer_target(question), EMPTY).value
    return Answer(
        question,
        Verdict(verdict) if verdict else None,
        read_text(fields.get(answer_reason_target(question), EMPTY)),
        read_evidence(fields.get(answer_evidence_target(question), EMPTY)),
    )


def _opinion(fields: Mapping[str, FieldValue]) -> Opinion:
    recommend = fields.get(RECOMMEND, EMPTY).value
    texts = {name: read_text(fields.get(target, EMPTY)) for name, target in OPINION_TEXTS.items()}
    return Opinion(Recommendation(recommend) if recommend else None, **texts)
