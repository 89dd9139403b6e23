"""Uploading a table, looking at what each row comes to, and applying it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from sosdir import db
from sosdir.accounts import Role
from sosdir.revising import Action
from sosdir.spreadsheets import intake
from sosdir.store import drafts, import_rows, imports, revisions, services
from sosdir.store.import_rows import Outcome
from sosdir.store.imports import Status
from tests.admins import AGENT, AdminClient
from tests.cast import NOON
from tests.reading import read

Admin = Callable[..., AdminClient]
FULL = "id,name,status_note\n"
ONE_CHANGE = FULL + "minato-sos,みなと相談,\n"
ONE_BAD = FULL + "minato-sos,みなと相談,\nno such id,だれ,\nrusu-line,るすの相談,\n"


@pytest.fixture(autouse=True)
def _callable_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the cast's numbers, which nobody can have, count as numbers."""
    monkeypatch.setattr("sosdir.channels.normalise", lambda _kind, value: value.strip())


def upload(client: AdminClient, text: str | bytes, name: str = "表.csv") -> TestResponse:
    """Send a file as a browser does, from memory."""
    content = text if isinstance(text, bytes) else text.encode()
    disposition = f'form-data; name="file"; filename="{name}"'
    body = (
        f"--x\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + content + b"\r\n--x--\r\n"
    )
    return client.client.post(
        "/admin/imports",
        data=body,
        content_type="multipart/form-data; boundary=x",
        headers={"User-Agent": AGENT, "X-CSRFToken": client.token()},
    )


def sent(client: AdminClient, text: str) -> str:
    """Upload and return where its preview is."""
    response = upload(client, text)
    assert response.status_code == 303, response.text
    return str(response.location)


def stored(client: AdminClient) -> db.Database:
    return db.open_for_reading(client.database)


