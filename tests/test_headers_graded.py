"""Every answer of every route, graded: one table of rules, made from the routing map.

The rules are the design of ``docs/security.md``. A route that is added is graded with the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from sosdir import create_app
from sosdir.accounts import Role
from sosdir.config import Settings
from sosdir.paths import bundled
from tests.admins import AdminClient, sign_in

# What stands for the parts of a path, so that most routes find what they are asked for.
PARTS: dict[str, Any] = {
    "service_id": "ninshin-sos-yokohama",
    "code": "14",
    "filename": "js/exit.js",
    "slug": "maternity-health",
    "organization_id": "nobody",
    "notice_id": "nobody",
    "credential_id": "nobody",
    "token": "nobody",
    "form": "svg",
    "made": "nobody",
    "number": 1,
    "version": 1,
    "account_id": 1,
    "import_id": 1,
}
NAMES = {
    "coverage.picture": "japan-channels",
    "map.leaflet": "leaflet.css",
    "open_data.file": "services.csv",
    "hsds.objects": "services",
    "hsds.one": "services",
}
# 415, 422 and others of the kind are no more than these to whoever sets headers.
FAULTS = (400, 401, 403, 404, 405, 410, 413, 414, 415, 418, 422, 429, 500, 501, 503)
# Whose letters a browser would have to guess; JSON is always UTF-8 (RFC 8259).
NEEDS_CHARSET = re.compile(r"text/|.*xml")
SCRIPT_SOURCES = {"'self'", "'none'"}


@dataclass(frozen=True)
class Answer:
    """An answer with all that a rule may look at.

    Args:
        path: asked for.
        response: as given.
        is_of_admins: whether the path is of the admins' side.
    """

    path: str
    response: TestResponse
    is_of_admins: bool

    def __getitem__(self, name: str) -> str:
        """Return a header, empty where there is none."""
        return self.response.headers.get(name, "")

    @property
    def policy(self) -> dict[str, list[str]]:
        """Return the content security policy by its directives."""
        parts = (part.split() for part in self["Content-Security-Policy"].split(";"))
        return {name: values for name, *values in parts}

    @property
    def is_for_all(self) -> bool:
        """Tell whether pages elsewhere are let in: public data, and the frame."""
        return "Access-Control-Allow-Origin" in self.response.headers or self.path == "/embed"

    @property
    def has_body(self) -> bool:
        """Tell whether it has a body, or would have one were it no question for the head."""
        return self.response.status_code not in {204, 304} and bool(self.response.data)


def scripts_are_ours(answer: Answer) -> bool:
    policy = answer.policy
    return set(policy.get("script-src", policy["default-src"])) <= SCRIPT_SOURCES


def nothing_is_unsafe(answer: Answer) -> bool:
    policy = answer["Content-Security-Policy"]
    return "unsafe" not in policy and "*" not in policy.replace("https://*.", "")


def frames_are_closed(answer: Answer) -> bool:
    is_frame = answer.path == "/embed"
    return answer.policy["frame-ancestors"] == (["'self'", "https:"] if is_frame else ["'none'"])


def cookies_are_guarded(answer: Answer) -> bool:
    cookies = answer.response.headers.getlist("Set-Cookie")
    if not answer.is_of_admins:
        return cookies == []
    wanted = {"Secure", "HttpOnly", "Path=/admin", "SameSite=Lax"}
    return all(
        each.startswith("__Secure-sosdir_admin=") and wanted <= set(each.split("; "))
        for each in cookies
    )


def who_may_read(answer: Answer) -> bool:
    allowed = answer.response.headers.getlist("Access-Control-Allow-Origin")
    if answer.is_of_admins or answer["Content-Type"].startswith("text/html"):
        return allowed == []
    others = [name for name, _ in answer.response.headers if name.startswith("Access-Control-")]
    return allowed in ([], ["*"]) and set(others) <= {"Access-Control-Allow-Origin"}


def who_may_load(answer: Answer) -> bool:
    wanted = "cross-origin" if answer.is_for_all else "same-origin"
    return answer["Cross-Origin-Resource-Policy"] == wanted


def what_may_be_kept(answer: Answer) -> bool:
    if answer.is_of_admins:
        return answer["Cache-Control"] == "no-store, no-transform"
    # A page of the public that says who may keep it says so for all, for no cookie parts them.
    return "Cookie" not in answer["Vary"]


def letters_are_named(answer: Answer) -> bool:
    kind = answer["Content-Type"]
    if not answer.has_body:
        return True
    return bool(kind) and (not NEEDS_CHARSET.match(kind) or kind.endswith("charset=utf-8"))


def redirects_stay_here(answer: Answer) -> bool:
    location = answer["Location"]
    return not location or (location.startswith("/") and not location.startswith("//"))


def nothing_boasts(answer: Answer) -> bool:
    boasts = {"Server", "X-Powered-By", "X-AspNet-Version", "Via", "X-Runtime", "Public-Key-Pins"}
    return boasts.isdisjoint(name for name, _ in answer.response.headers)


RULES: dict[str, Callable[[Answer], bool]] = {
    "everything is ours by default": lambda a: a.policy["default-src"] == ["'self'"],
    "scripts are files of ours": scripts_are_ours,
    "nothing is unsafe": nothing_is_unsafe,
    "no objects": lambda a: a.policy["object-src"] == ["'none'"],
    "no other base": lambda a: a.policy["base-uri"] == ["'none'"],
    "forms stay here": lambda a: a.policy["form-action"] == ["'self'"],
    "no frames": frames_are_closed,
    "one policy": lambda a: len(a.response.headers.getlist("Content-Security-Policy")) == 1,
    "no sniffing": lambda a: a["X-Content-Type-Options"] == "nosniff",
    "no referrer": lambda a: a["Referrer-Policy"] == "no-referrer",
    "a window of its own": lambda a: a["Cross-Origin-Opener-Policy"] == "same-origin",
    "no camera": lambda a: "camera=(), microphone=()" in a["Permissions-Policy"],
    "two years of HTTPS": lambda a: (
        a["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    ),
    "cookies": cookies_are_guarded,
    "who may read": who_may_read,
    "who may load": who_may_load,
    "what may be kept": what_may_be_kept,
    "letters": letters_are_named,
    "redirects": redirects_stay_here,
    "no banner": nothing_boasts,
}


def faults_of(answer: Answer) -> list[str]:
    """Return the names of the rules that an answer breaks."""
    return [name for name, holds in RULES.items() if not holds(answer)]


def path_of(app: Flask, route: Route) -> str:
    parts = {name: PARTS.get(name) for name in route.arguments}
    if "name" in parts:
        parts["name"] = NAMES[route.endpoint]
    return app.url_map.bind("localhost").build(route.endpoint, parts, append_unknown=False)


def all_routes() -> Iterator[tuple[str, str]]:
    """Yield method and path of every route; each public page in a second language too."""
    app = create_app(Settings(home=Path("nowhere")))
    for route in app.url_map.iter_rules():
        path = path_of(app, route)
        for method in sorted(set(route.methods or ()) - {"OPTIONS"}):
            yield method, path
            if method == "GET" and not path.startswith(("/admin", "/static", "/api")):
                yield method, f"/en{path}"


ROUTES = sorted(set(all_routes()))
_FOLDER = bundled("static")
# One file of each kind that is served as it lies there.
STATIC = sorted(
    {
        path.suffix: f"/static/{path.relative_to(_FOLDER).as_posix()}"
        for path in sorted(_FOLDER.rglob("*.*"))
    }.values()
)


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, shipped_home: Path, make_app: Callable[..., Flask]
) -> Flask:
    """Give a site with the shipped data behind a proxy that ends TLS."""
    home = tmp_path_factory.mktemp("graded")
    (home / "sosdir.db").write_bytes((shipped_home / "sosdir.db").read_bytes())
    return make_app(home, hsts=True, hsts_subdomains=True, contact_url="mailto:sos@example.jp")


@pytest.fixture(scope="module")
def stranger(app: Flask) -> FlaskClient:
    """Give a visitor."""
    return app.test_client()


@pytest.fixture(scope="module")
def admin(app: Flask) -> AdminClient:
    """Give an admin, signed in."""
    return sign_in(app, Role.ADMIN, "graded", secure=True)


def ask(client: Any, method: str, path: str, **options: Any) -> Answer:
    """Ask over HTTPS; an answer of our own is closed before it is graded."""
    how = {"GET": client.get, "POST": client.post}.get(method)
    options["base_url"] = "https://localhost"
    with how(path, **options) if how else client.open(path, method=method, **options) as answer:
        answer.get_data()
        return Answer(path.removeprefix("/en"), answer, path.startswith("/admin"))


def test_the_walk_goes_far(stranger: FlaskClient, admin: AdminClient) -> None:
    assert len(ROUTES) > 150
    public = [path for method, path in ROUTES if method == "GET" and "/admin" not in path]
    found = [ask(stranger, "GET", path).response.status_code for path in public]
    assert found.count(HTTPStatus.OK) > len(found) * 0.8
    inside = [path for method, path in ROUTES if method == "GET" and path.startswith("/admin")]
    opened = [ask(admin, "GET", path).response.status_code for path in inside]
    assert opened.count(HTTPStatus.OK) > len(opened) * 0.5


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=str)
def test_every_route_is_graded_without_fault(stranger: FlaskClient, method: str, path: str) -> None:
    assert faults_of(ask(stranger, method, path)) == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        (method, path)
        for method, path in ROUTES
        if path.startswith("/admin") and method != "HEAD" and path != "/admin/sign-out"
    ],
    ids=str,
)
def test_every_page_of_the_admins_is_graded_without_fault(
    admin: AdminClient, method: str, path: str
) -> None:
    assert faults_of(ask(admin, method, path)) == []


@pytest.mark.parametrize("path", STATIC)
def test_every_kind_of_file_is_graded_without_fault(stranger: FlaskClient, path: str) -> None:
    answer = ask(stranger, "GET", path)
    assert answer.response.status_code == HTTPStatus.OK
    assert faults_of(answer) == []


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "DELETE", "PUT", "PATCH", "LINK"])
@pytest.mark.parametrize("path", ["/", "/services.json", "/admin/users", "/static/js/exit.js"])
def test_every_method_is_graded_without_fault(
    stranger: FlaskClient, method: str, path: str
) -> None:
    assert faults_of(ask(stranger, method, path)) == []


@pytest.mark.parametrize("status", FAULTS)
@pytest.mark.parametrize(
    "path",
    ["/about", "/en/about", "/services.json", "/embed", "/api/hsds/services", "/admin/sign-in"],
)
def test_every_fault_is_graded_without_fault(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask], path: str, status: int
) -> None:
    app = failing(make_app(cast_home(), hsts=True, hsts_subdomains=True), status)
    answer = ask(app.test_client(), "GET", path)
    assert answer.response.status_code == status
    assert faults_of(answer) == []


@pytest.mark.parametrize("path", ["/", "/services.json", "/embed", "/api/hsds/", "/admin/users"])
def test_a_site_without_a_database_is_graded_without_fault(
    tmp_path: Path, make_app: Callable[..., Flask], path: str
) -> None:
    app = make_app(tmp_path, hsts=True, hsts_subdomains=True)
    assert faults_of(ask(app.test_client(), "GET", path)) == []


@pytest.mark.parametrize("path", ["/areas//14", "/en//areas/14", "/admin", "/admin//users"])
def test_a_redirect_of_the_routing_is_graded_without_fault(
    stranger: FlaskClient, path: str
) -> None:
    assert faults_of(ask(stranger, "GET", path, headers={"Host": "evil.example"})) == []


@pytest.mark.parametrize(
    ("name", "value", "broken"),
    [
        ("Content-Security-Policy", "default-src *; script-src 'unsafe-inline'", "nothing is"),
        ("Referrer-Policy", "unsafe-url", "no referrer"),
        ("Cache-Control", "public", "what may be kept"),
        ("Set-Cookie", "sosdir_admin=x; Path=/", "cookies"),
        ("Access-Control-Allow-Origin", "https://evil.example", "who may read"),
        ("Cross-Origin-Resource-Policy", "cross-origin", "who may load"),
        ("Location", "//evil.example/", "redirects"),
        ("Content-Type", "text/html", "letters"),
        ("Server", "Werkzeug/3.1", "no banner"),
        ("Strict-Transport-Security", "max-age=300", "two years"),
    ],
)
def test_a_bad_header_would_be_noticed(
    stranger: FlaskClient, name: str, value: str, broken: str
) -> None:
    answer = ask(stranger, "GET", "/admin/sign-in")
    if name == "Content-Security-Policy":
        value += "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    answer.response.headers[name] = value
    assert [rule for rule in faults_of(answer) if rule.startswith(broken)]


def failing(app: Flask, status: int) -> Flask:
    """Return the application with every view answering a fault; 500 is one nobody foresaw."""

    def fail(**_: object) -> None:
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ZeroDivisionError
        abort(status)

    app.testing = False
    for endpoint, view in app.view_functions.items():
        # The rule of a route of the admins stays beside it.
        app.view_functions[endpoint] = wraps(view)(partial(fail))
    return app
