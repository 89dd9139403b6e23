"""Fold what a Japanese keyboard types into the letters of the OSM opening_hours form."""

import re
import unicodedata

# The narrow and the upright brackets too, which NFKC would make those beside them.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂「」『』｢｣﹁﹂﹃﹄", '"'))
_MARKS = str.maketrans(dict.fromkeys("‐‑‒–—―−〜~∼ー─", "-") | dict.fromkeys("、・", ","))
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "SH")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SMALL_WORDS = ("off", "closed", "open", "unknown", "week", "day", "days", "easter")
_SUN_WORDS = ("sunrise", "sunset", "dawn", "dusk")
_WORDS = {word.lower(): word for word in _DAYS + _MONTHS + _SMALL_WORDS + _SUN_WORDS}

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[A-Za-z]+")
_ONE_DIGIT_HOUR = re.compile(r"(?<![\d:])(\d)(?=:\d\d)")
_SPACED_DASH = re.compile(r" *- +(?!\|\|)| +-(?=\d\d?:)")
_SEMICOLONS = re.compile(r" *;[; ]*")
_BARS = re.compile(r" *\|\| *")
_COMMAS = re.compile(r" *,[, ]*")
# After hours, a word or a comment a comma begins a new rule; elsewhere it lists days or hours.
_RULE_COMMA = re.compile(r"(:\d\d\+?),(?!\d\d:)|((?:off|closed|open|unknown|24/7)),")


def fold(text: str) -> str:
    """Fold an expression to plain OSM letters; folding twice changes nothing.

    Full-width letters, Japanese commas, dashes and quotes become plain, names of days and months
    get their capitals, hours two digits, and every separator one spacing. Comments keep their
    words. A comma after days (``Mo, Tu 10:00-12:00``) is taken as the list that is meant.

    Args:
        text: anything that was typed; it need not be a valid expression.
    """
    plain = " ".join(text.translate(_QUOTES).split())
    segments = plain.split('"')
    segments[::2] = [_fold_code(code) for code in segments[::2]]
    segments[2::2] = [_part_from_comment(code) for code in segments[2::2]]
    return '"'.join(segments).strip(" ;")


def _fold_code(code: str) -> str:
    code = unicodedata.normalize("NFKC", code).translate(_MARKS)
    code = _SPACES.sub(" ", code)
    code = _WORD.sub(lambda match: _WORDS.get(match[0].lower(), match[0]), code)
    code = _SPACED_DASH.sub("-", code)
    code = _ONE_DIGIT_HOUR.sub(r"0\1", code)
    code = _SEMICOLONS.sub("; ", code)
    code = _BARS.sub(" || ", code)
    code = _COMMAS.sub(",", code)
    return _RULE_COMMA.sub(lambda match: match[0] + " ", code)


def _part_from_comment(code: str) -> str:
    return f", {code[1:]}" if code.startswith(",") else code
