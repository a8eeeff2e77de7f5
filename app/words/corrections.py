"""A dossier that changed, in words: for lists, for the form, for the reason of a new revision."""

from app.domain.evidence import Anchor
from app.domain.examination import ExaminationForm, ReviewForm
from app.domain.review import OpinionPart
from app.domain.rubric import Rubric
from app.domain.touched import ChangeKind, Correction, DocumentChange, Part, Touched
from app.i18n import N_, _, ngettext

_PARTS = {
    OpinionPart.TEXT: N_("opinion"),
    OpinionPart.STRENGTHS: N_("strengths"),
    OpinionPart.CONCERNS: N_("concerns"),
}


def correction_words(correction: Correction) -> str:
    """One line: what arrived, and how much of it waits for the expert."""
    added = len(correction.of_kind(ChangeKind.ADDED))
    if not correction.touched and added == len(correction.changes) and added:
        return ngettext("{count} new document", "{count} new documents", added).format(count=added)
    if not correction.touched:
        return _("documents replaced; nothing of yours rests on the old ones")
    parts = []
    if correction.scores:
        parts.append(ngettext("{count} score", "{count} scores", correction.scores).format(count=correction.scores))
    if correction.citations:
        parts.append(
            ngettext("{count} reference", "{count} references", correction.citations).format(count=correction.citations)
        )
    return _("documents replaced: {what} to confirm").format(what=_(", ").join(parts))


def change_words(change: DocumentChange) -> str:
    """One document that is not as it was."""
    if change.old is None:
        return _("new: {name}").format(name=change.name)
    if change.new is None:
        return _("removed: {name}").format(name=change.name)
    if change.old.name == change.new.name:
        return _("replaced: {name}").format(name=change.name)
    return _("replaced: {old} by {name}").format(old=change.old.name, name=change.name)


def reason_words(correction: Correction) -> str:
    """The reason a signed review is opened again for, to be changed by whoever signs it."""
    return _("The dossier has changed ({what})").format(what=_("; ").join(map(change_words, correction.changes)))


def touched_words(item: Touched, form: ReviewForm | None) -> str:
    """What of the review is touched."""
    if item.part is Part.SCORE:
        indicators = form.indicators if isinstance(form, Rubric) else ()
        known = next((each for each in indicators if each.id == item.name), None)
        return _("score of {number} {name}").format(number=known.number, name=known.name) if known else item.name
    if item.part is Part.CITATION:
        part, _slash, sentence = item.name.partition("/")
        return _("{part}: “{sentence}”").format(part=_(_PARTS[OpinionPart(part)]), sentence=sentence)
    if item.part is Part.VETO:
        return _("veto {name}").format(name=item.name)
    questions = form.questions if isinstance(form, ExaminationForm) else ()
    asked = next((each.text for each in questions if each.id == item.name), item.name)
    return _("answer to {name}").format(name=asked)


def gone_words(anchor: Anchor, correction: Correction) -> str:
    """A reference to a document that is gone, and what stands in its place now."""
    old, new = correction.predecessor(anchor.document), correction.successor(anchor.document)
    name = old.name if old else anchor.document[:8]
    place = _("{document}, p. {page}").format(document=name, page=anchor.page) if anchor.page else name
    if new is None:
        return _("{place} is no longer in the dossier").format(place=place)
    return _("{place} was replaced by {new}").format(place=place, new=new.name)
