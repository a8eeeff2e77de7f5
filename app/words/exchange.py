"""What goes from desk to desk, in words."""

from typing import Final

from app.domain.onsite.merging import EntryKind
from app.i18n import N_, _, ngettext

_ENTRIES: Final = {
    EntryKind.PLAN: N_("plan"),
    EntryKind.RECORD: N_("evidence record"),
    EntryKind.GRADE: N_("grade"),
    EntryKind.ANSWER: N_("answer"),
    EntryKind.SAMPLE: N_("sample"),
    EntryKind.PHOTO: N_("photo"),
    EntryKind.COPY: N_("marked copy of a photo"),
    EntryKind.BINDING: N_("photo on an item"),
    EntryKind.FINDING: N_("finding"),
    EntryKind.ACKNOWLEDGEMENT: N_("acknowledgement"),
    EntryKind.REPLACED: N_("earlier acknowledgement"),
    EntryKind.HINDRANCE: N_("what hindered the visit"),
    EntryKind.CONSENSUS: N_("agreed grade"),
    EntryKind.DISSENT: N_("dissent"),
    EntryKind.OPINION: N_("joint opinion"),
    EntryKind.RESULT: N_("conclusion"),
    EntryKind.SHEET: N_("signed sheet"),
    EntryKind.PAPER_SIGNATURE: N_("signature on paper"),
    EntryKind.FROZEN: N_("joint opinion to sign"),
    EntryKind.COSIGNATURE: N_("digital co-signature"),
}


def entry_words(kind: EntryKind) -> str:
    """What an entry of a visit is."""
    return _(_ENTRIES[kind])


def amount_words(notes: int, photos: int) -> str:
    """“12 notes, 34 photos”; only what there is."""
    said = [words(count) for words, count in ((notes_words, notes), (photos_words, photos)) if count]
    return _(", ").join(said) or _("small changes")


def notes_words(count: int) -> str:
    """“12 notes”."""
    return ngettext("{count} note", "{count} notes", count).format(count=count)


def photos_words(count: int) -> str:
    """“34 photos”."""
    return ngettext("{count} photo", "{count} photos", count).format(count=count)
