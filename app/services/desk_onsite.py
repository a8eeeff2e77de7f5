"""How far the on-site reviews of this desk have come (Art. 14): what their visits say, for the task list."""

from dataclasses import dataclass
from fractions import Fraction

from app.domain.onsite.acknowledgement import Acknowledgement
from app.domain.onsite.agreement import Consensus, ItemGrade, Result, settled
from app.domain.onsite.checklist import Checklist, Grade
from app.domain.onsite.grading import score
from app.domain.onsite.ids import ItemId, MemberId, VisitId
from app.domain.onsite.merging import forked
from app.domain.review import Gap, Missing
from app.services.desk_teams import team_of
from app.services.visit_notebook import ONLY, Notebook, own_code
from app.storage.desk.records import ReviewRecord
from app.storage.desk.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSiteProgress:
    """One on-site review as far as its visit goes.

    Attributes:
        visit: the one it stands on; ``None`` while none is planned.
        is_mine: whether the expert at this desk leads the team and signs for it.
        graded, of: items with one grade of the team, out of how many; nothing is known before a visit is planned.
        gaps: what is left to do before it can be signed.
        points: the score of the visit, out of *full*, once it is concluded.
    """

    visit: VisitId | None
    is_mine: bool
    graded: int = 0
    of: int = 0
    full: int = 0
    points: Fraction | None = None
    is_concluded: bool = False
    gaps: tuple[Missing, ...] = ()


def visit_of(work: UnitOfWork, record: ReviewRecord) -> VisitId | None:
    """The visit that an on-site review stands on: the concluded one, or else the one that was planned last."""
    planned = [one.visit for one in work.visits.all() if one.review == record.review]
    concluded = [visit for visit in planned if _result(work, visit) is not None]
    return next(reversed(concluded or planned), None)


def leads(work: UnitOfWork, record: ReviewRecord) -> bool:
    """Whether the expert at this desk leads the team that visits the application of *record*."""
    team = team_of(work, record.application)
    return team is None or MemberId(team.leader.expert) == own_code(work, record.review)


def progress_of(work: UnitOfWork, record: ReviewRecord) -> OnSiteProgress:
    """How far the visit of *record*, which is open to this expert, has come."""
    visit, is_mine = visit_of(work, record), leads(work, record)
    if visit is None:
        return OnSiteProgress(visit=None, is_mine=is_mine)
    notebook = Notebook(work, visit)
    checklist, result = notebook.checklist, notebook.find(Result, ONLY)
    standing = dict(result.grades) if result else _settled(notebook, checklist)
    return OnSiteProgress(
        visit=visit,
        is_mine=is_mine,
        graded=len(standing),
        of=sum(1 for _one in checklist.items),
        full=checklist.total,
        points=score(checklist, standing).total if result else None,
        is_concluded=result is not None,
        gaps=_gaps(notebook),
    )


def gaps_of(work: UnitOfWork, record: ReviewRecord) -> tuple[Missing, ...]:
    """What is left to do before an on-site review can be signed. Missing signatures of members never are."""
    visit = visit_of(work, record)
    return (Missing(Gap.VISIT),) if visit is None else _gaps(Notebook(work, visit))


def _gaps(notebook: Notebook) -> tuple[Missing, ...]:
    gaps = []
    if notebook.find(Result, ONLY) is None:
        gaps.append(Missing(Gap.CONCLUDED))
    if notebook.find(Acknowledgement, ONLY) is None:
        gaps.append(Missing(Gap.ACKNOWLEDGED))
    if forked(notebook.work.visits.entries(notebook.visit)):
        gaps.append(Missing(Gap.VERSIONS))
    return tuple(gaps)


def _settled(notebook: Notebook, checklist: Checklist) -> dict[ItemId, Grade]:
    return settled(checklist, notebook.values(ItemGrade).values(), notebook.values(Consensus).values())


def _result(work: UnitOfWork, visit: VisitId) -> Result | None:
    return Notebook(work, visit).find(Result, ONLY)