def test_an_upload_changes_nothing_and_shows_what_it_would(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    page = client.get(sent(client, ONE_CHANGE))
    seen = read(page)
    assert "変わる 1" in seen.text
    assert "前みなとSOS 後みなと相談" in seen.text
    assert seen.dangers() == []
    assert services.get(stored(client), "minato-sos").name == "みなとSOS"


def test_a_publisher_makes_the_chosen_rows_public(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    where = sent(client, ONE_CHANGE)
    response = client.post(f"{where}/publish", {"shown": "2", "line": "2"})
    assert response.location == where
    assert "1件を公開しました。" in client.get(where).text
    latest = revisions.latest(stored(client), "minato-sos")
    assert latest is not None
    assert (latest.action, latest.service.name) == (Action.IMPORTED, "みなと相談")
    assert latest.why == "取り込み: 表.csv 2行目"
    assert latest.author.name == "publisherの花子"


def test_the_log_says_how_many_rows_and_not_which(
    admin: Admin, caplog: pytest.LogCaptureFixture
) -> None:
    client = admin(Role.PUBLISHER)
    caplog.set_level("INFO", "sosdir")
    where = sent(client, ONE_CHANGE)
    client.post(f"{where}/publish", {"shown": "2", "line": "2"})
    (record,) = (each for each in caplog.records if each.getMessage() == "import written")
    told = vars(record)
    assert (told["applied"], told["stale"], told["refused"], told["as_draft"]) == (1, 0, 0, False)
    assert "みなと" not in str(told)


def test_an_editor_s_import_waits_as_drafts(admin: Admin) -> None:
    client = admin(Role.EDITOR)
    where = sent(client, ONE_CHANGE)
    assert "公開する</button>" not in client.get(where).text
    assert client.post(f"{where}/publish").status_code == 403
    client.post(f"{where}/draft", {"shown": "2", "line": "2"})
    assert services.get(stored(client), "minato-sos").name == "みなとSOS"
    draft = drafts.find(stored(client), "minato-sos")
    assert draft is not None
    assert draft.revision.service.name == "みなと相談"


def test_refused_rows_come_first_with_line_column_and_reason(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    where = sent(client, ONE_BAD)
    text = read(client.get(where)).text
    assert "取り込めない行(1件)" in text
    assert "3行目 だれ" in text
    assert "id: 「no such id」は識別子にできません。" in text
    assert "変わる 2" in text


def test_the_rest_of_a_file_with_a_bad_row_is_applied(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    where = sent(client, ONE_BAD)
    client.post(f"{where}/publish")
    assert services.get(stored(client), "minato-sos").name == "みなと相談"
    assert services.get(stored(client), "rusu-line").name == "るすの相談"
    assert "取り込み済み" in client.get(where).text
    assert "3行目 だれ" in read(client.get(where)).text


def test_an_unticked_row_is_left_out_and_may_follow_later(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    where = sent(client, ONE_BAD)
    client.post(f"{where}/choose", {"shown": ["2", "4"], "line": ["4"], "go": "changed:1"})
    page = client.get(f"{where}?show=changed").text
    assert re.search(r'value="2">', page)
    assert re.search(r'value="4" checked>', page)
    client.post(f"{where}/publish")
    assert services.get(stored(client), "minato-sos").name == "みなとSOS"
    client.post(f"{where}/publish", {"shown": "2", "line": "2"})
    assert services.get(stored(client), "minato-sos").name == "みなと相談"


def test_all_rows_are_taken_or_none_by_one_button(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    where = sent(client, ONE_BAD)
    client.post(f"{where}/choose", {"all": "0"})
    assert "いま0件に印がついています" in client.get(where).text
    client.post(f"{where}/publish")
    assert "選ばれた行がありません" in client.get(where).text
    client.post(f"{where}/choose", {"all": "1"})
    assert "いま2件に印がついています" in client.get(where).text


def test_a_row_changed_meanwhile_is_told_and_not_written(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    first, second = sent(client, ONE_BAD), sent(client, ONE_CHANGE.replace("みなと相談", "別名"))
    client.post(f"{second}/publish")
    client.post(f"{first}/publish")
    text = read(client.get(first)).text
    assert "1件は、読み取りのあとで変わっていたため、書きませんでした。" in text
    assert "あとから変わった 1" in text
    assert services.get(stored(client), "minato-sos").name == "別名"
    assert services.get(stored(client), "rusu-line").name == "るすの相談"
    client.post(f"{first}/read")
    assert "前別名 後みなと相談" in read(client.get(f"{first}?show=changed")).text


def test_a_row_whose_service_has_a_draft_waits_for_it(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    client.post(f"{sent(client, ONE_CHANGE)}/draft", {"shown": "2", "line": "2"})
    where = sent(client, ONE_CHANGE.replace("みなと相談", "別名"))
    assert "公開を待つ下書きがあります" in client.get(where).text


def test_a_closed_import_keeps_no_bytes(admin: Admin) -> None:
    client = admin()
    where = sent(client, ONE_CHANGE)
    number = int(where.rsplit("/", 1)[1])
    assert client.post(f"{where}/discard").status_code == 303
    assert imports.content(stored(client), number) == b""
    assert imports.get(stored(client), number).status is Status.DISCARDED
    for act in ("draft", "read", "choose", "discard"):
        assert client.post(f"{where}/{act}").status_code == 404
    assert client.get(where).status_code == 200


def test_an_applied_import_keeps_no_bytes(admin: Admin) -> None:
    client = admin(Role.PUBLISHER)
    where = sent(client, ONE_CHANGE)
    client.post(f"{where}/publish")
    number = int(where.rsplit("/", 1)[1])
    assert imports.content(stored(client), number) == b""
    assert imports.get(stored(client), number).status is Status.APPLIED


def test_an_upload_nobody_closed_is_gone_after_thirty_days(admin: Admin) -> None:
    client = admin()
    author = revisions.Author(None, "だれか")
    old = intake.receive(
        client.database, "古い.csv", ONE_CHANGE.encode(), author, NOON - timedelta(days=31)
    )
    sent(client, ONE_CHANGE)
    assert imports.content(stored(client), old) == b""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "ファイルが空です"),
        (b"PK\x03\x04" + b"\0" * 200, "Excelのブック"),
        (b"\x1f\x8b\x08" + b"x" * 50, "圧縮されたファイル"),
        (b"id,name\n\x00\x00", "文字のファイルではありません"),
        ("みなと,さがみ\n1,2\n".encode(), "見出しが読めません"),
        (b"id,name\n", "見出しだけで、行がありません"),
        (b"id,name,name\na,b,c\n", "見出し「name」が二つあります"),
    ],
    ids=["empty", "zip", "gzip", "nul", "strange-header", "header-only", "twice"],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    admin: Admin, content: bytes, told: str
) -> None:
    client = admin()
    response = upload(client, content)
    if response.status_code == 303:
        response = client.get(str(response.location))
    else:
        assert response.status_code == 422
    assert told in response.text


def test_no_file_at_all_is_told(admin: Admin) -> None:
    response = upload(admin(), b"", "")
    assert response.status_code == 422
    assert "CSVのファイルを選んでください。" in response.text


def test_a_file_over_twenty_megabytes_is_refused(admin: Admin) -> None:
    response = upload(admin(), b"id,name\n" + b"a" * 20_000_001)
    assert response.status_code == 422
    assert "大きすぎます(20 MBまで)" in response.text


def test_a_body_beyond_measure_is_not_even_read(admin: Admin) -> None:
    response = upload(admin(), b"x" * 22_100_000)
    assert response.status_code == 413
    assert "分けて送ってください" in response.text


def test_only_the_upload_takes_a_long_body(admin: Admin) -> None:
    client = admin()
    where = sent(client, ONE_CHANGE)
    response = client.post(f"{where}/choose", {"show": "x" * 70_000})
    assert response.status_code == 413


def test_the_reasons_can_be_taken_away_as_csv(admin: Admin) -> None:
    client = admin()
    where = sent(client, FULL + "=1+1,=cmd,\n")
    response = client.get(f"{where}/faults.csv")
    assert response.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert rows[0] == ["行", "列", "理由", "識別子", "名称"]
    assert rows[1][:2] == ["2", "id"]
    assert rows[1][3:] == ["'=1+1", "'=cmd"]


def test_the_export_taken_in_again_changes_nothing(admin: Admin) -> None:
    client = admin()
    sheet = client.get("/admin/export.csv")
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="sosdir-sheet.csv"'
    number = int(sent(client, sheet.text).rsplit("/", 1)[1])
    counts = import_rows.counts(stored(client), number)
    assert counts[Outcome.UNCHANGED] == 7
    assert sum(counts.values()) == 7


def test_hostile_text_in_a_row_is_shown_as_text(admin: Admin) -> None:
    client = admin()
    hostile = "<script>alert(1)</script>${x}{{7*7}}"
    where = sent(client, FULL + f'minato-sos,"{hostile}",\n"<img src=x>",x,\n')
    for page in (
        client.get(where),
        client.get(f"{where}?show=changed"),
        client.get("/admin/imports"),
    ):
        assert read(page).dangers() == []
        assert "<script>alert" not in page.text


def test_a_strange_column_is_told_with_the_nearest_name(admin: Admin) -> None:
    client = admin()
    page = client.get(sent(client, "id,name,channel_1_vaule\nminato-sos,みなとSOS,\n"))
    assert "見出し「channel_1_vaule」は分からない" in page.text
    assert "「channel_1_value」のことなら" in page.text


def test_pages_part_fifty_rows(admin: Admin) -> None:
    client = admin()
    rows = "".join(f"!{number},x,\n" for number in range(120))
    where = sent(client, FULL + rows)
    assert "1 / 3 ページ" in client.get(where).text
    assert "121行目" in client.get(f"{where}?page=3").text
    assert client.get(f"{where}?page=4").status_code == 404
    moved = client.post(f"{where}/choose", {"go": "refused:2"})
    assert moved.location == f"{where}?show=refused&page=2"


@pytest.mark.parametrize("query", ["?page=x", "?show=nonsense", "?page=-1", "?page=99999999999"])
def test_a_strange_address_shows_the_first_page(admin: Admin, query: str) -> None:
    client = admin()
    assert client.get(sent(client, ONE_CHANGE) + query).status_code == 200


@pytest.mark.parametrize("lines", [["x"], ["0"], ["-1"], ["2"] * 501])
def test_strange_lines_are_refused(admin: Admin, lines: list[str]) -> None:
    client = admin()
    where = sent(client, ONE_CHANGE)
    assert client.post(f"{where}/choose", {"line": lines, "shown": "2"}).status_code == 400


@pytest.mark.parametrize("path", ["", "/progress.json", "/faults.csv"])
def test_an_import_that_is_not_there_is_not_found(admin: Admin, path: str) -> None:
    assert admin().get(f"/admin/imports/99{path}").status_code == 404


def test_a_big_file_is_read_in_the_background(
    admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = admin()
    threads: list[Any] = []
    start = intake.start
    monkeypatch.setattr(intake, "AT_ONCE", 10)
    monkeypatch.setattr(intake, "start", lambda *given: threads.append(start(*given)))
    where = sent(client, ONE_BAD)
    (thread,) = threads
    thread.join()
    answer = client.get(f"{where}/progress.json").json
    assert answer == {"status": "ready", "done": 3, "total": 3}


def test_a_reading_that_was_cut_off_can_begin_again(
    admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = admin()
    with monkeypatch.context() as killed:
        killed.setattr(intake, "read", lambda *_given: None)
        where = sent(client, ONE_BAD)
    page = client.get(where).text
    assert 'id="import-progress"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    client.post(f"{where}/read")
    assert "変わる 2" in read(client.get(where)).text


def test_nothing_is_applied_before_all_is_read(
    admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = admin(Role.PUBLISHER)
    monkeypatch.setattr(intake, "read", lambda *_given: None)
    where = sent(client, ONE_CHANGE)
    client.post(f"{where}/publish")
    assert "まだ読み終わっていません" in client.get(where).text
    assert client.get(f"/admin/imports/{10**30}").status_code == 404
