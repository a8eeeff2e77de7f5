"""A desk whose expert has signed the same review at another computer, too."""

from dataclasses import replace

from app.domain.ids import DeviceCode, Sha256
from app.domain.outcome import Outcome
from app.domain.review import Answer, SealedReview, Verdict
from app.domain.scoring import Score
from app.packages import canonical
from app.packages.payloads import ReviewReceipt, review_path
from tests.support.desks import INDICATOR, DeskStory

OTHER_DEVICE = DeviceCode("E0001-D2")


def signed_here(story: DeskStory) -> bytes:
    """The ``review.json`` of the first review as this desk signed and handed it in."""
    package = story.secretariat.read(story.folder / "hand-in.youpin")
    return package.content(review_path(story.review))


def signed_elsewhere(data: bytes, *, percent: int = 50, strengths: str = "另一处写的优势") -> bytes:
    """The same review as it may have been signed at the other computer."""
    here = canonical.decode(data, SealedReview)
    assessment = here.assessment
    scores = tuple(
        Score(INDICATOR, score.standing, percent, reason="另一处的理由") if score.indicator == INDICATOR else score
        for score in assessment.scores
    )
    answers = tuple(
        Answer(answer.question, Verdict.DOUBT, "另一处存疑") if place == 0 else answer
        for place, answer in enumerate(assessment.answers)
    )
    said = replace(assessment, scores=scores, answers=answers, opinion=replace(assessment.opinion, strengths=strengths))
    return canonical.encode(replace(here, device=OTHER_DEVICE, assessment=said))


def fork(story: DeskStory, *, counts_here: bool = False) -> tuple[Sha256, Sha256]:
    """Sign, hand in and hear that there are two versions; the hash of the one from here and of the other."""
    story.seal(story.review)
    here = signed_here(story)
    other = signed_elsewhere(here)
    counts, waiting = (here, other) if counts_here else (other, here)
    receipt = story.secretariat.receipt_for(
        story.secretariat.read(story.folder / "hand-in.youpin"),
        Outcome.NEW if counts_here else Outcome.FORK,
        reviews=[ReviewReceipt(story.review, 1, canonical.sha256(here), Outcome.NEW if counts_here else Outcome.FORK)],
    )
    story.desk.importing.import_files(
        [
            story.secretariat.receipt(story.folder / "back", story.reader, receipt),
            story.secretariat.fork(
                story.folder / "back", story.reader, story.review, counts=counts, waiting=(waiting,)
            ),
        ]
    )
    return canonical.sha256(here), canonical.sha256(other)
