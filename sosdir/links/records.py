"""What is found when an address is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Outcome(StrEnum):
    """Tell what came of asking an address."""

    OK = "ok"
    MOVED = "moved"
    GONE = "gone"
    FAILING = "failing"
    BAD_CERTIFICATE = "bad_certificate"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"


# A reader of the directory would not get to the page.
FAILURES = frozenset({Outcome.GONE, Outcome.FAILING, Outcome.BAD_CERTIFICATE})

LABELS = MappingProxyType(
    {
        Outcome.OK: "つながる",
        Outcome.MOVED: "引っこした",
        Outcome.GONE: "ページがない",
        Outcome.FAILING: "つながらない",
        Outcome.BAD_CERTIFICATE: "証明書が正しくない",
        Outcome.REFUSED: "相手が確認を断った",
        Outcome.NOT_ALLOWED: "自動の確認が許されていない",
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what came of asking one address.

    Args:
        url: as the directory holds it.
        outcome: what came of it.
        status_code: of the last answer, None where there was none.
        leads_to: where it leads on to, None where it stays.
        detail: a few words on what went wrong, or None.
    """

    url: str
    outcome: Outcome
    status_code: int | None = None
    leads_to: str | None = None
    detail: str | None = None
