"""The data forms keep their contract: keys, types, instants, and one query one answer."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from sosdir.formats import CSV_COLUMNS, inert, problem
from sosdir.models import AnswersFor, Basis, ChannelKind, EvidenceLevel, Focus, State

TEXT = (str,)
OPTIONAL_TEXT = (str, type(None))

SERVICE: dict[str, tuple[type, ...]] = {
    "id": TEXT,
    "name": TEXT,
    "url": TEXT,
    "focus": TEXT,
    "answers_for": TEXT,
    "organization": OPTIONAL_TEXT,
    "service_areas": (list,),
    "service_area_basis": TEXT,
    "evidence": TEXT,
    "checked_on": OPTIONAL_TEXT,
    "source_year": (int, type(None)),
    "state": TEXT,
    "next_change": OPTIONAL_TEXT,
    "anonymous": (bool, type(None)),
    "fee": OPTIONAL_TEXT,
    "languages": (list,),
    "offers": (list,),
    "distance_km": (int, float, type(None)),
    "channels": (list,),
}
CHANNEL: dict[str, tuple[type, ...]] = {
    "kind": TEXT,
    "value": OPTIONAL_TEXT,
    "withheld": (bool,),
    "doubted": (bool,),
    "href": OPTIONAL_TEXT,
    "hours": OPTIONAL_TEXT,
    "hours_text": OPTIONAL_TEXT,
    "toll_free": (bool, type(None)),
    "languages": (list,),
    "caller_id": OPTIONAL_TEXT,
    "reply": OPTIONAL_TEXT,
    "state": TEXT,
    "next_change": OPTIONAL_TEXT,
}
# What the contract does not name but an answer may bear beside it.
BESIDE = {"confidentiality", "collected_on", "status", "website", "contact_missing"}
STATES = {str(state) for state in State}
QUERIES = (
    "",
    "q=横浜",
    "area=14",
    "area=14&sort=near",
    "channel=line&state=messages,open",
    "q=府中市",
    "q=妊娠&lang=英語",
    "anonymous=1&focus=pregnancy_sos",
    "at=2026-11-28T20:00",
    "q=zzzzzz",
)


def every_service(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    """Return the services of all pages of the JSON form."""
    found: list[dict[str, Any]] = []
    number, pages = 1, 1
    while number <= pages:
        answer = client.get(f"/services.json?{query}&page={number}").get_json()
        found += answer["services"]
        number, pages = number + 1, answer["pages"]
    return found


def table(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    """Return the rows of the CSV form."""
    text = client.get(f"/services.csv?{query}").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def features(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    """Return the features of the GeoJSON form."""
    answer = client.get(f"/services.geojson?{query}")
    return json.loads(answer.get_data())["features"]  # type: ignore[no-any-return]


def is_instant(text: str) -> bool:
    """Tell whether a text is an ISO 8601 instant of Japan with its zone."""
    return datetime.fromisoformat(text).utcoffset() == timedelta(hours=9)


def check(record: dict[str, Any], contract: dict[str, tuple[type, ...]], beside: set[str]) -> None:
    assert set(contract) <= set(record) <= set(contract) | beside
    for key, types in contract.items():
        assert isinstance(record[key], types), (key, record[key])


def test_the_answer_has_the_keys_of_the_contract(client: FlaskClient) -> None:
    answer = client.get("/services.json").get_json()
    assert list(answer) == [
        "at", "place", "places", "total", "page", "pages", "recognised", "facets", "services",
    ]  # fmt: skip
    assert answer["at"] == "2026-11-25T12:00:00+09:00"
    assert answer["place"] is None
    assert answer["places"] == []
    assert answer["page"] == 1
    assert answer["pages"] == -(-answer["total"] // 20)
    assert len(answer["services"]) == 20


@pytest.mark.parametrize("query", QUERIES)
def test_every_service_has_the_keys_and_types_of_the_contract(
    client: FlaskClient, query: str
) -> None:
    for service in every_service(client, query):
        check(service, SERVICE, BESIDE)
        assert service["url"] == f"http://localhost/services/{service['id']}"
        assert service["focus"] in set(Focus)
        assert service["answers_for"] in set(AnswersFor)
        assert service["service_area_basis"] in set(Basis)
        assert service["evidence"] in set(EvidenceLevel)
        assert service["state"] in STATES
        assert all(len(code) in {2, 6} for code in service["service_areas"])
        assert service["service_areas"]
        for channel in service["channels"]:
            check(channel, CHANNEL, set())
            assert channel["kind"] in set(ChannelKind)
            assert channel["state"] in STATES
        instants = [service["next_change"], *(each["next_change"] for each in service["channels"])]
        assert all(is_instant(text) for text in instants if text)


def test_something_changes_somewhere(client: FlaskClient) -> None:
    services = every_service(client, "")
    assert any(each["next_change"] for each in services)
    assert any(channel["next_change"] for each in services for channel in each["channels"])
    assert {each["state"] for each in services} == STATES


def test_a_place_is_told_by_code_name_and_prefecture(client: FlaskClient) -> None:
    answer = client.get("/services.json?q=よこはま").get_json()
    assert answer["place"] == {"code": "141003", "name": "横浜市", "prefecture": "神奈川県"}
    assert answer["places"] == []


def test_a_name_of_several_places_is_asked_back(client: FlaskClient) -> None:
    answer = client.get("/services.json?q=府中市").get_json()
    assert answer["place"] is None
    assert answer["places"] == [
        {"code": "132063", "name": "府中市", "prefecture": "東京都"},
        {"code": "342084", "name": "府中市", "prefecture": "広島県"},
    ]
    # Until it is known which, only what serves everyone is offered.
    assert answer["services"]
    assert {tuple(each["service_areas"]) for each in answer["services"]} == {("00",)}


def test_facets_carry_value_label_and_count(client: FlaskClient) -> None:
    facets = client.get("/services.json").get_json()["facets"]
    assert set(facets) == {"state", "channel", "need", "focus", "anonymous", "lang", "offers"}
    for values in facets.values():
        assert values
        for each in values:
            assert list(each) == ["value", "label", "count"]
            assert each["label"]
            assert each["count"] > 0


@pytest.mark.parametrize("name", ["state", "channel", "focus", "lang", "offers"])
def test_a_facet_leaves_as_many_as_it_counts(client: FlaskClient, name: str) -> None:
    facets = client.get("/services.json?area=13").get_json()["facets"]
    for each in facets[name][:4]:
        query = {"area": "13", name: each["value"]}
        assert client.get("/services.json", query_string=query).get_json()["total"] == each["count"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-11-28T20:00", "2026-11-28T20:00:00+09:00"),
        ("2026-11-28T20:00+09:00", "2026-11-28T20:00:00+09:00"),
        ("2026-11-28T20:00%2B09:00", "2026-11-28T20:00:00+09:00"),
        ("2026-11-28T11:00Z", "2026-11-28T20:00:00+09:00"),
        ("2026-11-28T06:00-05:00", "2026-11-28T20:00:00+09:00"),
    ],
)
def test_the_instant_asked_about_is_told_in_japan(
    client: FlaskClient, written: str, told: str
) -> None:
    assert client.get(f"/services.json?at={written}").get_json()["at"] == told


def test_the_instant_decides_who_answers(client: FlaskClient) -> None:
    noon = client.get("/services.json?state=open").get_json()["total"]
    night = client.get("/services.json?state=open&at=2026-11-26T03:00").get_json()["total"]
    assert noon > night > 0


@pytest.mark.parametrize("query", QUERIES)
def test_the_three_forms_hold_the_same_services(client: FlaskClient, query: str) -> None:
    by_json = [each["id"] for each in every_service(client, query)]
    assert by_json == [row["id"] for row in table(client, query)]
    assert by_json == [feature["id"] for feature in features(client, query)]
    assert len(by_json) == len(set(by_json))
    assert len(by_json) == client.get(f"/services.json?{query}").get_json()["total"]


def test_the_csv_opens_in_a_spreadsheet(client: FlaskClient) -> None:
    response = client.get("/services.csv")
    body = response.get_data()
    assert response.content_type == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    assert body.startswith(b"\xef\xbb\xbfid,name,")
    assert body.endswith(b"\r\n")
    assert body.count(b"\r\n") == body.count(b"\n")
    rows = table(client)
    assert tuple(rows[0]) == CSV_COLUMNS
    assert {len(row) for row in rows} == {len(CSV_COLUMNS)}


def test_the_csv_says_what_the_json_says(client: FlaskClient) -> None:
    by_id = {each["id"]: each for each in every_service(client, "")}
    for row in table(client):
        service = by_id[row["id"]]
        assert row["name"] == inert(service["name"])
        assert row["state"] == service["state"]
        assert row["next_change"] == (service["next_change"] or "")
        assert row["anonymous"] == {True: "true", False: "false", None: ""}[service["anonymous"]]
        phones = [each["value"] for each in service["channels"] if each["kind"] == "phone"]
        assert row["phone"] == inert(" ".join(filter(None, phones)))
        assert row["withheld"] == ("true" if service["evidence"] == "unconfirmed" else "false")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x"]
)
def test_a_cell_that_begins_like_a_formula_is_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "03-0000-0001", "a=1", "横浜市", "'a"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert inert(cell) == cell


def test_the_geojson_is_valid(client: FlaskClient) -> None:
    response = client.get("/services.geojson")
    assert response.content_type == "application/geo+json"
    collection = json.loads(response.get_data())
    assert collection["type"] == "FeatureCollection"
    points = 0
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["properties"]["name"]
        if feature["geometry"] is None:
            continue
        points += 1
        longitude, latitude = feature["geometry"]["coordinates"]
        assert feature["geometry"]["type"] == "Point"
        assert 122 < longitude < 154
        assert 20 < latitude < 46
        assert feature["properties"]["position_precision"] in {"address", "municipality"}
    assert points > 10


def test_other_systems_may_read_the_data(client: FlaskClient) -> None:
    for path in ("/services.json", "/services.geojson", "/services.csv"):
        assert client.get(path).headers.get("Access-Control-Allow-Origin") == "*", path


def test_days_are_dates(client: FlaskClient) -> None:
    for service in every_service(client, ""):
        assert date.fromisoformat(service["collected_on"])
        assert service["checked_on"] is None or date.fromisoformat(service["checked_on"])


def test_the_distance_is_told_where_both_places_are_known(client: FlaskClient) -> None:
    distances = [each["distance_km"] for each in every_service(client, "area=141003")]
    assert any(distance is not None for distance in distances)
    assert all(distance is None or 0 <= distance < 2000 for distance in distances)
    assert all(each["distance_km"] is None for each in every_service(client, ""))


def test_a_problem_names_title_status_and_parameters() -> None:
    assert problem(400, "読めません。", {"at": "日時ではありません。"}) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "読めません。",
        "invalid_params": [{"name": "at", "reason": "日時ではありません。"}],
    }


def test_a_distance_is_asked_from_the_cast_too(cast_client: FlaskClient) -> None:
    (first, *_) = cast_client.get("/services.json?q=横浜").get_json()["services"]
    assert first["id"] == "minato-sos"
    assert 0 <= first["distance_km"] < 2
    assert first["state"] == "open"
    assert first["next_change"] == "2026-11-25T16:00:00+09:00"
