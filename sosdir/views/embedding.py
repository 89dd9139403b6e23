"""For those who keep the site of a city or a school: how our list stands in theirs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from sosdir import context, embedding, multilingual
from sosdir.areas import Place
from sosdir.search import read

blueprint = Blueprint("embedding", __name__)


@blueprint.get("/embedding")
def how_to() -> str:
    """Let a place be chosen, and give the lines of HTML to copy.

    Raises:
        BadParametersError: a parameter cannot be used.
    """
    query = context.query()
    asked = read(context.gazetteer(), query)
    found = asked.place
    return render_template(
        "embedding.html",
        text=query.text,
        candidates=[_choice(each) for each in asked.places] if found is None else [],
        not_found="q" in request.args and not asked.places,
        chosen=_snippets(found) if found else None,
        oembed_url=context.lasting_url("oembed.oembed"),
    )


def _choice(place: Place) -> dict[str, str]:
    locale = multilingual.locale()
    prefecture = context.gazetteer().get(place.prefecture_code)
    return {
        "name": place.named(locale),
        "prefecture": prefecture.named(locale),
        "url": url_for(".how_to", area=place.code),
    }


def _snippets(place: Place) -> dict[str, Any]:
    name = place.named(multilingual.locale())
    title = multilingual.current().gettext("%(place)sの妊娠の相談窓口", place=name)
    page = context.public_url("areas.area", code=place.code)
    frame = context.public_url("embed.embed", area=place.code)
    preview = url_for("embed.embed", area=place.code)
    return {
        "name": name,
        "page": page,
        "preview": embedding.Frame(preview, title).html,
        "frame": embedding.Frame(frame, title).html,
        "link": embedding.link(page, title),
    }
