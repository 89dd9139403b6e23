"""Write the reading above every kanji of the pages in やさしい日本語."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from flask import Flask, Response

from sosdir import context, multilingual
from sosdir.areas import Gazetteer
from sosdir.errors import DatabaseError
from sosdir.furigana import annotate
from sosdir.locales import EASY_JAPANESE


def init_app(app: Flask) -> None:
    """Let an application write readings where its page is in やさしい日本語.

    Args:
        app: to register with, after what compresses.
    """
    app.after_request(_write_readings)


def _write_readings(response: Response) -> Response:
    if multilingual.locale() == EASY_JAPANESE and response.mimetype == "text/html":
        response.set_data(annotate(response.get_data(as_text=True), _readings()))
    return response


def _readings() -> dict[str, str]:
    try:
        return _of_places(context.gazetteer())
    except DatabaseError:
        # The page that says so is still to be read.
        return {}


@lru_cache(maxsize=2)
def _of_places(gazetteer: Gazetteer) -> dict[str, str]:
    """Return the readings of names that are read in one way wherever they are."""
    told: dict[str, set[str]] = defaultdict(set)
    for place in (*gazetteer.prefectures, *gazetteer.municipalities):
        told[place.name].add(place.name_kana)
    return {name: next(iter(kana)) for name, kana in told.items() if len(kana) == 1}
