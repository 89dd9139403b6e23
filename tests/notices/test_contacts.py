"""What may not be shown of a line is found in a text, in whatever writing."""

import pytest

from sosdir.models import ChannelKind
from sosdir.notices import Contact, KnownContacts

PHONE = Contact(ChannelKind.PHONE, "03-0000-0005", "むかし妊娠SOS", "いまは公開していません。")
MAIL = Contact(ChannelKind.EMAIL, "mukashi@example.jp", "むかし妊娠SOS")
FORM = Contact(ChannelKind.WEB_FORM, "https://example.jp/", "むかし妊娠SOS")
KNOWN = KnownContacts(kept_back=(PHONE, MAIL, FORM))


@pytest.mark.parametrize(
    "text",
    [
        "03-0000-0005へ",
        "0300000005",
        "電話は０３－００００－０００５です",
        "(03)0000-0005",
        "03ー0000ー0005",
        "03.0000.0005",
        "03・0000・0005",
        "+81 3-0000-0005",
        "+81(0)3 0000 0005",
        "81-3-0000-0005",
        "tel:+81300000005",
    ],
)
def test_a_number_is_found_in_any_writing(text: str) -> None:
    assert list(KNOWN.kept_back_in(text)) == [PHONE]


@pytest.mark.parametrize(
    "text",
    ["03-0000-0006", "103-0000-0005", "03-0000-00051", "2026年11月25日", "0005", "", "3-0000-0005"],
)
def test_another_number_is_none_of_them(text: str) -> None:
    assert list(KNOWN.kept_back_in(text)) == []


@pytest.mark.parametrize("text", ["Mukashi@Example.jp に", "ｍｕｋａｓｈｉ＠ｅｘａｍｐｌｅ．ｊｐ"])
def test_an_address_is_found_in_any_writing(text: str) -> None:
    assert list(KNOWN.kept_back_in(text)) == [MAIL]


def test_a_page_is_found_and_other_pages_below_it_are_free() -> None:
    assert list(KNOWN.kept_back_in("https://example.jp/ を見て")) == [FORM]
    assert list(KNOWN.kept_back_in("https://example.jp/news")) == []


def test_a_number_that_another_line_shows_may_be_written() -> None:
    known = KnownContacts(shown=(PHONE,), kept_back=(PHONE,))
    assert list(known.kept_back_in("03-0000-0005")) == []
    assert known.is_shown("０３－００００－０００５")


def test_short_numbers_that_everyone_may_dial_are_always_shown() -> None:
    known = KnownContacts(kept_back=(Contact(ChannelKind.PHONE, "189", "見本"),))
    assert list(known.kept_back_in("189へ")) == []
    assert known.is_shown("#8000")


def test_a_number_is_told_once_however_many_lines_had_it() -> None:
    known = KnownContacts(kept_back=(PHONE, Contact(ChannelKind.FAX, "0300000005", "見本")))
    assert list(known.kept_back_in("03-0000-0005 と 03 0000 0005")) == [PHONE]
