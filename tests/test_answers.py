"""The JSON that is put together from kept texts is letter for letter that of its fields."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from sosdir import context, formats
from sosdir.schedules import TOKYO
from sosdir.search import search

QUERIES = (
    "q=横浜市",
    "q=横浜市 夜 LINE",
    "q=府中市",
    "q=にんしんSOS&page=2",
    "q=ぬるぽ",
    "area=00&sort=near",
    "q=大阪市&channel=line,phone&state=open",
    "q=渋谷区&at=2026-11-28T20:00",
    "lang=en&need=night",
    "reachable=1&scope=prefecture",
)
MOMENTS = (
    datetime(2026, 11, 25, 12, 0, 15, tzinfo=TOKYO),
    datetime(2026, 12, 31, 23, 59, 59, tzinfo=TOKYO),
    datetime(2027, 1, 1, 9, 0, 0, tzinfo=TOKYO),
)


def fields(app: Flask, address: str) -> dict[str, Any]:
    """Return the answer made the plain way, from results."""
    with app.test_request_context(address):
        query = context.query()
        page = search(context.reading(), context.gazetteer(), query)
        presenter = context.presenter(query.at)
        results = presenter.results(page.hits, page.place)
        return formats.results_json(page, results, presenter.now)


@pytest.mark.parametrize("at", MOMENTS)
@pytest.mark.parametrize("query", QUERIES)
def test_texts_and_fields_say_the_same(
    shipped_home: Any, make_app: Any, query: str, at: datetime
) -> None:
    app = make_app(shipped_home, at, cache_megabytes=0)
    address = f"/services.json?{quote(query, safe='=&,:')}"
    expected = json.dumps(fields(app, address), ensure_ascii=False, separators=(",", ":"))
    client = app.test_client()
    # Made for the first, and kept for the second.
    for _ in range(2):
        assert client.get(address).get_data(as_text=True) == f"{expected}\n"


def test_an_address_is_that_of_the_host_that_was_asked(shipped_app: Flask) -> None:
    client = shipped_app.test_client()
    for host, prefix in (("a.example", ""), ("b.example", "/en")):
        answer = client.get(f"{prefix}/services.json?area=14", headers={"Host": host})
        (first, *_) = answer.json["services"]  # type: ignore[index]
        assert first["url"] == f"http://{host}{prefix}/services/{first['id']}"
