"""The pages of the help: one for each screen, by its code, and one for each sentence, by the code beside it."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from app.i18n import LANGUAGES, _, chosen_language
from app.paths import resource
from app.services.help_sentences import Sentence, all_sentences, screens_of
from app.words.help_marks import Block, Kind, Manner, Span, read_marks, read_spans

CONTENTS: Final = "contents"
SENTENCES: Final = "sentences"
GUIDE: Final = "guide"
_FOR_SCRIPTS: Final = "cli-"
_REFUSED: Final = "package_"
_ONLY_COMMANDS: Final = "app.cli"


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page. ``name`` is a screen code, the code of a sentence, or a word of our own such as ``contents``."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Found:
    """One line of what was searched for; ``is_sentence`` tells the answers of the program from the screens."""

    name: str
    title: str
    is_sentence: bool


class HelpShelf:
    """All pages of one language, each read when it is asked for.

    Args:
        language: ``zh_CN`` or ``en``; by default the one that is spoken.
    """

    def __init__(self, language: str = "") -> None:
        wanted = language or chosen_language()
        self._folder = resource("help", wanted if wanted in LANGUAGES else LANGUAGES[0])
        self._read: dict[str, HelpPage] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the written pages, the contents first."""
        names = sorted(file.stem for file in self._folder.glob("*.md") if not file.stem.startswith(_FOR_SCRIPTS))
        return (CONTENTS, *(name for name in names if name not in {CONTENTS, SENTENCES}))

    def has(self, name: str) -> bool:
        """Whether there is a page called *name*."""
        return name in self.names or name in all_sentences()

    def page(self, name: str) -> HelpPage:
        """The page called *name*. A screen without one has that of the place it belongs to; last come the contents."""
        if name not in self._read:
            self._read[name] = self._made(name)
        return self._read[name]

    def search(self, words: str) -> tuple[Found, ...]:
        """What has all of *words* in its code, title or text: codes first, then titles, then the rest."""
        wanted = words.lower().split()
        if not wanted:
            return ()
        ranked: list[tuple[int, Found]] = []
        for name in (*self.names, *all_sentences()):
            page = self.page(name)
            rank = _rank(wanted, (name.lower(), page.title.lower(), page.text.lower()))
            if rank is not None:
                ranked.append((rank, Found(name, page.title, name in all_sentences())))
        return tuple(found for _rank_of, found in sorted(ranked, key=lambda one: (one[0], one[1].is_sentence)))

    def picture(self, name: str) -> Path:
        """Where the picture of the screen *name* lies in this language; it need not exist."""
        return resource("help", "pictures", f"{name}.{self._folder.name}.png")

    def _made(self, name: str) -> HelpPage:
        sentence = all_sentences().get(name)
        if sentence is not None:
            return self._sentence_page(sentence)
        if name not in self.names:
            place = name.partition("-")[0]
            return self.page(place if place != name and place in self.names else CONTENTS)
        blocks = read_marks((self._folder / f"{name}.md").read_text(encoding="utf-8"))
        title = next((block.text for block in blocks if block.kind is Kind.TITLE), name)
        return HelpPage(name, title, tuple(self._named(block) for block in blocks))

    def _sentence_page(self, sentence: Sentence) -> HelpPage:
        words = sentence.words()
        blocks = [Block(Kind.TITLE, (Span(words),)), *self._explanations.get(sentence.code, ())]
        if sentence.code == "package_refused":
            reasons = [
                one for code, one in all_sentences().items() if one.module == sentence.module and code != sentence.code
            ]
            blocks += [Block(Kind.POINT, (Span(one.words(), Manner.LINK, one.code),)) for one in reasons]
        screens = [code for code in screens_of(sentence) if code in self.names]
        if screens:
            blocks.append(Block(Kind.HEADING, (Span(_("Where it comes up")),)))
            blocks += [Block(Kind.POINT, (Span(self.title(code), Manner.LINK, code),)) for code in screens]
        elif sentence.module.startswith(_ONLY_COMMANDS):
            blocks.append(Block(Kind.TEXT, (Span(_("Only a command says this, not the window.")),)))
        code = Span(_("Code for the telephone: {code}").format(code=sentence.code))
        return HelpPage(sentence.code, words, (*blocks, Block(Kind.TEXT, (code,))))

    def title(self, name: str) -> str:
        """The title of the page called *name*, without reading what else is on it twice."""
        return self.page(name).title

    @cached_property
    def _explanations(self) -> dict[str, tuple[Block, ...]]:
        """What was written by hand about a sentence, by its code."""
        found: dict[str, list[Block]] = {}
        current: list[Block] = []
        for block in read_marks((self._folder / f"{SENTENCES}.md").read_text(encoding="utf-8")):
            if block.kind is Kind.TITLE:
                current = found.setdefault(block.text, [])
            else:
                current.append(self._named(block))
        return {code: tuple(blocks) for code, blocks in found.items()}

    def _named(self, block: Block) -> Block:
        """Links without words of their own say where they lead."""
        if all(span.text for span in block.spans):
            return block
        return replace(
            block,
            spans=tuple(
                span if span.text else replace(span, text=self._first_line(span.target)) for span in block.spans
            ),
        )

    def _first_line(self, name: str) -> str:
        """The title alone: pages lead to each other in circles."""
        sentence = all_sentences().get(name)
        if sentence is not None:
            return sentence.words()
        if name not in self.names:
            return name
        with (self._folder / f"{name}.md").open(encoding="utf-8") as file:
            return "".join(span.text for span in read_spans(file.readline().removeprefix("# ").strip()))


def code_of_refusal(outcome: str) -> str:
    """The code under which the help keeps the sentence about a package with this *outcome*."""
    return f"{_REFUSED}{outcome}"


def _rank(wanted: list[str], texts: tuple[str, str, str]) -> int | None:
    """Place of the first text with all of *wanted*; the place behind the last one if only all together have them."""
    for place, text in enumerate(texts):
        if all(word in text for word in wanted):
            return place
    whole = " ".join(texts)
    return len(texts) if all(word in whole for word in wanted) else None
