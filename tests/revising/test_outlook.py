"""Before a change is public, it says what the public will see of it."""

from datetime import date

import pytest

from sosdir.models import EvidenceLevel, ServiceStatus
from sosdir.revising import outlook
from tests.cast import TODAY, a_service


def said(day: date = TODAY, **changes: object) -> str:
    return " ".join(outlook(a_service(**changes), day))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "「公式ページの情報」として示します。 番号や受付時間がそのまま出ます。"),
        ({"hold": "見直し中"}, "公開されません。公開しない理由:見直し中"),
        ({"evidence": EvidenceLevel.UNCONFIRMED}, "「確認待ち」として示します。 番号、アドレス"),
        ({"evidence": EvidenceLevel.REPORTED}, "報道・他機関によるものとして出ます"),
        ({"contact_missing": True}, "「連絡先は確認中」と示します"),
        ({"status": ServiceStatus.TEMPORARILY_CLOSED}, "休止中と示し"),
        ({"status": ServiceStatus.DEFUNCT}, "終了したことと、次に頼れる窓口"),
        ({"status": ServiceStatus.DEFUNCT, "successor_id": "next"}, "引き継いだ窓口(next)へ"),
    ],
)
def test_what_the_public_sees_is_said(changes: dict[str, object], words: str) -> None:
    assert words in said(**changes)


def test_a_report_that_has_aged_is_withheld() -> None:
    aged = {"evidence": EvidenceLevel.REPORTED, "newest_source_year": 2021}
    assert "番号、アドレス、住所は出ません" not in said(date(2026, 12, 31), **aged)
    assert "番号、アドレス、住所は出ません" in said(date(2027, 1, 1), **aged)


def test_age_is_said() -> None:
    assert "半年以上確認していない" in said(date(2027, 6, 1))
    assert "1年以上確認していない" in said(date(2027, 12, 1))


def test_what_is_on_hold_says_nothing_more() -> None:
    assert said(hold="x", status=ServiceStatus.DEFUNCT) == "公開されません。公開しない理由:x"
