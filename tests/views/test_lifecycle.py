"""A service that rests is shown without a way to call it; one that has ended leads onward."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.models import Service, ServiceStatus
from tests.cast import a_channel, a_service, the_cast
from tests.reading import read

Site = Callable[..., FlaskClient]

RESTING = ServiceStatus.TEMPORARILY_CLOSED
ENDED = ServiceStatus.DEFUNCT


@pytest.fixture
def site(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Site:
    """Give a maker of sites with the cast, in which some services are as told."""

    def make(*told: Service) -> FlaskClient:
        others = [each for each in the_cast() if each.id not in {one.id for one in told}]
        return make_app(cast_home(*told, *others)).test_client()

    return make


def always_open(**changes: object) -> Service:
    return a_service(channels=(a_channel("minato-sos", hours="24/7"),), **changes)


def test_a_service_that_rests_says_so_and_offers_no_call(site: Site) -> None:
    client = site(always_open(status=RESTING, status_note="12月1日に再開します"))
    response = client.get("/services/minato-sos")
    page = read(response)
    assert response.status_code == 200
    assert "休止中" in page.text
    assert "12月1日に再開します" in page.text
    assert "tel:0300000001" not in page.links
    assert "03-0000-0001" not in page.text


def test_a_service_that_rests_is_listed_apart_and_never_open(site: Site) -> None:
    client = site(always_open(status=RESTING))
    page = read(client.get("/?area=141003"))
    assert "いまは休止中の窓口" in page.text
    assert "tel:0300000001" not in page.links
    found = client.get("/services.json?area=141003").get_json()["services"]
    (resting,) = [each for each in found if each["id"] == "minato-sos"]
    assert resting["state"] == "closed"
    assert resting["status"] == "temporarily closed"
    assert [(each["value"], each["href"]) for each in resting["channels"]] == [(None, None)]
    assert client.get("/services.json?area=141003&state=open").get_json()["total"] == 1


@pytest.mark.parametrize("path", ["/services.json", "/services.csv", "/services.geojson"])
def test_no_data_form_sends_anybody_to_a_service_that_rests(site: Site, path: str) -> None:
    text = site(always_open(status=RESTING)).get(f"{path}?area=141003").text
    assert "minato-sos" in text
    assert "temporarily closed" in text
    assert "03-0000-0001" not in text


def test_an_ended_service_is_gone_with_the_way_onward(site: Site) -> None:
    client = site(a_service(status=ENDED, status_note="2026年9月に終わりました"))
    response = client.get("/services/minato-sos")
    page = read(response)
    assert response.status_code == 410
    assert "2026年9月に終わりました" in page.text
    assert "/areas/141003" in page.links
    assert "03-0000-0001" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    ["/services.json?q=みなと", "/services.csv", "/services.geojson", "/sitemap.xml", "/?q=みなと"],
)
def test_an_ended_service_stands_in_no_list(site: Site, path: str) -> None:
    client = site(a_service(status=ENDED))
    assert "minato-sos" not in client.get(path).get_data(as_text=True)


def test_a_merged_service_leads_to_the_one_that_took_its_place(site: Site) -> None:
    client = site(a_service(status=ENDED, successor_id="sagami-night"))
    response = client.get("/services/minato-sos")
    assert (response.status_code, response.location) == (301, "/services/sagami-night")


def test_a_chain_of_merges_leads_to_its_end(site: Site) -> None:
    first = a_service(status=ENDED, successor_id="sagami-night")
    second = a_service("sagami-night", status=ENDED, successor_id="nihon-always")
    assert site(first, second).get("/services/minato-sos").location == "/services/nihon-always"


@pytest.mark.parametrize("successor", ["kakushi-line", "nobody", "minato-sos"])
def test_a_merge_never_leads_to_what_is_not_public(site: Site, successor: str) -> None:
    response = site(a_service(status=ENDED, successor_id=successor)).get("/services/minato-sos")
    assert response.status_code == 410
    assert successor == "minato-sos" or successor not in response.get_data(as_text=True)


def test_services_that_lead_to_each_other_end(site: Site) -> None:
    first = a_service(status=ENDED, successor_id="sagami-night")
    second = a_service("sagami-night", status=ENDED, successor_id="minato-sos")
    assert site(first, second).get("/services/minato-sos").status_code == 410


@pytest.mark.parametrize("status", list(ServiceStatus))
def test_a_service_on_hold_is_not_there_whatever_its_status(
    site: Site, status: ServiceStatus
) -> None:
    client = site(a_service(status=status, hold="理由", successor_id=None))
    assert client.get("/services/minato-sos").status_code == 404
