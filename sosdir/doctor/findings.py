"""What a check comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

_MOST_NAMED = 5


class Verdict(IntEnum):
    """Say how bad it is; the numbers are the exit statuses that monitors know."""

    OK = 0
    WARNING = 1
    FAULT = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what one check found.

    Args:
        check: its name.
        verdict: how bad it is.
        detail: a sentence; what to do, where it is not well.
    """

    check: str
    verdict: Verdict
    detail: str


def worst(findings: Iterable[Finding]) -> Verdict:
    """Return the worst verdict of all.

    Args:
        findings: of one examination.
    """
    return max((each.verdict for each in findings), default=Verdict.OK)


def judge(
    check: str, faults: Sequence[str], remedy: str, verdict: Verdict = Verdict.FAULT
) -> Finding:
    """Return what a check comes to that looks for faults: well where there are none.

    Args:
        check: its name.
        faults: what is not well, a few words each.
        remedy: what to do, a sentence.
        verdict: how bad it is where there are any.
    """
    if not faults:
        return Finding(check, Verdict.OK, "Nothing found.")
    named = ", ".join(faults[:_MOST_NAMED])
    more = f" and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""
    return Finding(check, verdict, f"{named}{more}. {remedy}")


def graded(check: str, measure: float, least: float, most: float, detail: str) -> Finding:
    """Return what a check comes to that measures something: the more, the worse.

    Args:
        check: its name.
        measure: what was measured.
        least: above this it is time to look.
        most: above this something is broken.
        detail: a sentence.
    """
    verdict = Verdict.OK
    if measure > least:
        verdict = Verdict.FAULT if measure > most else Verdict.WARNING
    return Finding(check, verdict, detail)
