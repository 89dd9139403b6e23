"""The form is answered while it is typed: numbers, hours, names of bodies and areas."""

from collections.abc import Callable
from typing import Any

import pytest

from sosdir.models import DataPackage
from tests.admins import AdminClient

Enter = Callable[..., AdminClient]


def checked(client: AdminClient, **told: Any) -> dict[str, Any]:
    """Ask about one channel as typed."""
    answer: dict[str, Any] = client.post("/admin/checks/channel", json=told).get_json()
    return answer


def test_a_number_is_told_in_its_normal_form_with_its_link(admin: Enter) -> None:
    value = checked(admin(), kind="phone", value="０３－１２３４－５６７８")["value"]
    assert value == {"normal": "03-1234-5678", "href": "tel:0312345678", "error": None}


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", "12"), ("email", "nobody"), ("web_form", "javascript:alert(1)")]
)
def test_what_is_no_number_or_address_is_told(admin: Enter, kind: str, value: str) -> None:
    answer = checked(admin(), kind=kind, value=value)["value"]
    assert answer["error"]
    assert answer["href"] is None


def test_a_retired_number_is_told(admin: Enter, package: DataPackage) -> None:
    number = package.retired_numbers[0].number
    assert "使ってはならない" in checked(admin(), kind="phone", value=number)["value"]["error"]


def test_hours_are_told_with_the_coming_week_beside_the_operators_words(admin: Enter) -> None:
    hours = checked(admin(), kind="phone", hours="mo-fr 10:00~16:00", words="<b>平日</b>")["hours"]
    assert hours["normal"] == "Mo-Fr 10:00-16:00"
    assert "11月25日" in hours["week"]
    assert "&lt;b&gt;平日&lt;/b&gt;" in hours["week"]


def test_a_fault_in_hours_is_told_with_its_place(admin: Enter) -> None:
    hours = checked(admin(), kind="phone", hours="Mo-Fr 10時から")["hours"]
    assert "文字目" in hours["error"]
    assert hours["week"] is None


@pytest.mark.parametrize("told", [{}, {"kind": 3, "value": None, "hours": []}, {"value": "x"}])
def test_what_says_nothing_is_answered(admin: Enter, told: dict[str, Any]) -> None:
    assert set(checked(admin(), **told)) == {"value", "hours"}


@pytest.mark.parametrize("body", [[], "text", 7, None])
def test_what_is_no_object_is_answered(admin: Enter, body: Any) -> None:
    assert admin().post("/admin/checks/channel", json=body).status_code == 200


def test_bodies_and_areas_are_suggested(admin: Enter) -> None:
    client = admin()
    bodies = client.get("/admin/organizations.json?q=みなと").get_json()
    assert bodies == [{"id": "minato", "name": "NPO法人みなと"}]
    areas = client.get("/admin/areas.json?q=横浜").get_json()
    assert {"code": "141003", "name": "神奈川県横浜市"} in areas
    for path in ("/admin/organizations.json", "/admin/areas.json"):
        assert client.get(path).get_json() == []
