"""Evidence tied to sentences of an opinion: which sentence is meant, and whether it still stands as it was tied.

A citation keeps the words of its sentence. Where those words are no longer in the text, nothing is guessed: it is shown
as changed, and the expert ties it to the sentence it belongs to now or takes it away.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from app.domain.evidence import Anchor
from app.domain.review import Citation, Opinion, OpinionPart
from app.errors import UserFacingError
from app.i18n import N_

_SENTENCE: Final = re.compile(r"(?:(?![。！？；!?;\n\r]|\.(?:\s|$)).)+", re.DOTALL)
ORDER: Final = (OpinionPart.STRENGTHS, OpinionPart.CONCERNS, OpinionPart.TEXT)  # as form and paper show them


class SentenceMissingError(UserFacingError):
    """Evidence needs words to be tied to."""

    code = "sentence_missing"
    message = N_("There is no sentence here yet. Write it first, then tie the evidence to it.")


def sentence_at(text: str, position: int) -> str:
    """The sentence of *text* around *position* (0 is before the first character), without the sign that ends it.

    Between two sentences the later one is meant, unless only space follows; empty where nothing is written.
    """
    before = ""
    for found in _SENTENCE.finditer(text):
        words = found.group().strip()
        if not words:
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        if position < start:
            break
        before = words
        if position <= found.end():
            break
    return before or _first(text)


def stands(citation: Citation, opinion: Opinion) -> bool:
    """Whether the sentence is still in its part as it was when it was tied; spaces make no difference."""
    wanted = _packed(citation.sentence)
    return any(_packed(each.group()) == wanted for each in _SENTENCE.finditer(text_of(opinion, citation.part)))


def text_of(opinion: Opinion, part: OpinionPart) -> str:
    """One of the three texts."""
    return str(getattr(opinion, part))


def tied(citations: Iterable[Citation], part: OpinionPart, *, sentence: str, anchor: Anchor) -> tuple[Citation, ...]:
    """*citations* with one more place for *sentence*; the same place twice counts once."""
    return _merged((*citations, Citation(part, sentence, (anchor,))))


def untied(
    citations: Iterable[Citation], part: OpinionPart, *, sentence: str, anchor: Anchor | None
) -> tuple[Citation, ...]:
    """*citations* without *anchor* at *sentence*, or without all of its places where *anchor* is ``None``."""
    return _merged(
        replace(each, evidence=tuple(kept for kept in each.evidence if anchor is not None and kept != anchor))
        if (each.part, each.sentence) == (part, sentence)
        else each
        for each in citations
    )


def retied(citations: Iterable[Citation], part: OpinionPart, *, sentence: str, now: str) -> tuple[Citation, ...]:
    """*citations* with all places of *sentence* moved to the sentence *now* of the same part."""
    return _merged(
        replace(each, sentence=now) if (each.part, each.sentence) == (part, sentence) else each for each in citations
    )


def ordered(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """One citation for each sentence, part by part in the order of the form, without those that have no place."""
    return _merged(citations)


def _merged(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    places: dict[tuple[OpinionPart, str], dict[Anchor, None]] = {}
    for each in citations:
        places.setdefault((each.part, each.sentence), {}).update(dict.fromkeys(each.evidence))
    found = (Citation(part, sentence, tuple(anchors)) for (part, sentence), anchors in places.items() if anchors)
    return tuple(sorted(found, key=lambda each: ORDER.index(each.part)))


def _packed(text: str) -> str:
    return "".join(text.split())


def _first(text: str) -> str:
    return next((words for found in _SENTENCE.finditer(text) if (words := found.group().strip())), "")
