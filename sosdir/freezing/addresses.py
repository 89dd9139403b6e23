"""Which addresses of the site are frozen, and which only the live site can answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from flask import Flask, url_for
from werkzeug.routing import Rule

from sosdir import context, db, evidence, multilingual
from sosdir.freezing.asking import Asker
from sosdir.hsds.endpoints import ENDPOINTS
from sosdir.hsds.identifiers import identifier
from sosdir.listing import involved
from sosdir.locales import JAPANESE, LOCALES, Locale
from sosdir.store import notices, services
from sosdir.views import sitemap

# What only the live site answers, by the first part of the path, and why.
LIVE_ONLY = {
    "admin": "it is no public page",
    "components": "its samples are invented",
    "embed": "a frame on another site is always of the present",
    "healthz": "it says how the live site is",
    "oembed": "it answers about the address in its query",
    "report": "it takes what a visitor sends",
    "sheet": "nothing stands on a sheet that no query filled",
}


def is_live_only(path: str) -> bool:
    """Tell whether only the live site answers at a path.

    Args:
        path: without language, from its first slash.
    """
    return _first(path) in LIVE_ONLY


class Addresses:
    """Know the addresses of one site in Japanese and some languages more.

    What is the same in all languages stands at the Japanese addresses.
    """

    def __init__(self, asker: Asker, locales: Sequence[Locale] = LOCALES) -> None:
        self._asker, self._app = asker, asker.app
        self._locales = tuple(each for each in LOCALES if each in {JAPANESE, *locales})

    def required(self) -> set[str]:
        """Return the pages of the sitemap: each must be there."""
        with self._asked():
            return set(self._said(each.path for each in sitemap.pages()))

    def offered(self) -> set[str]:
        """Return what else stands at an address without a query, as far as it is known here.

        What pages link to is found in the pages.
        """
        with self._asked():
            paths = [
                *_plain_rules(self._app),
                *_of_places(),
                *_of_services(),
                *_of_the_involved(),
                *_withdrawn_notices(),
            ]
        return {
            *self._said(paths),
            *self._statics(),
            *self._parts_of_sitemap(),
            *self._objects(),
        }

    def is_frozen(self, address: str) -> bool:
        """Tell whether an address belongs among the frozen ones, whatever it answers.

        Args:
            address: a path, without a query.
        """
        locale, path = multilingual.parted(address)
        return (locale is None or locale in self._locales) and not is_live_only(path)

    def live_only(self) -> dict[str, str]:
        """Return the rules of the addresses that only the live site answers, and why."""
        rules = sorted(rule.rule for rule in self._app.url_map.iter_rules())
        return {rule: LIVE_ONLY[_first(rule)] for rule in rules if is_live_only(rule)}

    def _asked(self) -> AbstractContextManager[object]:
        return self._app.test_request_context("/")

    def _said(self, paths: Iterable[str]) -> Iterator[str]:
        """Give each path in every language that it has."""
        for path in paths:
            if not multilingual.has_languages(path):
                yield path
                continue
            yield from (locale.prefix + path for locale in self._locales)

    def _statics(self) -> Iterator[str]:
        folder = Path(self._app.static_folder or "")
        with self._asked():
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    name = file.relative_to(folder).as_posix()
                    yield url_for("static", filename=name).partition("?")[0]

    def _parts_of_sitemap(self) -> Iterator[str]:
        for number in range(1, 10_000):
            with self._asked():
                path = url_for("sitemap.part", number=number)
            if self._asker.get(path).status_code != 200:
                return
            yield path

    def _objects(self) -> Iterator[str]:
        """Give each object of the HSDS API."""
        for each in ENDPOINTS:
            with self._asked():
                path = url_for("hsds.objects", name=each.name)
            yield path
            for line in self._asker.get(f"{path}?format=ndjson").text.splitlines():
                yield f"{path}/{json.loads(line)['id']}"


def _plain_rules(app: Flask) -> Iterator[str]:
    """Give each address that is the same whatever the data."""
    for rule in app.url_map.iter_rules():
        if not rule.arguments and "GET" in (rule.methods or ()) and not is_live_only(rule.rule):
            yield from _with_or_without_slash(rule)


def _first(path: str) -> str:
    return path.removeprefix("/").partition("/")[0]


def _with_or_without_slash(rule: Rule) -> Iterator[str]:
    yield rule.rule
    if rule.rule.endswith("/") and rule.rule != "/":
        yield rule.rule.rstrip("/")


def _of_places() -> Iterator[str]:
    for prefecture in context.gazetteer().prefectures:
        yield url_for("offline.copy", code=prefecture.code)
        yield url_for("partners.picture_file", code=prefecture.code)


def _of_services() -> Iterator[str]:
    """Give the addresses of each public service, of one that has ended as well."""
    for each in services.everything(db.current()):
        if not evidence.is_public(each):
            continue
        yield url_for("services.service", service_id=each.id)
        yield url_for("pocket.card", service_id=each.id)
        yield url_for("pocket.calendar", service_id=each.id)
        yield url_for("hsds.one", name="services", made=identifier("service", each.id))


def _of_the_involved() -> Iterator[str]:
    known = involved.known()
    for key in known.organizations:
        yield url_for("organizations.organization", organization_id=key)
    for slug in known.programs:
        yield url_for("programs.program", slug=slug)


def _withdrawn_notices() -> Iterator[str]:
    for each in notices.everything(db.current()):
        if each.was_withdrawn:
            yield url_for("notices.notice", notice_id=each.newest.notice.id)
