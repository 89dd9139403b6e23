"""Whatever stands in an address, the answer is a page or a problem, and never a fault of ours."""

import re
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from sosdir import create_app
from sosdir.config import Settings
from sosdir.context.addresses import PARAMETERS
from tests.cast import NOON
from tests.reading import read

LISTS = ("/", "/services.json", "/services.csv", "/services.geojson", "/map", "/map.js")
DATA = ("/services.json", "/services.csv", "/services.geojson")

SLANTED = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

# What has broken sites before, percent-encoded as it travels.
WICKED = (
    "%ff",
    "%ed%a0%80",
    "%89%a1%95l",
    "%00",
    "a%00b",
    "%0d%0aSet-Cookie:x=1",
    "%e2%80%ae",
    "%f0%9f%a4%b0",
    "%",
    "%zz",
    "&&==&",
    quote("½"),
    quote("٣"),
    quote("１４"),
    quote("１４１００３"),
    "0",
    "-1",
    "9999",
    "1e99",
    "now",
    "0001-01-01T00:00",
    "9999-12-31T23:59:59Z",
    "2040-12-31T23:59",
    "2020-01-01T00:00",
    "2026-11-28T20:00%2B99:99",
    quote('"'),
    quote("*"),
    quote("''; DROP TABLE service; --"),
    quote("{open} : a"),
    quote("{{7*7}} ${7*7}"),
    quote("../../etc/passwd"),
    "a" * 10_000,
    quote("あ" * 2000),
)
FTS = (
    '"', "*", "a*", "NEAR", "NEAR(a b)", "a OR b", "a AND", "NOT", "(", ")", "()", "^a", ":",
    "open:a", "-", "-a", "{", "{open}", "{}", "'", "\\", ";", "a NEAR/2 b", '"" ""', "+",
    "妊娠 OR", "妊娠*", "『』", "・", "ー", "ｶﾞ", "\u0301", "☎️", "０", "a" * 190, "「妊娠」",
)  # fmt: skip

raw_values = st.one_of(
    st.sampled_from(WICKED),
    st.text(max_size=40).map(lambda text: quote(text.encode("utf-8", "surrogatepass"))),
    st.binary(max_size=20).map(lambda data: "".join(f"%{byte:02x}" for byte in data)),
    st.sampled_from(("横浜", "14", "141003", "line,phone", "open", "near", "2", "府中市")).map(
        quote
    ),
)
queries = st.lists(st.tuples(st.sampled_from((*PARAMETERS, "x")), raw_values), max_size=6).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)


@pytest.fixture(scope="module")
def visitor(shipped_home: object) -> FlaskClient:
    """Give a client whose application is not in testing: a fault would be a page with 500."""
    app = create_app(Settings(home=shipped_home), clock=lambda: NOON)  # type: ignore[arg-type]
    return app.test_client()


def ask(visitor: FlaskClient, path: str, query: str = "") -> TestResponse:
    """Send the query as it stands, byte for byte."""
    return visitor.get(path, environ_overrides={"QUERY_STRING": query})


def check(response: TestResponse) -> None:
    """Fail unless the answer is good, or says which parameter is not."""
    assert response.status_code in {200, 400, 414}, response.status_code
    if response.status_code == 400:
        assert reasons(response)


def reasons(response: TestResponse) -> set[str]:
    """Return the parameters that a refusal names."""
    if response.content_type == "application/problem+json":
        return {each["name"] for each in response.get_json(force=True)["invalid_params"]}
    return set(PARAMETERS) & set(re.findall("[a-z]+", read(response).text))


@pytest.mark.parametrize("path", [*LISTS, "/areas/14", "/areas/141003", "/embed", "/embedding"])
@SLANTED
@given(query=queries)
def test_no_query_breaks_a_list(visitor: FlaskClient, path: str, query: str) -> None:
    check(ask(visitor, path, query))


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_wicked_value_of_a_parameter_breaks_anything(visitor: FlaskClient, name: str) -> None:
    for value in WICKED:
        for path in ("/", "/services.json"):
            check(ask(visitor, path, f"{name}={value}"))


@pytest.mark.parametrize("path", ["/services/", "/areas/", "/static/", "/static/leaflet/"])
@SLANTED
@given(value=raw_values)
def test_no_path_breaks_a_page(visitor: FlaskClient, path: str, value: str) -> None:
    response = visitor.get(path + value.replace("?", "%3f").replace("#", "%23"))
    assert response.status_code in {200, 308, 400, 404}
    response.close()


@pytest.mark.parametrize("text", FTS)
def test_the_signs_of_the_index_are_plain_letters_in_a_search(
    visitor: FlaskClient, text: str
) -> None:
    answer = visitor.get("/services.json", query_string={"q": text})
    assert answer.status_code == 200
    both = visitor.get("/services.json", query_string={"q": f"横浜 {text} 妊娠"})
    assert both.status_code == 200
    assert both.get_json()["place"]["name"] == "横浜市"


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "query", ["area=x", "area=99", "area=999999", "page=0", "at=now", "state=x", "sort=x"]
)
def test_a_refusal_names_the_parameter(visitor: FlaskClient, path: str, query: str) -> None:
    response = ask(visitor, path, query)
    assert response.status_code == 400
    assert reasons(response) == {query.partition("=")[0]}


@pytest.mark.parametrize("path", [*LISTS, "/areas/14"])
def test_a_page_past_the_last_is_refused_by_name(visitor: FlaskClient, path: str) -> None:
    response = ask(visitor, path, "page=9999")
    assert response.status_code == 400
    assert reasons(response) == {"page"}


@pytest.mark.parametrize("path", DATA)
def test_a_program_gets_a_problem_document(visitor: FlaskClient, path: str) -> None:
    response = ask(visitor, path, "at=x&area=y")
    assert response.content_type == "application/problem+json"
    problem = response.get_json(force=True)
    assert problem["status"] == 400
    assert {each["name"] for each in problem["invalid_params"]} == {"at", "area"}


@pytest.mark.parametrize("name", PARAMETERS)
def test_thousands_of_parameters_are_survived(visitor: FlaskClient, name: str) -> None:
    response = ask(visitor, "/services.json", "&".join(f"{name}={n}" for n in range(3000)))
    check(response)


def test_thousands_of_good_choices_are_survived(visitor: FlaskClient) -> None:
    for path in LISTS:
        check(ask(visitor, path, "&".join(["channel=phone,line&state=open"] * 1500)))


def test_full_width_digits_are_no_area(visitor: FlaskClient) -> None:
    assert visitor.get(f"/areas/{quote('１４')}").status_code == 404
    assert ask(visitor, "/", f"area={quote('１４')}").status_code == 400


def test_what_was_typed_comes_back_as_text(visitor: FlaskClient) -> None:
    typed = '"><script>alert(1)</script>'
    page = read(ask(visitor, "/", urlencode({"q": typed})))
    assert page.dangers() == []
    assert typed in [attrs.get("value") for tag, attrs in page.tags if tag == "input"]


def test_a_header_cannot_be_written_through_a_parameter(visitor: FlaskClient) -> None:
    for path in LISTS:
        response = ask(visitor, path, "q=%0d%0aSet-Cookie:%20x=1&lang=%0d%0aX-Bad:1")
        assert "Set-Cookie" not in response.headers
        assert "X-Bad" not in response.headers


def test_a_query_in_a_body_that_is_too_large_is_refused_in_words(visitor: FlaskClient) -> None:
    response = visitor.post("/", data={"q": "a" * 100_000})
    assert response.status_code in {405, 413}
