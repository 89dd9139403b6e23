"""Say texts, days and times in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from babel.dates import format_date, format_skeleton, get_day_names
from babel.lists import format_list

from sosdir.locales.catalogues import translations
from sosdir.locales.records import JAPANESE, Locale

_WEEKDAYS = "月火水木金土日"


class Told(str):
    """Hold a sentence with its values, told in Japanese and still to be told in any language.

    Args:
        text: in Japanese, ``%(name)s`` where a value goes.
        values: by name.
    """

    __slots__ = ("text", "values")

    text: str
    values: dict[str, Any]

    def __new__(cls, text: str, **values: Any) -> Told:
        """Return the sentence in Japanese, with what is needed to tell it otherwise."""
        told = super().__new__(cls, text % values)
        told.text, told.values = text, values
        return told


def mark(text: str) -> str:
    """Return a text as it is, marked for the catalogues: it is said elsewhere.

    Args:
        text: in Japanese.
    """
    return text


@dataclass(frozen=True, slots=True)
class Speech:
    """Speak one language.

    Args:
        locale: of the reader.
    """

    locale: Locale

    def gettext(self, text: str, **values: Any) -> str:
        """Return a text in this language.

        Args:
            text: in Japanese, ``%(name)s`` where a value goes.
            values: by name.
        """
        said = translations(self.locale).gettext(text)
        return said % values if values else said

    def say(self, text: str) -> str:
        """Return in this language what was marked or told elsewhere.

        Args:
            text: in Japanese, with its values where it is ``Told``.
        """
        if isinstance(text, Told):
            return self.gettext(text.text, **text.values)
        return self.gettext(text)

    def ngettext(self, one: str, many: str, num: int, **values: Any) -> str:
        """Return a text that counts in this language, by its own rule of the plural.

        Args:
            one: in Japanese, ``%(num)s`` where the number goes.
            many: the same text: Japanese has one form.
            num: how many.
            values: by name.
        """
        said = translations(self.locale).ngettext(one, many, num)
        return said % {"num": num, **values}

    def full_date(self, day: date) -> str:
        """Return a day in full, such as 2026年11月23日.

        Args:
            day: to write.
        """
        return format_date(day, "long", locale=self.locale.cldr)

    def short_date(self, day: date, beside: str = "") -> str:
        """Return a day of this year with its weekday, such as 11月23日(月・祝).

        Args:
            day: to write.
            beside: what stands beside the weekday, in Japanese alone, such as ・祝.
        """
        if self.locale.is_japanese:
            return f"{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]}{beside})"
        return format_skeleton("MMMEd", day, locale=self.locale.cldr)

    def month_and_day(self, day: date) -> str:
        """Return a day of this year, such as 11月23日.

        Args:
            day: to write.
        """
        if self.locale.is_japanese:
            return f"{day.month}月{day.day}日"
        return format_skeleton("MMMd", day, locale=self.locale.cldr)

    def weekday(self, number: int, *, whole: bool = False) -> str:
        """Return the name of a weekday, such as 月, or 月曜日 where it is to be whole.

        Args:
            number: from 0, Monday.
            whole: whether to write it out.
        """
        if self.locale.is_japanese:
            return f"{_WEEKDAYS[number]}曜日" if whole else _WEEKDAYS[number]
        names = get_day_names(
            "wide" if whole else "abbreviated", context="stand-alone", locale=self.locale.cldr
        )
        return str(names[number])

    def hour(self, hour: int, minute: int = 0) -> str:
        """Return a time of day, such as 20時15分 or 20:15.

        Args:
            hour: 0 to 24.
            minute: 0 to 59.
        """
        if not self.locale.is_japanese:
            return f"{hour}:{minute:02}"
        return f"{hour}時{minute}分" if minute else f"{hour}時"

    def instant(self, at: datetime, beside: str = "") -> str:
        """Return a day and time of this year, such as 11月23日(月・祝)18時20分.

        Args:
            at: in the zone in which it is told.
            beside: as ``short_date`` takes it.
        """
        day = self.short_date(at.date(), beside)
        if self.locale.is_japanese:
            return f"{day}{at.hour}時{at.minute:02d}分"
        return f"{day}, {at.hour}:{at.minute:02}"

    def listed(self, items: Iterable[str]) -> str:
        """Return items in one line, such as 横浜市・川崎市.

        Args:
            items: as they are to be read.
        """
        told = [str(each) for each in items]
        if self.locale.is_japanese:
            return "・".join(told)
        return format_list(told, style="standard", locale=self.locale.cldr)


@cache
def speech(locale: Locale) -> Speech:
    """Return the speech of a language.

    Args:
        locale: of the reader.
    """
    return Speech(locale)


SPEECH = speech(JAPANESE)
