"""Organizations: found, narrowed, and shown with what the sources say of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir.models import Organization
from tests.cast import HARBOUR, a_service
from tests.reading import Page, read
from tests.test_hostile_parameters import WICKED

HIDDEN = Organization("kakushi-kai", "かくしの会")


def page_of(client: FlaskClient, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200
    return read(response)


def test_all_who_run_or_commission_a_line_are_listed(client: FlaskClient) -> None:
    page = page_of(client, "/organizations")
    assert "窓口を運営・委託している団体" in page.text
    assert "/organizations/piccolare" in [
        *page.links, *page_of(client, "/organizations?page=2").links,
        *page_of(client, "/organizations?page=3").links,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("q=ピッコラーレ", "piccolare", "tochigi-ken"),
        ("area=09", "tochigi-josanshikai", "piccolare"),
        ("area=09&role=commissions", "tochigi-ken", "tochigi-josanshikai"),
        ("area=14&role=both", "kanagawa-none", "piccolare"),
        ("area=00&role=runs", "aiikukai", "kumamoto-ken"),
    ],
)
def test_the_list_is_narrowed(client: FlaskClient, query: str, there: str, absent: str) -> None:
    links = page_of(client, f"/organizations?{query}").links
    assert (f"/organizations/{there}" in links) is (there != "kanagawa-none")
    assert f"/organizations/{absent}" not in links


@pytest.mark.parametrize("query", ["area=99", "role=owns", "page=0", "page=99", "area=141003"])
def test_what_cannot_be_asked_is_said(client: FlaskClient, query: str) -> None:
    assert client.get(f"/organizations?{query}").status_code == 400


@pytest.mark.parametrize("value", WICKED)
def test_whatever_is_asked_is_answered(client: FlaskClient, value: str) -> None:
    for name in ("q", "area", "role", "page"):
        assert client.get(f"/organizations?{name}={value}").status_code in (200, 400, 414)
    for path in ("/programs", "/areas/28/partners", "/areas/28/partners.svg"):
        assert client.get(f"{path}?page={value}").status_code in (200, 400, 414)


def test_a_list_in_pages_keeps_what_was_asked(client: FlaskClient) -> None:
    links = page_of(client, "/organizations?role=runs").links
    assert "/organizations?role=runs&page=2" in links


def test_an_organization_is_shown_with_what_it_runs_for_whom_and_by_which_page(
    client: FlaskClient,
) -> None:
    page = page_of(client, "/organizations/chiisana-inochi-no-door")
    for words in ("小さないのちのドア", "兵庫県", "神戸市", "マナ助産院", "若年妊婦等支援事業"):
        assert words in page.text
    assert {"/organizations/kobe-shi", "/services/chiisana-inochi-no-door"} <= set(page.links)
    assert "/programs/jakunen-ninpu-to-shien" in page.links
    assert any(link.startswith("https://door.or.jp") for link in page.links)


def test_a_commissioner_leads_to_whom_it_commissions(client: FlaskClient) -> None:
    page = page_of(client, "/organizations/kawasaki-shi")
    assert "委託している窓口(2件)" in page.text
    assert "運営している窓口" not in page.text
    assert {"/organizations/wellbe-sakura", "/organizations/kawasaki-josanshikai"} <= set(
        page.links
    )


def test_a_service_leads_to_its_bodies_and_programmes(client: FlaskClient) -> None:
    links = page_of(client, "/services/chiisana-inochi-no-door").links
    assert {
        "/organizations/chiisana-inochi-no-door",
        "/organizations/hyogo-ken",
        "/programs/jakunen-ninpu-to-shien",
    } <= set(links)


def test_an_organization_known_only_by_a_held_line_is_not_known(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    held = a_service("kakushi-line", hold="公開しない理由", organization=HIDDEN)
    client = make_app(cast_home(a_service(), held)).test_client()
    assert client.get("/organizations/kakushi-kai").status_code == 404
    assert HIDDEN.name not in client.get("/organizations").text
    assert client.get("/organizations/nobody").status_code == 404


def test_an_organization_of_many_lines_is_shown_in_pages(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    lines = [
        replace(a_service(f"line-{number:02}", organization=HARBOUR), channels=())
        for number in range(45)
    ]
    client = make_app(cast_home(*lines)).test_client()
    first = page_of(client, f"/organizations/{HARBOUR.id}")
    assert "運営している窓口(45件)" in first.text
    found = [
        link
        for number in (1, 2, 3)
        for link in page_of(client, f"/organizations/{HARBOUR.id}?page={number}").links
        if link.startswith("/services/")
    ]
    assert sorted(found) == [f"/services/line-{number:02}" for number in range(45)]
    assert client.get(f"/organizations/{HARBOUR.id}?page=4").status_code == 400


def test_a_change_is_seen_at_once(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    from sosdir import db
    from sosdir.store import services

    home = cast_home(a_service())
    client = make_app(home).test_client()
    assert client.get(f"/organizations/{HARBOUR.id}").status_code == 404
    with db.changing(home / "sosdir.db") as database:
        services.save(database, a_service(organization=HARBOUR))
    assert client.get(f"/organizations/{HARBOUR.id}").status_code == 200
