"""What no notice may say is refused, each at the field that mends it."""

from datetime import date
from typing import Any

import pytest

from sosdir.models import ChannelKind
from sosdir.notices import Contact, KnownContacts, Link, cautions, faults_of, on_front_page
from tests.noticing import a_notice

SECRET = Contact(ChannelKind.PHONE, "03-0000-0005", "むかし妊娠SOS", "理由です。")
SHOWN = Contact(ChannelKind.PHONE, "045-222-3333", "みなとSOS")
KNOWN = KnownContacts((SHOWN,), (SECRET,))


def fields(**changes: Any) -> dict[str, str]:
    return {each.column: each.reason for each in faults_of(a_notice(**changes), KNOWN)}


def test_a_plain_notice_has_no_fault() -> None:
    assert fields() == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "03-0000-0005 が変わります"}, "title"),
        ({"body": "前は ０３ ００００ ０００５ でした"}, "body"),
        ({"links": (Link("03-0000-0005", "https://example.jp/"),)}, "links-0-label"),
        ({"links": (Link("見る", "https://example.jp/0300000005"),)}, "links-0-url"),
    ],
)
def test_a_contact_that_is_kept_back_is_refused_where_it_stands(
    changes: dict[str, Any], field: str
) -> None:
    told = fields(**changes)
    assert list(told) == [field]
    assert told[field] == "「03-0000-0005」は書けません。理由です。"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "tel:0300000001", "example.jp", "//example.jp", "data:text/html,"],
)
def test_a_link_leads_to_a_page_of_the_web_and_nowhere_else(url: str) -> None:
    assert list(fields(links=(Link("見る", url),))) == ["links-0-url"]


def test_the_last_day_is_not_before_the_first() -> None:
    assert list(fields(until=date(2026, 11, 24))) == ["until"]
    assert fields(until=date(2026, 11, 25)) == {}


def test_a_number_of_no_line_is_to_be_looked_at_twice() -> None:
    body = "新しい番号は045-999-8888、みなとSOSは 045(222)3333、児童相談所は189です。"
    (told,) = cautions(a_notice(body=body), KNOWN, {"minato-sos"})
    assert told.startswith("045-999-8888 は、いまこの案内にのっている窓口の番号ではありません。")


def test_a_line_that_is_not_listed_is_named_to_the_author() -> None:
    (told,) = cautions(a_notice(), KNOWN, set())
    assert "minato-sos" in told


@pytest.mark.parametrize(
    ("until", "day", "stands"),
    [
        (None, date(2026, 11, 25), True),
        (None, date(2027, 1, 24), True),
        (None, date(2027, 1, 25), False),
        (date(2026, 11, 30), date(2026, 11, 30), True),
        (date(2026, 11, 30), date(2026, 12, 1), False),
    ],
)
def test_a_notice_leaves_the_first_page_when_it_is_old(
    until: date | None, day: date, stands: bool
) -> None:
    assert on_front_page(a_notice(until=until), day) is stands
