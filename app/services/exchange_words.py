"""What came of a team member's file, in the words of whoever opens it."""

from app.domain.outcome import Group
from app.i18n import _, ngettext
from app.services.exchange_values import TakenNotes
from app.words.exchange import amount_words


def taken_words(taken: TakenNotes) -> str:
    """Who gave what, what is still missing, and what is left to talk about."""
    refused = [one.sentence for one in taken.visits if one.outcome.group is Group.REFUSED]
    kept = [one for one in taken.visits if one.outcome.group is not Group.REFUSED]
    new = [one for one in kept if one.is_new]
    words = []
    if new:
        words.append(
            _("{name} brought {what}.").format(
                name=taken.sender,
                what=amount_words(sum(one.notes for one in new), sum(one.photos for one in new)),
            )
        )
    elif kept:
        words.append(_("What {name} brought was here already.").format(name=taken.sender))
    if any(not one.is_planned for one in kept):
        words.append(_("The visit shows once the notes of its leader are here, too."))
    for count, told in (
        (sum(one.awaited for one in kept), _awaited_words),
        (sum(one.differences for one in kept), _difference_words),
        (sum(one.forks for one in kept), _fork_words),
    ):
        if count:
            words.append(told(count).format(count=count))
    return " ".join(words + list(dict.fromkeys(refused)))


def _awaited_words(count: int) -> str:
    return ngettext(
        "{count} photo is named in the notes and has not come yet.",
        "{count} photos are named in the notes and have not come yet.",
        count,
    )


def _difference_words(count: int) -> str:
    return ngettext(
        "{count} item is graded differently: talk about it in the meeting.",
        "{count} items are graded differently: talk about them in the meeting.",
        count,
    )


def _fork_words(count: int) -> str:
    return ngettext(
        "{count} note stands twice, from two copies of one desk: choose one in the meeting.",
        "{count} notes stand twice, from two copies of one desk: choose one of each in the meeting.",
        count,
    )
