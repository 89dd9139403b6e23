"""How every listed service stands is read at once, without the services whole."""

from datetime import date

from sqlite_utils import Database

from sosdir import evidence
from sosdir.channels import DIALLED
from sosdir.models import ChannelKind, DataPackage, ServiceStatus
from sosdir.store import services, standings
from sosdir.store.standings import Standing
from tests.cast import YOKOHAMA, a_channel, a_service


def stands(database: Database, service_id: str = "minato-sos") -> Standing | None:
    found = {each.service_id: each for each in standings.everything(database)}
    return found.get(service_id)


def test_a_service_stands_as_it_is_stored(database: Database) -> None:
    services.save(database, a_service(checked_on=date(2026, 11, 24), service_areas=("14", "13")))
    found = stands(database)
    assert found is not None
    assert (found.name, found.areas) == ("みなとSOS", {"14", "13"})
    assert (found.looked_at, found.was_checked) == (date(2026, 11, 24), True)
    assert (found.is_active, found.has_number) == (True, True)
    assert found.withheld_from == evidence.NEVER


def test_what_is_on_hold_or_has_ended_is_not_listed(database: Database) -> None:
    services.save(database, a_service(status=ServiceStatus.DEFUNCT))
    assert stands(database) is None
    assert stands(database, "kakushi-line") is None


def test_what_rests_is_listed_as_such(database: Database) -> None:
    services.save(database, a_service(status=ServiceStatus.TEMPORARILY_CLOSED))
    found = stands(database)
    assert found is not None
    assert not found.is_active


def test_only_what_can_be_dialled_is_a_number(database: Database) -> None:
    for kind in ChannelKind:
        services.save(database, a_service(channels=(a_channel("minato-sos", kind=kind),)))
        found = stands(database)
        assert found is not None
        assert found.has_number == (kind in DIALLED)
    services.save(database, a_service(channels=(a_channel("minato-sos", value=None),)))
    found = stands(database)
    assert found is not None
    assert not found.has_number
    assert found.areas == {YOKOHAMA}


def test_every_shipped_service_stands_as_evidence_says(
    shipped: Database, package: DataPackage
) -> None:
    found = {each.service_id: each for each in standings.everything(shipped)}
    listed = {each.id: each for each in package.services if evidence.is_listed(each)}
    assert set(found) == set(listed)
    for key, service in listed.items():
        assert found[key].withheld_from == evidence.withheld_from(service)
        assert found[key].looked_at == evidence.looked_at(service)
        assert found[key].areas == set(service.service_areas)
