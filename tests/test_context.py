"""What a view is told of its request."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from sosdir import context, db
from sosdir.context.addresses import PARAMETERS, Address
from sosdir.forms.query import BadParametersError, QueryForm
from sosdir.models import DataPackage
from sosdir.schedules import TOKYO
from sosdir.search import public_ids
from sosdir.store import packages, services
from tests.cast import NOON, YOKOHAMA


def address(text: str) -> Address:
    """Return the address of what stands behind the question mark."""
    return Address.of(MultiDict(parse_qsl(text, keep_blank_values=True)))


@pytest.fixture
def request_context(shipped_home: Path, make_app: Callable[..., Flask]) -> Iterator[None]:
    with make_app(shipped_home).test_request_context("/"):
        yield


def test_every_parameter_of_the_form_has_its_place_in_an_address() -> None:
    assert set(PARAMETERS) == {field.name for field in QueryForm()}


def test_one_query_has_one_address() -> None:
    one = address("page=2&channel=phone&q=横浜&state=open&utm_source=x&area=")
    other = address("q=横浜&state=open&channel=phone,&page=2")
    assert one == other
    assert one.parameters == (
        ("q", "横浜"), ("channel", "phone"), ("state", "open"), ("page", "2"),
    )  # fmt: skip


def test_repeats_are_dropped_and_commas_part_choices() -> None:
    assert address("channel=line,phone&channel=line").parameters == (
        ("channel", "line"),
        ("channel", "phone"),
    )


def test_commas_do_not_part_words() -> None:
    assert address("offers=妊娠,出産&offers=育児").parameters == (
        ("offers", "妊娠,出産"),
        ("offers", "育児"),
    )


def test_of_a_parameter_with_one_value_the_first_counts_as_in_the_form() -> None:
    assert address("q=a&q=b&at=x&at=y").parameters == (("q", "a"), ("at", "x"))


def test_taking_a_value_out_takes_the_page_along() -> None:
    start = address("channel=line,phone&page=3")
    assert start.without("channel", "line").parameters == (("channel", "phone"),)
    assert start.without("channel").parameters == ()
    assert start.without("page").parameters == (("channel", "line"), ("channel", "phone"))


def test_adding_keeps_the_order_of_the_parameters() -> None:
    start = address("sort=near&page=2")
    assert start.adding("q", "横浜").parameters == (("q", "横浜"), ("sort", "near"))


def test_setting_puts_one_value_in_place_of_all() -> None:
    start = address("state=open,closed&q=a")
    assert start.setting("state", "unknown").parameters == (("q", "a"), ("state", "unknown"))


@pytest.mark.usefixtures("request_context")
def test_an_address_is_written_escaped_with_its_repeats() -> None:
    url = address("q=横浜 %26&channel=line,phone").url("home.home")
    assert url == "/?q=%E6%A8%AA%E6%B5%9C+%26&channel=line&channel=phone"


@pytest.mark.usefixtures("request_context")
def test_the_present_is_told_in_japan_and_stands_still_in_a_request() -> None:
    assert context.now() == NOON
    assert context.now().tzinfo is TOKYO


def test_the_clock_is_read_once_in_a_request(
    shipped_home: Path, make_app: Callable[..., Flask]
) -> None:
    ticks = iter([NOON, datetime(2027, 1, 1, tzinfo=TOKYO)])
    app = make_app(shipped_home)
    app.config["CLOCK"] = lambda: next(ticks)
    with app.test_request_context("/"):
        assert context.now() == context.now() == NOON
    with app.test_request_context("/"):
        assert context.now().year == 2027


def test_a_query_is_read_from_the_request(
    shipped_home: Path, make_app: Callable[..., Flask]
) -> None:
    with make_app(shipped_home).test_request_context(f"/?area={YOKOHAMA}&page=2"):
        query = context.query()
        assert (query.area, query.page, query.at) == (YOKOHAMA, 2, NOON)


@pytest.mark.parametrize("area", ["99", "999999"])
def test_an_area_that_does_not_exist_is_refused(
    shipped_home: Path, make_app: Callable[..., Flask], area: str
) -> None:
    app = make_app(shipped_home)
    with app.test_request_context(f"/?area={area}"), pytest.raises(BadParametersError) as caught:
        context.query()
    assert list(caught.value.reasons) == ["area"]


def test_the_whole_country_is_an_area(shipped_home: Path, make_app: Callable[..., Flask]) -> None:
    with make_app(shipped_home).test_request_context("/?area=00"):
        assert context.query().area == "00"


def test_the_places_are_read_once_until_they_change(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask], package: DataPackage
) -> None:
    home = cast_home()
    app = make_app(home)
    with app.test_request_context("/"):
        before = context.gazetteer()
    with app.test_request_context("/"):
        assert context.gazetteer() is before
    fewer = DataPackage((), (), package.municipalities[:1], (), (), package.outlines)
    writer = db.open_for_writing(home / "sosdir.db")
    packages.replace_all(writer, fewer)
    writer.close()
    with app.test_request_context("/"):
        assert context.gazetteer() is not before
        assert not context.gazetteer().exists(YOKOHAMA)


def test_services_are_told_with_their_whole_address(
    shipped_home: Path, make_app: Callable[..., Flask]
) -> None:
    with make_app(shipped_home).test_request_context("/", base_url="https://sos.example.jp"):
        presenter = context.presenter()
        assert presenter.service_url("a-b") == "https://sos.example.jp/services/a-b"
        assert presenter.now == NOON


def test_the_public_address_is_the_one_that_was_set_and_not_the_one_a_request_names(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
):
    app = make_app(cast_home(), url="https://sos.example.jp/")
    answer = app.test_client().get("/services.json", headers={"Host": "evil.example"})
    addresses = [service["url"] for service in answer.get_json()["services"]]
    assert addresses
    assert all(each.startswith("https://sos.example.jp/services/") for each in addresses)


def test_a_request_sees_one_version_of_the_data_whatever_is_written_meanwhile(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    home = cast_home()
    with make_app(home).test_request_context("/"):
        before = public_ids(db.current())
        with db.writing(home / "sosdir.db") as writer:
            services.remove(writer, before[0])
        assert public_ids(db.current()) == before
    with make_app(home).test_request_context("/"):
        assert before[0] not in public_ids(db.current())
