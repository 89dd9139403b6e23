"""Attacks from within: an editor who publishes, fields no form has, cells that are formulas."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from sosdir import db
from sosdir.accounts import Role
from sosdir.store import accounts, drafts, services
from tests.admins import AdminClient, an_account, sign_in
from tests.cast import an_importable_service
from tests.forms.filling import fields_of
from tests.test_security import HOSTILE, hostile_service

Enter = Callable[..., AdminClient]
EDIT = "/admin/services/minato-sos/edit"
NEW_NOTICE = "/admin/notices/new"
# What someone would send who had read our tables.
SMUGGLED = {
    "id": "rusu-line",
    "service_id": "rusu-line",
    "account_id": "1",
    "role": "admin",
    "is_active": "1",
    "login": "taken-over",
    "evidence": "confirmed",
    "level": "confirmed",
    "evidence_level": "confirmed",
    "checked_on": "2099-01-01",
    "collected_on": "2099-01-01",
    "action": "published",
    "is_public": "1",
    "as_draft": "0",
    "author": "だれか",
    "revision": "999999",
    "totp_seed": "",
    "password_hash": "x",
}
# With one of these first a cell is a formula to some spreadsheet; see ``formats``.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.fixture
def editor(admin: Enter) -> AdminClient:
    """Give an editor of a site whose service may be published."""
    client = admin(Role.EDITOR)
    with db.changing(client.database) as database:
        services.save(database, an_importable_service())
    return client


def public_facts(client: AdminClient) -> list[str]:
    """Return all that the public side is made from, and who may sign in as what."""
    with sqlite3.connect(client.database) as connection:
        return sorted(_rows(connection))


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    for table in ("service", "channel", "service_area", "source", "organization", "account"):
        for row in connection.execute(f"SELECT * FROM {table}"):
            yield f"{table} {row!r}"
    for row in connection.execute("SELECT action, service_id FROM revision"):
        yield f"revision {row!r}"


def typed(client: AdminClient, path: str, **changes: str) -> MultiDict[str, str]:
    told = fields_of(client.get(path))
    for name, value in changes.items():
        told[name] = value
    return told


@pytest.mark.parametrize("path", [EDIT, "/admin/services/new", NEW_NOTICE])
def test_an_editor_who_sends_the_publisher_s_button_publishes_nothing(
    editor: AdminClient, path: str
) -> None:
    told, before = typed(editor, path, name="のっとり"), public_facts(editor)
    answer = editor.post(path, MultiDict([*told.items(multi=True), ("do", "publish")]))
    assert answer.status_code == 403
    assert public_facts(editor) == before


def test_an_editor_s_draft_changes_nothing_that_the_public_sees(editor: AdminClient) -> None:
    told, before = typed(editor, EDIT, name="のっとり"), set(public_facts(editor))
    sent = MultiDict([*told.items(multi=True), *SMUGGLED.items(), ("do", "save_draft")])
    assert editor.post(EDIT, sent).status_code == 303
    # What was there is written down first; beyond that there is only the draft.
    assert before <= set(public_facts(editor))
    added = set(public_facts(editor)) - before
    assert all(row.startswith("revision ") and "minato-sos" in row for row in added)


def test_fields_that_no_form_has_say_nothing(editor: AdminClient) -> None:
    told = typed(editor, EDIT, name="みなとの窓口")
    sent = MultiDict([*told.items(multi=True), ("do", "save_draft")])
    assert editor.post(EDIT, sent).status_code == 303
    with db.reading(editor.database) as database:
        plain = drafts.find(database, "minato-sos")
    smuggled = typed(editor, EDIT, name="みなとの窓口")
    smuggled.setdefault("why", "")
    extra = [(name, value) for name, value in SMUGGLED.items() if name not in smuggled]
    assert len(extra) == len(SMUGGLED)
    sent = MultiDict([*smuggled.items(multi=True), *extra, ("do", "save_draft")])
    assert editor.post(EDIT, sent).status_code == 303
    with db.reading(editor.database) as database:
        again = drafts.find(database, "minato-sos")
    assert plain is not None
    assert again is not None
    assert again.revision.service == plain.revision.service
    assert again.revision.author == plain.revision.author


@pytest.mark.parametrize(
    "path",
    [
        "/admin/account/password",
        "/admin/account/totp",
        "/admin/account/passkeys/nobody/rename",
        "/admin/account/sessions/end-others",
        "/admin/services/minato-sos/check",
        "/admin/checks/channel",
    ],
)
def test_nobody_gives_herself_a_role_or_opens_an_account(editor: AdminClient, path: str) -> None:
    with db.reading(editor.database) as database:
        before = accounts.everyone(database)
    editor.post(path, {**SMUGGLED, "name": "x", "code": "123456", "how": "site"})
    with db.reading(editor.database) as database:
        assert accounts.everyone(database) == before


def test_a_role_taken_away_is_gone_in_the_middle_of_the_work(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> None:
    app = make_app(cast_home())
    publisher = sign_in(app, Role.PUBLISHER)
    account = an_account(app, Role.PUBLISHER)
    assert publisher.get("/admin/drafts").status_code == 200
    with db.changing(app.config["SETTINGS"].database) as database:
        accounts.change_role(database, account.id, Role.EDITOR)
    assert "/admin/sign-in" in publisher.post("/admin/drafts/minato-sos/publish").location


@pytest.mark.parametrize("path", ["/admin/export.csv", "/services.csv", "/open-data/services.csv"])
def test_no_cell_of_a_sheet_is_a_formula(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask], path: str
) -> None:
    hostile = replace(hostile_service(), website="https://example.jp/")
    app = make_app(cast_home(hostile))
    text = sign_in(app).get(path).get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if HOSTILE in cell]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []


def test_the_reasons_of_a_refused_sheet_are_no_formulas(admin: Enter) -> None:
    client = admin(Role.EDITOR)
    sheet = f'id,name\n"{HOSTILE.replace(chr(34), chr(34) * 2)}","=1+1"\n'
    sent = {"file": (io.BytesIO(sheet.encode()), "表.csv")}
    where = client.post("/admin/imports", sent, content_type="multipart/form-data").location
    text = client.get(f"{where.partition('?')[0]}/faults.csv").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) > 1
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        b"PK\x03\x04" + b"\0" * 2000,
        b"\x1f\x8b\x08" + b"\0" * 2000,
        b"MZ\x90\x00" + b"\0" * 2000,
        b"<html><script>alert(1)</script></html>",
    ],
    ids=["entity", "entities", "zip", "gzip", "program", "html"],
)
def test_what_is_no_sheet_is_neither_unpacked_nor_believed(admin: Enter, content: bytes) -> None:
    client = admin(Role.EDITOR)
    before = public_facts(client)
    sent = {"file": (io.BytesIO(content), "../../表.csv")}
    answer = client.post("/admin/imports", sent, content_type="multipart/form-data")
    if answer.status_code == 303:
        page = client.get(answer.location).get_data(as_text=True)
        assert "root:x:0" not in page
        assert "<script>alert(1)" not in page
    else:
        assert answer.status_code == 422
    assert public_facts(client) == before
