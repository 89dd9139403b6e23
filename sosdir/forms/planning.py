"""Read what a planner asks for: an order, what the map is to show, a day since when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sosdir.forms.query import BadParametersError
from sosdir.locales import Told, mark

# Before it no line of ours existed.
FIRST = date(2000, 1, 1)
_ONE_OF = mark("次のどれかにしてください: %(values)s")
_DAY = mark("日付は、きょうまでの日を 2026-06-01 のように書いてください。")


def read_choice(name: str, value: str | None, choices: Collection[str]) -> str | None:
    """Return the one of some choices that is asked for, None where none is.

    Args:
        name: of the parameter.
        value: as sent.
        choices: that there are.

    Raises:
        BadParametersError: it is none of them.
    """
    if not value:
        return None
    if value not in choices:
        raise BadParametersError({name: Told(_ONE_OF, values=", ".join(choices))})
    return value


def read_since(value: str | None, today: date) -> date | None:
    """Return the day that is asked about, None where none is.

    Args:
        value: as sent.
        today: the last that can be asked about.

    Raises:
        BadParametersError: it is no such day.
    """
    if not value or not value.strip():
        return None
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise BadParametersError({"since": _DAY}) from None
    if not FIRST <= day <= today:
        raise BadParametersError({"since": _DAY})
    return day
