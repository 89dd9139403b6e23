"""Days, times and texts are said as readers of each language say them."""

from datetime import date, datetime

import pytest

from sosdir.locales import LOCALES, SPEECH, Speech, Told, find, mark, speech
from sosdir.schedules import TOKYO

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 18, 5, tzinfo=TOKYO)


def of(code: str) -> Speech:
    locale = find(code)
    assert locale is not None
    return speech(locale)


@pytest.mark.parametrize(
    ("code", "full", "short"),
    [
        ("", "2026年11月23日", "11月23日(月・祝)"),
        ("ja-easy", "2026年11月23日", "11月23日(月・祝)"),
        ("en", "November 23, 2026", "Mon, Nov 23"),
        ("zh", "2026年11月23日", "11月23日周一"),
        ("vi", "23 tháng 11, 2026", "Thứ 2, 23 thg 11"),
    ],
)
def test_a_day_is_written_as_its_readers_write_it(code: str, full: str, short: str) -> None:
    assert of(code).full_date(DAY) == full
    assert of(code).short_date(DAY, "・祝") == short


def test_a_time_is_told_in_twenty_four_hours_everywhere() -> None:
    assert SPEECH.instant(AT, "・祝") == "11月23日(月・祝)18時05分"
    assert (SPEECH.hour(20), SPEECH.hour(20, 15)) == ("20時", "20時15分")
    assert of("en").instant(AT) == "Mon, Nov 23, 18:05"
    assert of("en").hour(24) == "24:00"


def test_a_list_is_joined_as_in_the_language() -> None:
    assert SPEECH.listed(["横浜市", "川崎市"]) == "横浜市・川崎市"
    assert of("en").listed(["phone", "LINE", "email"]) == "phone, LINE, and email"
    for locale in LOCALES:
        assert speech(locale).listed([]) == ""
        assert speech(locale).listed(["LINE"]) == "LINE"


def test_japanese_says_its_texts_as_they_are_written() -> None:
    assert SPEECH.gettext("%(place)sの窓口", place="横浜市") == "横浜市の窓口"
    assert SPEECH.ngettext("%(num)s件", "%(num)s件", 3) == "3件"
    assert mark("地図") == "地図"


def test_a_number_takes_the_form_that_the_language_has_for_it() -> None:
    text = "いま%(num)s件の連絡先が確認中です。"
    one, two = (of("en").ngettext(text, text, number) for number in (1, 2))
    assert one != two.replace("2", "1")
    assert "1" in one


def test_what_was_told_elsewhere_is_told_again_in_any_language() -> None:
    told = Told(mark("%(num)s文字までにしてください。"), num=200)
    assert told == "200文字までにしてください。"
    assert "200" in of("en").say(told)
    assert of("en").say(told) != told
    assert of("en").say("Natural Earth") == "Natural Earth"
