"""Read an opening_hours expression, or refuse it with the place of its fault."""

import re
from functools import lru_cache
from typing import Final

from sosdir.errors import HoursError
from sosdir.schedules.folding import fold
from sosdir.schedules.rules import Operator, ParserError, Rule, parse, read, split

MAX_LENGTH: Final = 500
# Beyond this nothing is folded, for that takes time; folding shortens no honest one by so much.
_MOST_TYPED: Final = 4 * MAX_LENGTH
_TOO_LONG = f"受付時間の式は{MAX_LENGTH}文字までです。"

_EXAMPLE = "例: Mo-Fr 10:00-16:00; PH off"
_POSITION = re.compile(r"--> 1:(\d+)")
_LONGEST_MONTHS = {
    **dict.fromkeys(("Jan", "Mar", "May", "Jul", "Aug", "Oct", "Dec"), 31),
    **dict.fromkeys(("Apr", "Jun", "Sep", "Nov"), 30),
    "Feb": 29,
}
_MONTHDAYS = re.compile(rf"({'|'.join(_LONGEST_MONTHS)}) ?(\d\d?)(?:-(\d\d?))?(?![\d:])")
# What nobody here can know, and what would be read in more than one way.
_REFUSED = (
    (
        re.compile(r"\bSH\b"),
        "学校の休み（SH）は地域ごとに違うため扱えません。日付で書いてください。",
    ),
    (re.compile(r"\beaster\b"), "easter は扱えません。日付で書いてください。"),
    (
        re.compile(r"sunrise|sunset|dawn|dusk"),
        "日の出・日の入りは扱えません。時刻で書いてください。",
    ),
    (
        re.compile(r"\d\d:\d\d-\d\d:\d\d\+? ?/"),
        "くり返しの間隔（/）は扱えません。始まりと終わりの時刻で書いてください。",
    ),
    (
        re.compile(r"(\d\d:\d\d)-\1(?!\d)"),
        "始まりと終わりが同じ時刻です。一日中なら 00:00-24:00 と書いてください。",
    ),
)
_HINTS = (
    (re.compile(r"[月火水木金土日祝毎平]"), "曜日は Mo Tu We Th Fr Sa Su、祝日は PH と書きます。"),
    (re.compile(r"\d\d?(時|-\d)"), "時刻は 10:00-16:00 のように書きます。"),
    (re.compile(r'"'), '注記は " と " で囲みます。'),
)


def normalise(expression: str) -> str:
    """Return an expression in plain OSM letters, once it is sure to be understood.

    Args:
        expression: OSM opening_hours, full-width letters and Japanese dashes and commas allowed.

    Raises:
        HoursError: it is empty, is no expression, or says what we cannot answer for; its position
            is that of the fault in the folded expression.

    Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
    """
    folded = _folded(expression)
    rules_of(folded)
    return folded


@lru_cache(maxsize=1024)
def rules_of(expression: str) -> tuple[Rule, ...]:
    """Read an expression into its rules, in the order written.

    Args:
        expression: folded or not.

    Raises:
        HoursError: as for ``normalise``.
    """
    folded = _folded(expression)
    _refuse_unusable(folded)
    code = _blank_comments(folded)
    _refuse_unknowable(code)
    _refuse_unparsable(folded)
    _refuse_impossible_dates(code)
    return tuple(_rule(*part) for part in split(folded))


def _rule(operator: Operator, position: int, text: str) -> Rule:
    rule = read(operator, text)
    if rule is None:
        raise HoursError(
            f"「{text}」は何通りにも読めるため扱えません。曜日と祝日はコンマで並べ、"
            f"時刻、off、注記の順に書いてください（{_EXAMPLE}）。",
            position,
        )
    return rule


def _folded(expression: str) -> str:
    if len(expression) > _MOST_TYPED:
        raise HoursError(_TOO_LONG, MAX_LENGTH)
    return fold(expression)


def _refuse_unusable(folded: str) -> None:
    if not folded:
        raise HoursError("受付時間が空です。分からないときは、欄ごと空けておいてください。", 0)
    if len(folded) > MAX_LENGTH:
        raise HoursError(_TOO_LONG, MAX_LENGTH)
    for position, letter in enumerate(folded):
        if not letter.isprintable():
            raise HoursError("目に見えない文字が混ざっています。打ち直してください。", position)


def _blank_comments(folded: str) -> str:
    """Replace comments by as many blanks, so that only the code is searched."""
    return re.sub(r'"[^"]*"', lambda match: " " * len(match[0]), folded)


def _refuse_unknowable(code: str) -> None:
    for pattern, reason in _REFUSED:
        if match := pattern.search(code):
            raise HoursError(reason, match.start())


def _refuse_impossible_dates(code: str) -> None:
    # The parser takes Apr 31 for every day of the year.
    for match in _MONTHDAYS.finditer(code):
        if max(int(match[2]), int(match[3] or 1)) > _LONGEST_MONTHS[match[1]]:
            raise HoursError(f"{match[0]} という日はありません。", match.start())


def _refuse_unparsable(folded: str) -> None:
    try:
        parse(folded)
    except ParserError as error:
        raise _fault(folded, str(error)) from None


def _fault(folded: str, message: str) -> HoursError:
    match = _POSITION.search(message)
    if match is None:
        return HoursError(f"受付時間の式を読めません（{_EXAMPLE}）。")
    rest = folded[int(match[1]) - 1 :].lstrip()
    position = len(folded) - len(rest)
    if not rest:
        return HoursError(f"式が途中で終わっています（{_EXAMPLE}）。", position)
    hint = next((hint for pattern, hint in _HINTS if pattern.match(rest)), "")
    if folded[:position].endswith("PH,"):
        hint = "祝日 PH は、曜日の並びの初めか終わりに書きます。"
    shown = rest if len(rest) <= 12 else f"{rest[:12]}…"
    return HoursError(
        f"{position + 1}文字目「{shown}」から先を読めません。{hint}（{_EXAMPLE}）", position
    )
