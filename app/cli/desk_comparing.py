"""``youpin desk compare``."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from app.cli.desk_opening import add_desk, open_for, review_named
from app.cli.output import Report, table
from app.cli.parsing import add_command
from app.domain.ids import IndicatorId
from app.domain.scoring import half_up
from app.errors import UserFacingError
from app.i18n import N_, _

if TYPE_CHECKING:
    from app.services.desk_comparison import Comparison


class ChangeIncompleteError(UserFacingError):
    """A change needs all of its parts."""

    code = "change_incomplete"
    message = N_("A change needs --indicator, --percent and --reason together with --change.")


def add_commands(commands: Any) -> None:
    """Add the commands of this module to the group ``desk``."""
    compare = add_command(
        commands,
        "compare",
        _compare,
        summary=_("put your own scores of all dossiers beside each other, and change one with a reason"),
        description=_(
            "Indicators down, dossiers across, with mean and range. Only your own scores are in it.\n"
            "A signed review is opened with “desk revise” before a score of it can be changed."
        ),
        example="youpin desk compare 王示例.desk --change 2026-0001 --indicator rd_platform --percent 70 "
        '--reason "{}"'.format(_("weaker than the others")),
    )
    add_desk(compare)
    compare.add_argument("--change", metavar="APPLICATION", help=_("change one score of this application"))
    compare.add_argument("--indicator", metavar="NAME", help=_("which score, e.g. rd_platform"))
    compare.add_argument("--percent", type=int, metavar="N", help=_("its new value"))
    compare.add_argument("--reason", metavar="TEXT", help=_("why; it is printed beside the score"))


def _compare(arguments: Namespace) -> Report:
    parts = (arguments.indicator, arguments.percent, arguments.reason)
    if any(part is not None for part in parts) != (arguments.change is not None) or (
        arguments.change is not None and None in parts
    ):
        raise ChangeIncompleteError
    with open_for(arguments) as desk:
        if arguments.change is not None:
            desk.comparison.change(
                review_named(desk, arguments.change),
                IndicatorId(arguments.indicator),
                percent=arguments.percent,
                reason=arguments.reason,
            )
        tables = desk.comparison.tables()
    text = "\n\n".join(_text(each) for each in tables)
    return Report({"tables": [_document(each) for each in tables]}, text or _("There is nothing to compare yet."))


def _text(comparison: "Comparison") -> str:
    head = (_("Indicator"), _("Mean"), _("Range"), *(review.application for review in comparison.reviews))
    rows = [head]
    for indicator in comparison.rubric.indicators:
        spread = comparison.distribution(indicator.id)
        rows.append(
            (
                f"{indicator.number} {indicator.name}",
                "" if spread.mean is None else str(half_up(spread.mean)),
                "" if spread.range is None else str(spread.range),
                *(review.entry(indicator.id).value_text() or "—" for review in comparison.reviews),
            )
        )
    return table(rows)


def _spread(comparison: "Comparison", indicator: IndicatorId) -> dict[str, Any]:
    spread = comparison.distribution(indicator)
    return {"mean": None if spread.mean is None else str(half_up(spread.mean)), "range": spread.range}


def _document(comparison: "Comparison") -> dict[str, Any]:
    return {
        "rubric": comparison.rubric_sha256,
        "reviews": [
            {
                "application": each.application,
                "review": each.review,
                "operator": each.operator,
                "sealed": each.is_sealed,
            }
            for each in comparison.reviews
        ],
        "indicators": [
            {
                "indicator": indicator.id,
                "number": indicator.number,
                **_spread(comparison, indicator.id),
                "values": [each.entry(indicator.id).value_text() or None for each in comparison.reviews],
            }
            for indicator in comparison.rubric.indicators
        ],
    }
