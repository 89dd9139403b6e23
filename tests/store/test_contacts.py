"""Which contacts may stand in a text is what the public pages show on that day."""

from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from sosdir.models import EvidenceLevel, ServiceStatus
from sosdir.revising import Action
from sosdir.store import contacts, revisions, services
from sosdir.store.revisions import Entry
from tests.cast import NOON, TODAY, a_channel, a_service
from tests.reviewing import HANAKO

SHIPPED_RETIRED = "03-3235-2638"


def kept_back(database: Database, text: str, day: date = TODAY) -> list[str]:
    return [each.value for each in contacts.everything(database, day).kept_back_in(text)]


def test_what_is_withheld_held_or_retired_is_kept_back(database: Database) -> None:
    for value in ("03-0000-0005", "mukashi@example.jp", "03-0000-0006", SHIPPED_RETIRED):
        assert kept_back(database, f"こちらへ {value}") == [value]
    assert kept_back(database, "横浜市見本町9-9") == ["横浜市見本町9-9"]


def test_what_the_pages_show_may_be_written(database: Database) -> None:
    for value in ("03-0000-0001", "@sagami", "https://example.jp/minato"):
        assert kept_back(database, value) == []


def test_a_line_that_rests_gives_no_number(database: Database) -> None:
    services.save(database, a_service(status=ServiceStatus.TEMPORARILY_CLOSED))
    assert kept_back(database, "03-0000-0001") == ["03-0000-0001"]


def test_a_former_number_is_kept_back(database: Database) -> None:
    old = a_service()
    new = replace(old, channels=(a_channel(old.id, value="03-0000-0009"),))
    revisions.add(database, Entry(old, Action.PUBLISHED, HANAKO, NOON))
    revisions.add(database, Entry(new, Action.PUBLISHED, HANAKO, NOON))
    services.save(database, new)
    assert kept_back(database, "03-0000-0001 から 03-0000-0009 へ") == ["03-0000-0001"]


def test_a_report_that_has_aged_takes_its_number_along(database: Database) -> None:
    reported = a_service(evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    services.save(database, reported)
    assert kept_back(database, "03-0000-0001") == []
    assert kept_back(database, "03-0000-0001", date(2027, 1, 1)) == ["03-0000-0001"]
