"""Scores and totals as the short texts that stand in a table: exact, and readable without this program."""

from fractions import Fraction

ScoreValue = int | str  # a percentage, "na" or "unjudged"


def fraction_text(value: Fraction | None) -> str | None:
    """“5000/7”, or ``None``; never a rounded number."""
    return None if value is None else f"{value.numerator}/{value.denominator}"
