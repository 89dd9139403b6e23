"""What is read of all services at once is what the public may see of each."""

from dataclasses import replace

from sqlite_utils import Database

from sosdir import evidence
from sosdir.models import DataPackage, ServiceStatus
from sosdir.partnerships import tie_of
from sosdir.store import services, ties
from tests.cast import NOON, a_service


def test_the_ties_are_those_of_the_published_services(
    shipped: Database, package: DataPackage
) -> None:
    today = NOON.date()
    listed = [each for each in package.services if evidence.is_listed(each)]
    told = {each.id: tie_of(evidence.publish(each, today).service) for each in listed}
    assert {each.service_id: each for each in ties.everything(shipped)} == told


def test_what_is_on_hold_or_has_ended_has_no_ties(database: Database) -> None:
    before = {each.service_id for each in ties.everything(database)}
    assert "kakushi-line" not in before
    ended = replace(a_service(), status=ServiceStatus.DEFUNCT)
    services.save(database, ended)
    assert {each.service_id for each in ties.everything(database)} == before - {ended.id}
