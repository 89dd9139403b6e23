"""Know the public holidays of Japan, and the zone in which every hour is meant."""

from datetime import date
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

from sosdir.locales import mark

TOKYO: Final = ZoneInfo("Asia/Tokyo")
# Before 2000 no line of ours existed; after 2099 the equinoxes, two of the holidays, are not
# computed by any source we use.
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099

# Every name the library gives from 2020 on; marked, so that each language can say it.
HOLIDAYS: Final = (
    mark("元日"),
    mark("成人の日"),
    mark("建国記念の日"),
    mark("天皇誕生日"),
    mark("春分の日"),
    mark("昭和の日"),
    mark("憲法記念日"),
    mark("みどりの日"),
    mark("こどもの日"),
    mark("海の日"),
    mark("山の日"),
    mark("敬老の日"),
    mark("秋分の日"),
    mark("スポーツの日"),
    mark("文化の日"),
    mark("勤労感謝の日"),
    mark("振替休日"),
    mark("国民の休日"),
)


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday in Japan (祝日, 振替休日 or 国民の休日).

    A holiday that falls on a Sunday is one too: the substitute day is granted besides.

    Args:
        day: a civil day in Japan, 2000 to 2099. The days of the equinoxes are fixed only in the
            February before; later ones follow the astronomical prediction.

    Source: 国民の祝日に関する法律 (昭和23年法律第178号) 第2条, 第3条.
    """
    return holiday_name(day) is not None


def holiday_name(day: date) -> str | None:
    """Name the public holiday of a day, None when it is none.

    Args:
        day: a civil day in Japan, 2000 to 2099.
    """
    return _holidays_of(day.year).get(day)


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def _holidays_of(year: int) -> dict[date, str]:
    # Language and category are named because the library's defaults follow the server's locale.
    # One year at a time, because its calendar grows while it is asked, under every thread.
    calendar = holidays.country_holidays(
        "JP", years=year, expand=False, language="ja", categories=("public",)
    )
    return dict(calendar.items())
