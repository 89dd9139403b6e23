"""Admins see which of the pages we point at are gone, and where to mend it."""

from collections.abc import Callable
from datetime import timedelta

from sosdir import db
from sosdir.links import Outcome, Verdict
from sosdir.store import links, services
from tests.admins import AdminClient
from tests.cast import NOON, a_service
from tests.reading import read

SITE = "https://example.jp/minato"


def keep(admin: AdminClient, *verdicts: Verdict) -> None:
    with db.changing(admin.database) as database:
        links.save(database, verdicts, NOON - timedelta(days=1))


def test_before_the_first_run_it_says_so(admin: Callable[..., AdminClient]) -> None:
    page = read(admin().get("/admin/links"))
    assert "まだ一度も確かめていません" in page.text
    assert "直すところのあるリンクはありません" in page.text


def test_a_dead_link_stands_with_its_services(admin: Callable[..., AdminClient]) -> None:
    editor = admin()
    keep(editor, Verdict(SITE, Outcome.GONE, 404))
    page = read(editor.get("/admin/links"))
    for words in ("ページがない", "返事 404", "2026年11月24日", "みなとSOSの公式ページ"):
        assert words in page.text
    assert {SITE, "/admin/services/minato-sos/edit"} <= set(page.links)


def test_a_page_that_moved_says_where_to(admin: Callable[..., AdminClient]) -> None:
    editor = admin()
    keep(editor, Verdict(SITE, Outcome.MOVED, 200, "https://new.example/"))
    page = read(editor.get("/admin/links"))
    assert "引っこした" in page.text
    assert "https://new.example/" in page.links


def test_what_is_no_address_becomes_no_link(admin: Callable[..., AdminClient]) -> None:
    editor = admin()
    hostile = "javascript:alert(1)//<script>"
    with db.changing(editor.database) as database:
        services.save(database, a_service(website=hostile))
    keep(editor, Verdict(hostile, Outcome.FAILING, None, "javascript:alert(2)", "<b>見本</b>"))
    page = read(editor.get("/admin/links"))
    assert page.dangers() == []
    assert [each for each in page.links if each.startswith("javascript")] == []
    assert hostile in page.text
