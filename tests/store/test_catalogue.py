"""Every service that is kept can be found: those on hold and new drafts too."""

import time
from dataclasses import replace

import pytest
from sqlite_utils import Database

from sosdir import publishing
from sosdir.models import EvidenceLevel, ServiceStatus
from sosdir.revising import Author, Reason
from sosdir.store import services
from sosdir.store.catalogue import Wanted, find
from tests.cast import NOON, TODAY, a_channel, a_service, an_importable_service, the_cast

SOMEONE = Author(None, "だれか")


def ids(database: Database, **wanted: str) -> set[str]:
    return {each.id for each in find(database, Wanted(**wanted))}


def draft(database: Database, service_id: str, **changes: object) -> None:
    """Let a draft of a service wait."""
    service = an_importable_service(service_id, **changes)
    known = service_id in {each.id for each in the_cast()}
    opened = 0 if known else None
    publishing.save_draft(database, service, opened, SOMEONE, Reason(), NOON)


def test_everything_is_listed_by_name(database: Database) -> None:
    found = find(database, Wanted())
    assert {each.id for each in found} == {each.id for each in the_cast()}
    assert [each.is_held for each in found if each.id == "kakushi-line"] == [True]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "みなと sos"}, {"minato-sos"}),
        ({"text": "ミナトsos"}, {"minato-sos"}),
        ({"text": "0300000006"}, {"kakushi-line"}),
        ({"text": "川崎市"}, {"kawasaki-desk"}),
        ({"area": "141305"}, {"kawasaki-desk"}),
        ({"area": "00"}, {"nihon-always"}),
        ({"area": "13"}, set()),
        ({"status": "hold"}, {"kakushi-line"}),
        ({"evidence": "unconfirmed"}, {"mukashi-sos"}),
        ({"evidence": "reported", "text": "みなと"}, set()),
        ({"status": "draft"}, set()),
    ],
)
def test_services_are_found(database: Database, wanted: dict[str, str], found: set[str]) -> None:
    assert ids(database, **wanted) == found


def test_a_prefecture_holds_its_municipalities(database: Database) -> None:
    assert {"minato-sos", "kawasaki-desk", "sagami-night"} <= ids(database, area="14")


def test_a_status_is_looked_for(database: Database) -> None:
    services.save(database, a_service(status=ServiceStatus.DEFUNCT))
    assert ids(database, status="defunct") == {"minato-sos"}


def test_drafts_are_marked_and_new_ones_listed(database: Database) -> None:
    draft(database, "minato-sos")
    draft(database, "toudai", name="灯台", evidence=EvidenceLevel.REPORTED, checked_on=None)
    found = {each.id: each for each in find(database, Wanted(status="draft"))}
    assert {key: each.is_new for key, each in found.items()} == {
        "minato-sos": False,
        "toudai": True,
    }
    assert found["toudai"].area_codes == ("141003",)
    assert found["toudai"].evidence is EvidenceLevel.REPORTED
    assert ids(database, text="灯台 189") == {"toudai"}


def test_a_list_of_thousands_is_quick(database: Database) -> None:
    with database.atomic():
        for number in range(2_000):
            key = f"many-{number}"
            services.save(database, a_service(key, channels=(a_channel(key),)))
    before = time.perf_counter()
    assert len(find(database, Wanted(text="みなと"))) > 2_000
    # Ten thousand take a second on a slow machine; most of it is folding their names.
    assert time.perf_counter() - before < 2


def test_the_last_look_is_told(database: Database) -> None:
    services.save(database, replace(a_service(), checked_on=TODAY))
    (found,) = find(database, Wanted(text="minato-sos"))
    assert (found.looked_at, found.is_checked) == (TODAY, True)
