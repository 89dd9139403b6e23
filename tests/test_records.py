"""Records are built from rows and taken apart into the same rows."""

import pytest

from sosdir import records
from sosdir.models import DataPackage, Service
from sosdir.tabular import TABLE
from tests.cast import a_service, an_importable_service, the_cast


def rebuilt(service: Service) -> Service:
    """Take a service apart and build it again."""
    bodies = (*([service.organization] if service.organization else []), *service.commissioners)
    children = records.child_rows(service)
    return records.service(
        records.service_row(service),
        {body.id: body for body in bodies},
        channels=children["channel"],
        service_areas=children["service_area"],
        sources=children["source"],
        statistics=children["statistic"],
    )


@pytest.mark.parametrize(
    "service", [*the_cast(), an_importable_service()], ids=lambda service: str(service.id)
)
def test_a_service_taken_apart_is_built_again_the_same(service: Service) -> None:
    assert rebuilt(service) == service


def test_a_service_of_nobody_known_is_built_again_the_same() -> None:
    service = a_service(organization=None, position=None, channels=(), sources=())
    assert rebuilt(service) == service


def test_every_shipped_service_is_built_again_the_same(package: DataPackage) -> None:
    for service in package.services:
        assert rebuilt(service) == service


def test_the_rows_have_the_columns_of_their_tables() -> None:
    service = an_importable_service()
    assert set(records.service_row(service)) == set(TABLE["service"].header)
    for name, rows in records.child_rows(service).items():
        assert [set(row) for row in rows] == [set(TABLE[name].header)] * len(rows)
        assert rows


def test_a_service_without_its_organization_cannot_be_built() -> None:
    row = records.service_row(a_service())
    with pytest.raises(KeyError, match="yokohama-shi"):
        records.service(row, {}, channels=(), service_areas=(), sources=(), statistics=())


def test_a_plain_record_is_built_again_the_same(package: DataPackage) -> None:
    organization, place = package.organizations[0], package.municipalities[0]
    ward, retired = package.wards[0], package.retired_numbers[0]
    assert records.organization(records.plain_row(organization)) == organization
    assert records.municipality(records.plain_row(place)) == place
    assert records.ward(records.plain_row(ward)) == ward
    assert records.retired_number(records.plain_row(retired)) == retired
