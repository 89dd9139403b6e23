"""Targets for what arrives by the web: parameters, addresses, JSON, passkeys."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from webauthn.helpers import bytes_to_base64url
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from sosdir import embedding
from sosdir.accounts import passkeys
from sosdir.accounts.passkeys import Key, Place
from sosdir.context import MAX_FIELDS, Address
from sosdir.errors import PasskeyError
from sosdir.forms.catalogue import read_wanted
from sosdir.forms.collection import MAX_COLLECTED, read_collection, split_ids
from sosdir.forms.embedding import MOST, read_limit
from sosdir.forms.hsds import read_asked
from sosdir.forms.involved import read_asked as read_involved
from sosdir.forms.planning import FIRST, read_since
from sosdir.forms.query import FIRST_DAY, LAST_DAY, BadParametersError, read_query
from sosdir.hsds.endpoints import ENDPOINTS
from tests.cast import NOON, TODAY
from tests.fuzz.world import World

PLACE = Place("example.jp", "https://example.jp", "見本")
KNOWN_KEY = Key("aWlpaWlpaWlpaWlpaWlpaQ", "oQE", 0)
CHALLENGE = b"c" * 32
ANSWERS = {200, 301, 302, 304, 308, 400, 404, 405, 410, 413, 415, 422}


def fields(data: bytes) -> MultiDict[str, str]:
    """Return bytes as the parameters of an address, letters read as werkzeug reads them."""
    text = data.decode("utf-8", "replace")
    try:
        return MultiDict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        return MultiDict()


def unless_refused(read: Callable[..., Any], *given: Any) -> Any:
    """Return what is read, None where a parameter is refused by name and with a reason."""
    try:
        return read(*given)
    except BadParametersError as refusal:
        _are_told(refusal.reasons)
        return None


def _are_told(reasons: dict[str, str]) -> None:
    assert reasons
    assert all(map(str, reasons.values()))


def query(_world: World, data: bytes) -> None:
    """A query is read or refused by name; its address, taken apart again, is the same."""
    asked = fields(data)
    found = unless_refused(read_query, asked, NOON)
    address = Address.of(asked)
    again = MultiDict(address.parameters)
    assert Address.of(again) == address
    if found is not None:
        assert FIRST_DAY <= found.at.date() <= LAST_DAY
        assert found.page >= 1
        assert unless_refused(read_query, again, NOON) is not None


def parameters(_world: World, data: bytes) -> None:
    """The smaller sets of parameters are read or refused by name."""
    asked = fields(data)
    collection = unless_refused(read_collection, asked)
    assert collection is None or 1 <= len(collection.ids) <= MAX_COLLECTED
    assert all(each.isascii() for each in split_ids(asked.getlist("ids")))
    limit = unless_refused(read_limit, asked)
    assert limit is None or 1 <= limit <= MOST
    since = unless_refused(read_since, asked.get("since"), TODAY)
    assert since is None or FIRST <= since <= TODAY
    _wanted, page = read_wanted(asked)
    assert 1 <= page < 10**6
    unless_refused(read_involved, asked)
    try:
        size = embedding.size(asked.get("maxwidth"))
    except ValueError:
        return
    assert size is None or size > 0


def hsds(_world: World, data: bytes) -> None:
    """The parameters of each endpoint of the HSDS API are read or refused by name."""
    asked = fields(data[1:])
    endpoint = ENDPOINTS[data[0] % len(ENDPOINTS)] if data else ENDPOINTS[0]
    unless_refused(read_asked, asked, endpoint.parameters)


def passkey(_world: World, data: bytes) -> None:
    """What a browser sends as a passkey proves something, or is refused as such."""
    answer = _answer(data)
    for read, given in (
        (passkeys.read_new, (PLACE, CHALLENGE, answer)),
        (passkeys.prove, (PLACE, CHALLENGE, answer, KNOWN_KEY)),
        (passkeys.credential_id, (answer,)),
    ):
        try:
            read(*given)
        except PasskeyError:
            continue


def _answer(data: bytes) -> Any:
    """Return JSON where there is some; else bytes become an answer of the right shape."""
    try:
        return json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        made, _, signature = data.partition(b"\0\0\0\0\0")
    told = {"challenge": bytes_to_base64url(CHALLENGE), "origin": PLACE.origin}
    words = json.dumps({**told, "type": "webauthn.get" if signature else "webauthn.create"})
    response = {
        "clientDataJSON": words.encode(),
        "attestationObject": made,
        "authenticatorData": made,
        "signature": signature or b"s",
    }
    key = KNOWN_KEY.credential_id
    sent = {name: bytes_to_base64url(value) for name, value in response.items()}
    return {"id": key, "rawId": key, "type": "public-key", "response": sent}


def public(world: World, data: bytes) -> None:
    """A path and a query, byte for byte, are answered with a page or a problem."""
    path, _, asked = data.partition(b"?")
    check(world.visitor.get(f"/{path.decode('latin-1')}", **raw(asked)))


def oembed(world: World, data: bytes) -> None:
    """An address to be embedded is answered as a frame or refused; nothing is fetched."""
    url = f"http://localhost/{data.decode('utf-8', 'replace')}"
    for each in (url, data.decode("utf-8", "replace")):
        response = world.visitor.get("/oembed", query_string={"url": each})
        check(response)
        if response.status_code == 200:
            assert response.get_json()["html"].startswith("<iframe")


def posted(world: World, data: bytes) -> None:
    """A search that is posted is answered with a page or a refusal."""
    form = "application/x-www-form-urlencoded"
    check(world.visitor.post("/search", data=data, content_type=form))


def admin(world: World, data: bytes) -> None:
    """A path and a query on the admins' side are answered with a page or a refusal."""
    path, _, asked = data.partition(b"?")
    check(world.admin.get(f"/admin/{path.decode('latin-1')}", **raw(asked)))


def checked(world: World, data: bytes) -> None:
    """What the form of a service asks about a channel while it is typed is answered."""
    headers = {"X-CSRFToken": world.token, "User-Agent": "sosdir-tests"}
    response = world.admin.client.post(
        "/admin/checks/channel", data=data, content_type="application/json", headers=headers
    )
    check(response)


def raw(asked: bytes) -> dict[str, Any]:
    """Return the option that sends a query as it stands."""
    return {"environ_overrides": {"QUERY_STRING": asked.decode("latin-1")}}


def check(response: TestResponse) -> None:
    """Fail where an answer is a fault of ours."""
    status = response.status_code
    response.close()
    assert status in ANSWERS, status


TARGETS = {
    each.__name__: each
    for each in (query, parameters, hsds, passkey, public, oembed, posted, admin, checked)
}
