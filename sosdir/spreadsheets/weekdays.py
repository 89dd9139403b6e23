"""Read the days and times of the municipal columns as OSM opening hours, or not at all."""

from __future__ import annotations

import re
import unicodedata

from sosdir.errors import HoursError
from sosdir.schedules import normalise

_DAYS = dict(zip("月火水木金土日", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True))
_ORDER = "月火水木金土日"
_WHOLE = {"平日": "月火水木金", "毎日": _ORDER, "全日": _ORDER, "土日": "土日"}
_NOISE = re.compile(r"[\s・,、;/()]|曜日?|から(?=[月火水木金土日])|まで")
_DASH = re.compile("[〜～~ー―‐–—−-]")
_RANGE = re.compile(f"([{_ORDER}])-([{_ORDER}])")
_TIME = re.compile(r"([01]?\d|2[0-4])[:時]([0-5]\d)?分?(?::00)?")
_EMPTY = re.compile(r"[\s、。,.()・は\uff08\uff09]")
_HOLIDAY_OFF = re.compile(r"(祝日?|祝祭日|国民の祝日)[^、。;]*(除く|のぞく|休[みむ業館診]?)")


def opening_hours(days: str, start: str, end: str, remarks: str = "") -> str | None:
    """Return the opening hours that the columns say, None where they cannot be read for sure.

    No word on holidays leaves holidays unknown; only remarks that say they are off, and nothing
    else, say so.

    Args:
        days: such as 月火水木金, 月〜金 or 平日.
        start: such as 8:30.
        end: such as 17:15; 24:00 or 0:00 for midnight.
        remarks: whatever else is said of the times.
    """
    week, begins, ends = _week(days), _time(start), _time(end)
    if not week or begins is None or ends is None or not _are_plain(remarks):
        return None
    if ends == "00:00":
        ends = "24:00"
    holidays = "; PH off" if _HOLIDAY_OFF.search(remarks) else ""
    try:
        return normalise(f"{week} {begins}-{ends}{holidays}")
    except HoursError:
        return None


def words(days: str, start: str, end: str, remarks: str) -> str | None:
    """Return what the columns say in their own words, None where they say nothing.

    Args:
        days: as written.
        start: as written.
        end: as written.
        remarks: as written.
    """
    times = f"{start}〜{end}" if start or end else ""
    return " ".join(part for part in (days, times, remarks) if part) or None


def _week(text: str) -> str | None:
    """Return the days in OSM letters, runs closed up: 月〜金 is Mo-Fr."""
    plain = _DASH.sub("-", unicodedata.normalize("NFKC", text).replace("から", "-"))
    plain = _NOISE.sub("", plain)
    for whole, days in _WHOLE.items():
        plain = plain.replace(whole, days)
    plain = _RANGE.sub(_spelled, plain)
    if not plain or set(plain) - set(_ORDER):
        return None
    runs: list[list[str]] = []
    for day in (each for each in _ORDER if each in plain):
        if runs and _ORDER.index(runs[-1][-1]) + 1 == _ORDER.index(day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(_run(run) for run in runs)


def _spelled(found: re.Match[str]) -> str:
    first, last = _ORDER.index(found[1]), _ORDER.index(found[2])
    if first <= last:
        return _ORDER[first : last + 1]
    return _ORDER[first:] + _ORDER[: last + 1]


def _run(days: list[str]) -> str:
    if len(days) < 3:
        return ",".join(_DAYS[day] for day in days)
    return f"{_DAYS[days[0]]}-{_DAYS[days[-1]]}"


def _time(text: str) -> str | None:
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        return None
    told = f"{int(found[1]):02}:{found[2] or '00'}"
    return told if told <= "24:00" else None


def _are_plain(remarks: str) -> bool:
    """Tell whether remarks add nothing to the times but that holidays are off."""
    return not _EMPTY.sub("", _HOLIDAY_OFF.sub("", remarks))
