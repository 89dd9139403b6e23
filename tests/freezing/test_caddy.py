"""The rules for Caddy give every address the headers of the live site, and are few."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from sosdir.freezing import caddy
from sosdir.freezing.manifest import Manifest
from sosdir.freezing.records import Answer
from tests.cast import NOON

POLICY = ("Content-Security-Policy", "default-src 'self'")
HTML, CARD = "text/html; charset=utf-8", "text/vcard; charset=utf-8"


def an_answer(address: str, kind: str = HTML, *more: tuple[str, str], status: int = 200) -> Answer:
    language = "en" if address.startswith("/en") else "ja"
    headers = (POLICY, ("Content-Type", kind), ("Content-Language", language), *more)
    return Answer(address, status, tuple(sorted(headers)), f"public{address}", "", 0)


def a_card(key: str, prefix: str = "") -> Answer:
    named = ("Content-Disposition", f'inline; filename="{key}.vcf"')
    return an_answer(f"{prefix}/services/{key}.vcf", CARD, named)


def rules(*answers: Answer) -> str:
    return caddy.written(Manifest(NOON, "https://x.jp", ("", "en"), answers, {}, {}, {}))


def tables(text: str) -> list[tuple[list[str], list[list[str]]]]:
    """Read each table of headers: the names of its columns, its rows from the first to match."""
    found = []
    for head, body in re.findall(r"\tmap \S+ (\{frozen_.*\}) \{\n((?:\t\t.*\n)*)\t\}", text):
        rows = [
            [each.strip("`") if each != '""' else "" for each in re.findall(r'`[^`]*`|""|\w+', row)]
            for row in body.splitlines()
        ]
        found.append((re.findall(r"\{(\w+)\}", head), rows))
    return found


def given(text: str, path: str) -> dict[str, str]:
    """Return what the tables give a path, as Caddy reads them: the first row that fits."""
    told = {}
    for names, rows in tables(text):
        for pattern, *values in rows:
            is_pattern = pattern.startswith("~")
            found = re.search(pattern[1:], path) if is_pattern else None
            if found or pattern in {path, "default"}:
                group = found[1] if found and found.re.groups else ""
                told |= dict(
                    zip(names, (each.replace("${1}", group) for each in values), strict=True)
                )
                break
    return told


SITE = (
    an_answer("/"),
    an_answer("/en/"),
    *(an_answer(f"{prefix}/areas/{number}") for prefix in ("", "/en") for number in range(10, 48)),
    *(a_card(key, prefix) for prefix in ("", "/en") for key in ("a", "b-c", "d")),
    an_answer("/robots.txt", "text/plain; charset=utf-8"),
    an_answer("/api/hsds/services", "application/json", ("Access-Control-Allow-Origin", "*")),
    an_answer("/en/offline/14", HTML, ("Cache-Control", "no-store")),
    an_answer("/offline/14", HTML, ("Cache-Control", "no-store")),
    an_answer("/en/coverage/14.csv", "text/csv", ("Content-Disposition", 'x; filename="c-14.csv"')),
    an_answer("/programs/%E8%A6%8B%E6%9C%AC", HTML, ("Cache-Control", "max-age=1")),
)


@pytest.mark.parametrize("answer", SITE, ids=lambda each: each.address)
def test_each_address_is_given_its_headers(answer: Answer) -> None:
    told = given(rules(*SITE), unquote(answer.address))
    for name, value in answer.headers:
        if (name, value) != POLICY:
            assert told[f"frozen_{name.lower().replace('-', '_')}"] == value
    absent = {"cache_control", "content_disposition", "access_control_allow_origin"} - {
        name.lower().replace("-", "_") for name, _ in answer.headers
    }
    assert {told[f"frozen_{name}"] for name in absent} == {""}


def test_what_all_say_is_said_once() -> None:
    text = rules(*SITE)
    assert text.count("default-src 'self'") == 1
    assert "header `Content-Security-Policy` `default-src 'self'`" in text


def test_the_rules_do_not_grow_with_the_number_of_pages() -> None:
    few = rules(*SITE).count("\n")
    many = [an_answer(f"/areas/{number}") for number in range(1000, 3000)]
    cards = [a_card(f"line-{number}") for number in range(500)]
    assert rules(*SITE, *many, *cards).count("\n") == few


def test_what_leads_on_and_what_is_gone_is_told() -> None:
    moved = Answer("/services/old", 301, (), None, "", 0, "/services/new")
    gone = Answer("/services/x", 410, (POLICY,), "gone/services/x.html", "", 0)
    text = rules(*SITE, moved, gone)
    assert "`/services/old` `/services/new` `301`" in text
    assert "`/services/x` `/services/x.html`" in text


def test_a_query_that_changes_nothing_is_told_whole() -> None:
    text = rules(*SITE, an_answer("/map/outlines.js?v=3", "text/javascript"))
    assert "`/map/outlines.js?v=3` `yes`" in text
