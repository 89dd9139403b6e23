"""The HSDS API as its clients use it: pages, filters, copies kept up to date, refusals."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any
from uuid import UUID, uuid5

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sosdir import db
from sosdir.models import Basis, ChannelKind, DataPackage, EvidenceLevel, Service, ServiceStatus
from sosdir.publishing import check, keep_history_of_load, publish, save_draft, undo
from sosdir.reports import Answer, Message, Reply, Subject
from sosdir.revising import Action, Author, Reason
from sosdir.schedules import TOKYO
from sosdir.store import reports, revisions, services
from tests.cast import CITY, HARBOUR, NOON, a_channel, a_service, an_importable_service, the_cast
from tests.hsds.standard import faults
from tests.reading import read

API = "/api/hsds"
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
AUTHOR = Author(None, "見本 担当")
Site = Callable[..., FlaskClient]


def made(kind: str, key: str) -> str:
    """Return a UUID as the profile says that it is made."""
    return str(uuid5(UUID("5d3f5a0e-6a53-5b0c-9a5e-0c9b7f4d8e21"), f"{kind}/{key}"))


@pytest.fixture
def site(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> Site:
    """Give a maker of sites with the cast, in which some services are as told."""

    def make(*told: Service, at: datetime = NOON) -> FlaskClient:
        others = [each for each in the_cast() if each.id not in {one.id for one in told}]
        return make_app(cast_home(*told, *others), at).test_client()

    return make


def contents(client: FlaskClient, path: str, **parameters: Any) -> list[dict[str, Any]]:
    response = client.get(f"{API}/{path}", query_string={"per_page": 500, **parameters})
    assert response.status_code == 200, response.get_data(as_text=True)
    found: list[dict[str, Any]] = response.get_json()["contents"]
    return found


def slugs(client: FlaskClient, **parameters: Any) -> list[str]:
    return [each["slug"] for each in contents(client, "services", **parameters)]


def one(client: FlaskClient, key: str) -> dict[str, Any]:
    response = client.get(f"{API}/services/{made('service', key)}")
    assert response.status_code == 200
    told: dict[str, Any] = response.get_json()
    assert faults("service", told) == []
    return told


# What the API says of itself


def test_the_root_says_what_this_is_and_its_addresses_answer(client: FlaskClient) -> None:
    told = client.get(f"{API}/").get_json()
    assert told["version"] == "3.1"
    assert told["publisher"]["name"]
    for name in ("profile", "openapi_url", "documentation"):
        assert client.get(told[name].removeprefix("http://localhost")).status_code == 200


def test_the_addresses_of_the_public_site_stand_in_the_answers(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    client = make_app(cast_home(), url="https://sos.example.jp").test_client()
    assert client.get(f"{API}/").get_json()["openapi_url"].startswith("https://sos.example.jp/api")
    assert one(client, "minato-sos")["page"] == "https://sos.example.jp/services/minato-sos"


@pytest.mark.parametrize("path", [*LISTS, "", "openapi.json", "profile.json", "services/x"])
def test_any_site_may_read_it_and_no_cookie_is_set(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{API}/{path}")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    assert client.head(f"{API}/{path}").status_code == answer.status_code


def test_the_profile_declares_a_patch_for_each_schema(client: FlaskClient) -> None:
    told = client.get(f"{API}/profile.json").get_json()
    assert told["identifier_namespace"] == "5d3f5a0e-6a53-5b0c-9a5e-0c9b7f4d8e21"
    assert "channels" in told["schemas"]["service.json"]["properties"]
    page = client.get("/developers/profile").get_data(as_text=True)
    for patch in told["schemas"].values():
        assert all(f"<code>{name}</code>" in page for name in patch["properties"])


def test_a_figure_is_declared_with_its_sources(client: FlaskClient) -> None:
    profile = client.get(f"{API}/profile.json").get_json()["objects"]["Figure"]
    document = client.get(f"{API}/openapi.json").get_json()["components"]["schemas"]["Figure"]
    for told in (profile, document):
        assert told["properties"]["source_ids"] == {"type": "array", "items": {"type": "string"}}


def test_the_page_of_documentation_tells_of_every_parameter(client: FlaskClient) -> None:
    page = client.get("/developers").get_data(as_text=True)
    document = client.get(f"{API}/openapi.json").get_json()
    for path, operations in document["paths"].items():
        assert path == "/" or f"<code>{path}</code>" in page
        for parameter in operations["get"].get("parameters", ()):
            assert parameter["in"] == "path" or f"<code>{parameter['name']}</code>" in page


@pytest.mark.parametrize("page", ["/developers", "/en/developers", "/zh/developers/profile"])
def test_in_every_language_the_pages_lead_to_the_one_api(client: FlaskClient, page: str) -> None:
    links = [each for each in read(client.get(page)).links if "/api/hsds" in each]
    assert links
    for each in links:
        assert client.get(each.removeprefix("http://localhost")).status_code == 200, each


# Paging


def walk(client: FlaskClient, name: str, per_page: int) -> Iterator[dict[str, Any]]:
    """Page through a list as a client would that knows nothing but the envelope."""
    number, last = 1, False
    while not last:
        page = client.get(f"{API}/{name}?page={number}&per_page={per_page}").get_json()
        assert page["size"] == len(page["contents"])
        assert page["page_number"] == number
        assert page["first_page"] == (number == 1)
        assert page["empty"] == (page["contents"] == [])
        yield from page["contents"]
        number, last = number + 1, page["last_page"]


@pytest.mark.parametrize("per_page", [1, 7, 50, 108, 500])
def test_paging_finds_each_service_once(
    client: FlaskClient, package: DataPackage, per_page: int
) -> None:
    found = [each["slug"] for each in walk(client, "services", per_page)]
    public = [each.id for each in package.services if not each.hold]
    assert sorted(found) == sorted(public)


@pytest.mark.parametrize("name", LISTS)
def test_lines_hold_what_the_pages_hold(client: FlaskClient, name: str) -> None:
    answer = client.get(f"{API}/{name}?format=ndjson&page=2&per_page=1")
    assert answer.content_type.startswith("application/x-ndjson")
    lines = answer.get_data(as_text=True).splitlines()
    assert [json.loads(line) for line in lines] == list(walk(client, name, 40))


def test_a_page_past_the_last_is_empty(client: FlaskClient) -> None:
    page = client.get(f"{API}/services?page=1000").get_json()
    assert (page["empty"], page["last_page"], page["first_page"]) == (True, True, False)
    assert page["total_items"] == 108


# Finding


def test_search_is_that_of_the_site(client: FlaskClient) -> None:
    found = slugs(client, search="横浜 夜 LINE")
    there = client.get("/services.json?q=横浜 夜 LINE").get_json()
    assert found == sorted(each["id"] for each in there["services"])


@pytest.mark.parametrize("parameters", [{"area_code": "13"}, {"search": "東京"}])
@pytest.mark.parametrize("name", ["services", "service_at_locations"])
def test_paging_is_steady_whoever_is_open(
    shipped_home: Path, make_app: Callable[..., Flask], name: str, parameters: dict[str, str]
) -> None:
    by_day, by_night = (
        [
            each["id"]
            for each in contents(make_app(shipped_home, at).test_client(), name, **parameters)
        ]
        for at in (NOON.replace(hour=11), NOON.replace(hour=23, minute=30))
    )
    assert len(by_day) > 1
    assert by_day == by_night


def test_a_place_is_asked_by_its_code(client: FlaskClient) -> None:
    found = slugs(client, area_code="141003")
    there = client.get("/services.json?area=141003").get_json()
    assert len(found) == there["total"]
    assert "ninshin-sos-yokohama" in found
    nowhere = client.get(f"{API}/services?area_code=999999")
    assert nowhere.status_code == 404
    assert "999999" in nowhere.get_json(force=True)["detail"]


def test_terms_and_taxonomies_filter(client: FlaskClient) -> None:
    (line,) = [each for each in contents(client, "taxonomy_terms") if each["code"] == "line"]
    found = contents(client, "services", full="true", taxonomy_term_id=line["id"])
    by_hand = [
        each["slug"]
        for each in contents(client, "services", full="true")
        if any(way["kind"] == "line" for way in each.get("channels", ()))
    ]
    assert [each["slug"] for each in found] == by_hand
    assert len(slugs(client, taxonomy_id=line["taxonomy_id"])) > len(found)
    terms = contents(client, "taxonomy_terms", taxonomy_id=line["taxonomy_id"])
    assert {each["code"] for each in terms} == {str(each) for each in ChannelKind}


def test_an_organization_filters_its_services(client: FlaskClient) -> None:
    for each in contents(client, "organizations", full="true")[:20]:
        run = [service["id"] for service in each.get("services", ())]
        found = contents(client, "services", organization_id=each["id"])
        assert [service["id"] for service in found] == run


def test_an_unknown_id_filters_everything_out(client: FlaskClient) -> None:
    nobody = "00000000-0000-0000-0000-000000000000"
    for name in ("taxonomy_term_id", "taxonomy_id", "organization_id"):
        assert slugs(client, **{name: nobody}) == []


# Refusals


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("page=0", "page"),
        ("page=1.5", "page"),
        ("page=10000000000000000000000", "page"),
        ("page=%D9%A1", "page"),
        ("per_page=501", "per_page"),
        ("per_page=", "per_page"),
        ("format=xml", "format"),
        ("full=1", "full"),
        ("minimal=TRUE", "minimal"),
        ("taxonomy_term_id=line", "taxonomy_term_id"),
        ("organization_id={5d3f5a0e-6a53-5b0c-9a5e-0c9b7f4d8e21}", "organization_id"),
        ("modified_after=yesterday", "modified_after"),
        ("modified_after=2026-02-30T00:00:00Z", "modified_after"),
        ("area_code=1", "area_code"),
        ("search=" + "a" * 201, "search"),
        ("search=a&search=b", "search"),
        ("postcode=2310005", "postcode"),
        ("proximity=1000", "proximity"),
        ("nonsense=1", "nonsense"),
        ("%00=1", "\ufffd"),
    ],
)
def test_a_bad_parameter_is_refused_by_name_and_reason(
    client: FlaskClient, query: str, name: str
) -> None:
    answer = client.get(f"{API}/services?{query}")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json(force=True)
    assert [each["name"] for each in problem["invalid_params"]] == [name]
    assert problem["invalid_params"][0]["reason"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_what_cannot_be_answered_says_why(client: FlaskClient) -> None:
    for name in ("postcode", "proximity"):
        problem = client.get(f"{API}/service_at_locations?{name}=1").get_json(force=True)
        assert "area_code" in problem["invalid_params"][0]["reason"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("key", ["00000000-0000-0000-0000-000000000000", "x", "%00", "あ" * 300])
def test_an_unknown_id_is_not_found(client: FlaskClient, name: str, key: str) -> None:
    answer = client.get(f"{API}/{name}/{key}")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_nothing_can_be_written(client: FlaskClient) -> None:
    answer = client.post(f"{API}/services")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


# Who is told, and how


def test_a_service_on_hold_is_nowhere(cast_client: FlaskClient) -> None:
    key = made("service", "kakushi-line")
    assert "kakushi-line" not in slugs(cast_client)
    assert cast_client.get(f"{API}/services/{key}").status_code == 404
    everywhere = cast_client.get(f"{API}/services?format=ndjson&full=true").get_data(as_text=True)
    assert "ひみつ" not in everywhere
    assert key not in everywhere


def test_a_withheld_service_is_told_by_name_alone(site: Site) -> None:
    unsure = an_importable_service(
        evidence=EvidenceLevel.UNCONFIRMED, website="https://example.jp/minato"
    )
    told = one(site(unsure), "minato-sos")
    assert told["contact_withheld"] is True
    assert told["name"] == "みなとSOS"
    assert {"phones", "schedules", "email", "additional_urls", "service_at_locations"}.isdisjoint(
        told
    )
    assert {key for way in told["channels"] for key in way} <= {"id", "kind", "label", "source_ids"}


def test_a_service_that_rests_sends_nobody_there(site: Site) -> None:
    rests = a_service(status=ServiceStatus.TEMPORARILY_CLOSED, status_note="12月に再開します")
    told = one(site(rests), "minato-sos")
    assert told["status"] == "temporarily closed"
    assert told["alert"] == "12月に再開します"
    assert "phones" not in told
    assert "schedules" not in told


def test_a_service_that_has_ended_leads_on_or_is_gone(site: Site) -> None:
    ended = a_service(status=ServiceStatus.DEFUNCT)
    merged = a_service("hama-sos", status=ServiceStatus.DEFUNCT, successor_id="sagami-night")
    client = site(ended, merged)
    assert client.get(f"{API}/services/{made('service', 'minato-sos')}").status_code == 410
    answer = client.get(f"{API}/services/{made('service', 'hama-sos')}")
    assert answer.status_code == 301
    assert client.get(answer.location).get_json()["slug"] == "sagami-night"
    assert not {"minato-sos", "hama-sos"} & set(slugs(client))


def test_a_service_with_every_fact_is_told_whole_and_by_the_standard(site: Site) -> None:
    everything = an_importable_service(service_area_basis=Basis.PRESUMED)
    told = one(site(everything), "minato-sos")
    assert told["assured_date"] == "2026-11-24"
    assert [each["source"] for each in told["funding"]] == ["NPO法人みなと", "見本事業"]
    assert told["program"]["name"] == "見本事業"
    assert told["email"] == "soudan@example.jp"
    assert [each["code"] for each in told["languages"]] == ["ja", "en"]
    assert told["contacts"] == [
        {
            "id": made("contact", "minato-sos"),
            "service_id": told["id"],
            "department": "見本課",
        }
    ]
    (phone,) = told["phones"]
    assert (phone["number"], phone["type"], phone["description"]) == ("189", "voice", "見本")
    assert told["cost_options"][0]["amount"] == 0
    assert told["service_at_locations"][0]["location"]["addresses"][0]["city"] == "横浜市"
    assert told["service_areas"][0]["basis"] == "presumed"
    (figure,) = told["statistics"]
    assert figure["value"] == 120
    assert figure["source_ids"] == ["minato-sos-s1"]
    assert set(figure["source_ids"]) <= {each["id"] for each in told["sources"]}
    assert "管理者" not in json.dumps(told, ensure_ascii=False)


def test_a_city_that_runs_its_line_itself_commissions_nobody(site: Site) -> None:
    own = an_importable_service(commissioners=(CITY, HARBOUR))
    client = site(own)
    told = one(client, "minato-sos")
    assert [each["source"] for each in told["funding"]] == ["NPO法人みなと", "見本事業"]
    bodies = {each["name"]: each for each in contents(client, "organizations", full="true")}
    run = {each["name"] for each in bodies[CITY.name]["services"]}
    assert "みなとSOS" in run
    assert "commissions" not in bodies[CITY.name]
    assert [each["name"] for each in bodies[HARBOUR.name]["commissions"]] == ["みなとSOS"]


def test_wordings_of_one_programme_are_one_programme(site: Site) -> None:
    worded = {
        "minato-sos": ("女性健康支援センター",),
        "hama-sos": ("女性健康支援センター（女性健康相談窓口）",),
        "sagami-night": ("女性健康支援センター", "女性健康支援センター事業"),
    }
    client = site(*(a_service(key, programs=told) for key, told in worded.items()))
    answers = [one(client, key) for key in worded]
    assert {each["program_id"] for each in answers} == {made("program", "josei-kenko-shien-center")}
    (program,) = {tuple(each["program"].values()) for each in answers}
    assert "女性健康支援センター事業" in program
    assert [tuple(each["programs"]) for each in answers] == list(worded.values())
    sources = [tuple(paying["source"] for paying in each["funding"]) for each in answers]
    assert sources == list(worded.values())


def test_several_programmes_are_no_single_one(site: Site) -> None:
    told = one(site(a_service(programs=("見本事業", "別の見本事業"))), "minato-sos")
    assert {"program", "program_id"}.isdisjoint(told)
    assert told["programs"] == ["見本事業", "別の見本事業"]


def test_hours_are_told_as_rrule_as_expression_and_in_the_operators_words(site: Site) -> None:
    channels = (
        a_channel("minato-sos", 1, hours="Mo-Fr 10:00-12:00,13:00-16:00; PH off"),
        a_channel("minato-sos", 2, ChannelKind.FAX, hours="Sa[2] 22:00-02:00", hours_text=None),
        a_channel("minato-sos", 3, ChannelKind.CHAT, None, "Mo-Fr 10:00+", "10時から"),
    )
    first, second, fax, chat = one(site(a_service(channels=channels)), "minato-sos")["schedules"]
    assert (first["byday"], first["opens_at"], first["closes_at"]) == (
        "MO,TU,WE,TH,FR",
        "10:00+09:00",
        "12:00+09:00",
    )
    assert first["public_holidays"] == "closed"
    assert first["description"] == second["description"] == "Mo-Fr 10:00-12:00,13:00-16:00; PH off"
    assert first["channel_id"] == "minato-sos-1"
    assert (fax["freq"], fax["byday"], fax["closes_at"]) == ("MONTHLY", "2SA", "02:00+09:00")
    assert "freq" not in chat
    assert (chat["description"], chat["notes"]) == ("Mo-Fr 10:00+", "10時から")


def test_the_turn_of_the_year_is_called_unknown_where_only_words_except_it(site: Site) -> None:
    words = a_channel("minato-sos", hours="Mo-Fr 10:00-16:00; PH off", hours_text="年末年始は休み")
    told = one(site(a_service(channels=(words,))), "minato-sos")
    assert told["schedules"][0]["year_end"] == "unknown"


# A copy kept up to date


@pytest.fixture
def living(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> Callable[[], tuple[Path, FlaskClient]]:
    """Give a site whose database is changed while it serves, on the next day."""

    def make() -> tuple[Path, FlaskClient]:
        home = cast_home(an_importable_service(), *the_cast()[1:])
        return home / "sosdir.db", make_app(home, NOON + timedelta(days=1)).test_client()

    return make


def since(client: FlaskClient, at: datetime) -> list[dict[str, Any]]:
    return contents(client, "services", full="true", modified_after=at.isoformat())


def publish_at(path: Path, at: datetime, **changes: Any) -> None:
    with db.changing(path) as database:
        stored = services.get(database, "minato-sos")
        opened = revisions.newest_number(database, "minato-sos") or 0
        publish(database, replace(stored, **changes), opened, AUTHOR, Reason(), at)


def test_nothing_has_changed_since_the_newest_change_but_that(living: Any) -> None:
    _, client = living()
    assert len(since(client, datetime(2026, 11, 23, tzinfo=TOKYO))) == len(slugs(client))
    assert since(client, NOON) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "みなと新SOS"},
        {"channels": (a_channel("minato-sos", value="#8000"),)},
        {"hold": "確かめている"},
        {"status": ServiceStatus.TEMPORARILY_CLOSED},
        {"editor_note": "覚え書き"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_modified_after_catches_what_was_published(living: Any, changes: dict[str, Any]) -> None:
    path, client = living()
    publish_at(path, NOON, **changes)
    found = [each["slug"] for each in since(client, NOON)]
    # One that is put on hold is gone from every list, and must not be told by its absence's hour.
    assert found == ([] if "hold" in changes else ["minato-sos"])
    assert ("minato-sos" in slugs(client)) == ("hold" not in changes)
    assert since(client, NOON + timedelta(seconds=1)) == []


def test_modified_after_catches_what_comes_off_hold(living: Any) -> None:
    path, client = living()
    publish_at(path, NOON - timedelta(days=1), hold="確かめている")
    publish_at(path, NOON, hold=None)
    assert [each["slug"] for each in since(client, NOON)] == ["minato-sos"]


def test_modified_after_tells_of_a_service_that_has_ended_and_of_nothing_to_call(
    living: Any,
) -> None:
    path, client = living()
    publish_at(path, NOON, status=ServiceStatus.DEFUNCT, status_note="役目を終えました")
    for parameters in ({}, {"full": "true"}, {"area_code": "01"}):
        (told,) = contents(client, "services", modified_after=NOON.isoformat(), **parameters)
        assert faults("service", told) == []
        assert (told["status"], told["alert"]) == ("defunct", "役目を終えました")
        assert {"phones", "url", "schedules", "channels", "organization"}.isdisjoint(told)
    assert "minato-sos" not in slugs(client)


def test_a_draft_is_no_change_though_history_begins_with_it(living: Any) -> None:
    path, client = living()
    with db.changing(path) as database:
        stored = services.get(database, "minato-sos")
        save_draft(database, replace(stored, name="下書き"), 0, AUTHOR, Reason(), NOON)
    assert since(client, NOON) == []


def test_modified_after_catches_a_check_and_the_way_back(living: Any) -> None:
    path, client = living()
    with db.changing(path) as database:
        check(database, "minato-sos", Action.CHECKED_BY_PHONE, AUTHOR, NOON)
    (told,) = since(client, NOON)
    assert told["assured_date"] == "2026-11-25"
    assert faults("service", told) == []
    later = NOON + timedelta(hours=2)
    with db.changing(path) as database:
        made_by_check = revisions.newest_number(database, "minato-sos") or 0
        undo(database, made_by_check, AUTHOR, later)
    assert [each["slug"] for each in since(client, later)] == ["minato-sos"]


def test_modified_after_catches_the_new_name_of_an_organization(living: Any) -> None:
    path, client = living()
    publish_at(path, NOON, organization=replace(CITY, name="新横浜市"))
    found = {each["slug"] for each in since(client, NOON)}
    renamed = {
        each["slug"]
        for each in contents(client, "services")
        if each.get("organization", {}).get("name") == "新横浜市"
    }
    assert found == renamed
    assert len(found) > 1


def test_modified_after_catches_a_doubt_and_its_answer(living: Any) -> None:
    path, client = living()
    message = Message("minato-sos", "minato-sos-1", Subject.NUMBER, None, None)
    with db.changing(path) as database:
        number = reports.add(database, message, NOON).id
    (told,) = since(client, NOON)
    assert told["phones"][0]["doubted"] is True
    assert faults("service", told) == []
    later = NOON + timedelta(hours=2)
    with db.changing(path) as database:
        reports.answer(database, number, Reply(Answer.NOTHING_WRONG, None, later, "見本"))
    (told,) = since(client, later)
    assert "doubted" not in told["phones"][0]


def test_modified_after_catches_what_a_load_brings_and_changes(
    living: Any, package: DataPackage
) -> None:
    path, client = living()
    changed = an_importable_service(name="みなと新SOS")
    new = an_importable_service("atarashii-sos", collected_on=date(2026, 1, 1))
    with db.changing(path) as database:
        before = {each.id: each for each in services.everything(database)}
        for each in (changed, new):
            services.save(database, each)
        keep_history_of_load(database, before, AUTHOR, NOON)
    assert [each["slug"] for each in since(client, NOON)] == ["atarashii-sos", "minato-sos"]


def test_modified_after_catches_a_report_that_grows_too_old(site: Site) -> None:
    reported = a_service(evidence=EvidenceLevel.REPORTED, newest_source_year=2021)
    new_year = datetime(2027, 1, 1, tzinfo=TOKYO)
    (told,) = since(site(reported, at=new_year + timedelta(hours=9)), new_year)
    assert told["slug"] == "minato-sos"
    assert told["contact_withheld"] is True
    assert told["last_modified"] == "2027-01-01T00:00:00+09:00"


def test_the_newest_last_modified_is_where_to_go_on(living: Any) -> None:
    path, client = living()
    publish_at(path, NOON + timedelta(microseconds=123456), name="みなと新SOS")
    newest = max(each["last_modified"] for each in contents(client, "services"))
    minimal = client.get(f"{API}/services", query_string={"minimal": "true"}).get_json()
    assert newest == max(each["modified_date"] for each in minimal["contents"])
    again = contents(client, "services", modified_after=newest)
    assert [each["slug"] for each in again] == ["minato-sos"]


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-25T12:00:00%2B09:00",
        "2026-11-25T12:00:00+09:00",
        "2026-11-25T03:00:00Z",
        "2026-11-25t03:00:00.000z",
        "2026-11-25T12:00:00",
        "2026-11-25",
        "0001-01-01T00:00:00%2B14:00",
    ],
)
def test_an_instant_may_be_written_in_many_ways(living: Any, written: str) -> None:
    path, client = living()
    publish_at(path, NOON, name="みなと新SOS")
    found = client.get(f"{API}/services?modified_after={written}").get_json()["contents"]
    assert "minato-sos" in [each["slug"] for each in found]
    assert written.startswith("0001") == (len(found) > 1)


def test_metadata_tells_what_changed_and_no_old_number(living: Any) -> None:
    path, client = living()
    old = a_channel("minato-sos", value="#8103")
    publish_at(path, NOON - timedelta(days=1), channels=(old,))
    publish_at(path, NOON, channels=(replace(old, value="#8000"),), name="みなと新SOS")
    told = one(client, "minato-sos")
    assert ("name", "みなと新SOS") in [
        (each["field_name"], each["replacement_value"]) for each in told["metadata"]
    ]
    assert "#8103" not in json.dumps(told, ensure_ascii=False)
    assert "見本 担当" not in json.dumps(told, ensure_ascii=False)


def test_a_hundred_services_in_full_come_quickly(client: FlaskClient) -> None:
    client.get(f"{API}/services?per_page=1")
    before = process_time()
    client.get(f"{API}/services?full=true&per_page=100")
    assert process_time() - before < 1


def test_a_page_with_all_services_of_each_body_is_never_long(client: FlaskClient) -> None:
    asked = f"{API}/organizations?full_service=true&per_page=500"
    first = client.get(asked).get_json()
    assert (first["size"], len(first["contents"])) == (20, 20)
    found = [
        each["id"]
        for page in range(1, first["total_pages"] + 1)
        for each in client.get(f"{asked}&page={page}").get_json()["contents"]
    ]
    assert len(found) == len(set(found)) == first["total_items"]
