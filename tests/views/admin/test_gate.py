"""Every address and method of the admins, for everyone: one table, made from the routing map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Route

from sosdir import create_app, db
from sosdir.accounts import Role
from sosdir.auth.gate import in_admin
from sosdir.auth.marks import allowed, rule_of
from sosdir.config import Settings
from sosdir.store import accounts
from tests.admins import AdminClient, an_account, cookie_for, sign_in
from tests.reading import read

# What stands for the parts of a path; nobody bears them.
PARTS: dict[str, Any] = {
    "IntegerConverter": 999_999,
    "UnicodeConverter": "nobody",
    "PathConverter": "nobody",
}
PEOPLE = (None, *Role)


def admin_routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield endpoint, method and path of every route of the admins' side."""
    with app.test_request_context("/"):
        for route in app.url_map.iter_rules():
            if not is_of_admins(route):
                continue
            path = path_of(app, route)
            for method in sorted(set(route.methods or ()) - {"HEAD", "OPTIONS"}):
                yield route.endpoint, method, path


def is_of_admins(route: Route) -> bool:
    return route.rule.startswith("/admin") or route.endpoint.startswith("admin_")


def path_of(app: Flask, route: Route) -> str:
    parts = {name: PARTS[type(converter).__name__] for name, converter in route._converters.items()}
    return app.url_map.bind("localhost").build(route.endpoint, parts, append_unknown=False)


ROUTES = sorted(admin_routes(create_app(Settings(home=Path("nowhere")))))


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, shipped_home: Path, make_app: Callable[..., Flask]
) -> Flask:
    """Give a site whose database has places, and no account or service that is asked for."""
    home = tmp_path_factory.mktemp("gate")
    (home / "sosdir.db").write_bytes((shipped_home / "sosdir.db").read_bytes())
    return make_app(home)


@pytest.fixture(scope="module")
def people(app: Flask) -> dict[Role | None, AdminClient]:
    """Give a client for everyone: not signed in, and signed in by each role."""
    return {
        None: AdminClient(app.test_client()),
        **{role: sign_in(app, role, f"gate-{role}") for role in Role},
    }


def test_there_are_routes_to_guard() -> None:
    assert len(ROUTES) > 20


@pytest.mark.parametrize(("endpoint", "method", "path"), ROUTES, ids=lambda part: str(part))
def test_every_route_bears_a_rule(endpoint: str, method: str, path: str, app: Flask) -> None:
    assert rule_of(app.view_functions[endpoint]) is not None, f"mark {endpoint} with @allowed"
    assert path.startswith("/admin"), f"{endpoint} is not under /admin"
    assert endpoint.startswith("admin_"), f"{path} belongs to no blueprint of the admins"


@pytest.mark.parametrize("who", PEOPLE, ids=str)
@pytest.mark.parametrize(("endpoint", "method", "path"), ROUTES, ids=lambda part: str(part))
def test_every_route_is_open_to_its_role_alone(
    endpoint: str, method: str, path: str, who: Role | None, app: Flask, people: Any
) -> None:
    rule = rule_of(app.view_functions[endpoint])
    assert rule is not None
    person: AdminClient = people[who]
    # Signing out for real would end the session that the next rows need.
    if endpoint == "admin_sign_in.sign_out" and who is not None:
        return
    answer = send(person, method, path)
    is_sent_to_sign_in = answer.status_code == 303 and "/admin/sign-in" in answer.location
    if rule.role is None:
        assert answer.status_code not in {401, 403}
    elif who is None:
        assert is_sent_to_sign_in
    elif not who.may(rule.role):
        assert answer.status_code == 403
        assert "役割を持つ人" in read(answer).text
    else:
        assert answer.status_code != 403
        assert not is_sent_to_sign_in


def send(person: AdminClient, method: str, path: str) -> Any:
    if method == "GET":
        return person.get(path)
    assert method == "POST", f"{method} is not tested here: {path}"
    return person.post(path)


@pytest.mark.parametrize(
    ("method", "path"), [(method, path) for _, method, path in ROUTES if method != "GET"], ids=str
)
def test_nothing_is_changed_without_a_token(method: str, path: str, people: Any) -> None:
    client: FlaskClient = people[Role.ADMIN].client
    for token in ({}, {"csrf_token": "forged"}):
        answer = client.open(
            path, method=method, data=token, headers={"User-Agent": "sosdir-tests"}
        )
        assert answer.status_code == 400
        assert "もう一度送ってください" in read(answer).text


def test_the_token_of_another_session_does_not_do(app: Flask, people: Any) -> None:
    stranger = AdminClient(app.test_client())
    with stranger.client.session_transaction(path="/admin/") as session:
        session["csrf_token"] = "1" * 40
    token = stranger.token()
    admin: AdminClient = people[Role.ADMIN]
    answer = admin.client.post(
        "/admin/account/sessions/end-others",
        data={"csrf_token": token},
        headers={"User-Agent": "sosdir-tests"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("said", ["cross-site", "same-site"])
def test_what_another_site_sends_is_refused_with_a_token_too(people: Any, said: str) -> None:
    admin: AdminClient = people[Role.ADMIN]
    path = "/admin/account/sessions/end-others"
    assert admin.post(path, headers={"Sec-Fetch-Site": said}).status_code == 400
    assert admin.post(path, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_a_route_without_a_rule_is_closed_to_everyone(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    app = make_app(cast_home())
    new = Blueprint("admin_new", __name__)
    new.add_url_rule("/admin/new", view_func=lambda: "secret")
    elsewhere = Blueprint("admin_elsewhere", __name__)
    elsewhere.add_url_rule("/elsewhere", view_func=lambda: "secret")
    app.register_blueprint(new)
    app.register_blueprint(elsewhere)
    admin = sign_in(app, Role.ADMIN)
    for path in ("/admin/new", "/elsewhere"):
        answer = admin.get(path)
        assert answer.status_code == 403
        assert b"secret" not in answer.data
        assert b"secret" not in app.test_client().get(path).data


def test_an_account_without_a_second_factor_opens_nothing_but_its_own_settings(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    app = make_app(cast_home())
    account = an_account(app, Role.ADMIN)
    with db.changing(app.config["SETTINGS"].database) as database:
        accounts.set_totp(database, account.id, None)
    client = app.test_client()
    client.set_cookie("sosdir_admin", cookie_for(app, account), path="/admin")
    admin = AdminClient(client)
    assert admin.get("/admin/users").location == "/admin/account"
    page = read(admin.get("/admin/account"))
    assert "はじめに" in page.text
    assert {"/admin/account/totp", "/admin/account/passkeys/new"} <= set(page.links)


def test_the_public_side_is_not_guarded(app: Flask) -> None:
    for path in ("/", "/administer", "/services/admin"):
        with app.test_request_context(path):
            assert not in_admin()


def test_a_rule_stays_with_a_view_that_is_wrapped() -> None:
    @allowed(Role.ADMIN, max_body=5)
    def view() -> None:
        """Do nothing."""

    rule = rule_of(view)
    assert rule is not None
    assert (rule.role, rule.max_body) == (Role.ADMIN, 5)
