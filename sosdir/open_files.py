"""Make the files of open data: once for each state of the data and each day, and keep them.

What a query chooses is made for it alone. The texts of these files are Japanese in every language.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from flask import Flask, current_app, g

from sosdir import context, db, evidence, freshness
from sosdir.evidence import Published
from sosdir.opendata import (
    Row,
    areas_geojson,
    dictionary_csv,
    metadata,
    package_zip,
    people_csv,
    published,
    published_package,
)
from sosdir.pocket import cards
from sosdir.presentation import Presenter
from sosdir.search import Hit
from sosdir.store import changes, packages, reports, services, versions
from sosdir.store.publication import publication

CHECKSUMS = "sha256sums.txt"


@dataclass(frozen=True, slots=True)
class Kind:
    """Describe a file.

    Args:
        name: in its address, for good.
        media_type: as the header says it.
        make: gives the content from what is published.
        of_query: whether a query can choose what stands in it.
    """

    name: str
    media_type: str
    make: Callable[[Sequence[Published]], bytes]
    of_query: bool = False


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Hold a file as it is given away.

    Args:
        kind: of file.
        content: whole.
        digest: SHA-256 of the content.
        changed_at: since when it has been the same.
    """

    kind: Kind
    content: bytes
    digest: str
    changed_at: datetime


class _Shelf:
    """Keep the newest of each file, one for each name."""

    def __init__(self) -> None:
        # One each: a file that is being made holds up no other.
        self._locks = {name: Lock() for name in KINDS}
        self._kept: dict[str, tuple[Any, OpenFile]] = {}

    def current(self, kind: Kind) -> OpenFile:
        state = _state()
        with self._locks[kind.name]:
            found = self._kept.get(kind.name)
            if found is None or found[0] != state:
                found = (state, _made(kind, found[1] if found else None))
                self._kept[kind.name] = found
            return found[1]


def get(kind: Kind) -> OpenFile:
    """Return a whole file as the data is.

    Args:
        kind: of file.
    """
    shelf: _Shelf = current_app.extensions["open_files"]
    return shelf.current(kind)


def everything() -> tuple[OpenFile, ...]:
    """Return all whole files, in the order to show."""
    return tuple(map(get, KINDS.values()))


def checksums() -> str:
    """Return the checksums of all whole files, as ``sha256sum --check`` reads them."""
    return "".join(f"{each.digest}  {each.kind.name}\n" for each in everything())


def page_url(service_id: str) -> str:
    """Return the whole address of a service's page, in Japanese; empty where it is not known.

    Args:
        service_id: of the service.
    """
    return _whole("services.service", service_id=service_id)


def last_changes() -> Callable[[Published], datetime]:
    """Return what tells when a service last changed in public, as far as anyone knows."""
    recorded, today = changes.last_shown(db.current()), context.now().date()

    def last_change(each: Published) -> datetime:
        service = each.service
        seen_on, hidden_from = evidence.looked_at(service), evidence.withheld_from(service)
        return evidence.changed_at(seen_on, hidden_from, recorded.get(service.id), today)

    return last_change


def of_query(kind: Kind, hits: Iterable[Hit]) -> bytes:
    """Return a file of what a query chooses, in the order of the whole file.

    Args:
        kind: of file.
        hits: as found.
    """
    chosen = (evidence.without_rest(hit.published) for hit in hits)
    return kind.make(sorted(chosen, key=lambda each: each.service.id))


def _whole(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page, empty where the site does not know its own.

    A file is made once for all who ask, and a request can name any host.
    """
    return context.lasting_url(endpoint, **values) if context.settings().url else ""


def _state() -> tuple[Any, ...]:
    """Return all that a file depends on."""
    database = db.current()
    return (
        versions.current(database, versions.SERVICES),
        versions.current(database, versions.PLACES),
        context.now().date(),
        reports.doubted_channels(database),
        # A doubt that has come and gone leaves its date on a card.
        frozenset(reports.doubts_changed(database).items()),
    )


def _made(kind: Kind, before: OpenFile | None) -> OpenFile:
    content = kind.make(_published())
    digest = freshness.digest(content)
    if before is not None and before.digest == digest:
        # The data changed, and nothing of it stands in this file.
        return before
    return OpenFile(kind, content, digest, freshness.facts_changed_at())


def _published() -> tuple[Published, ...]:
    """Return what may be shown of all services, worked out once a request."""
    if "published" not in g:
        g.published = published(services.everything(db.current()), context.now().date())
    found: tuple[Published, ...] = g.published
    return found


def _people(chosen: Sequence[Published]) -> bytes:
    doubted = reports.doubted_channels(db.current())
    gazetteer = context.gazetteer()
    rows = (Row(each, gazetteer, page_url(each.service.id), doubted) for each in chosen)
    return people_csv(rows).encode()


def _package(_chosen: Sequence[Published]) -> bytes:
    package = packages.take_out(db.current())
    return package_zip(published_package(package, context.now().date()))


def _areas(chosen: Sequence[Published]) -> bytes:
    told = areas_geojson(chosen, context.gazetteer(), context.places().outlines)
    return (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _cards(chosen: Sequence[Published]) -> bytes:
    """Write a card for each service that its card can reach."""
    doubted = reports.doubted_channels(db.current())
    presenter = Presenter(context.gazetteer(), context.now(), page_url, doubted=doubted)
    last_change = last_changes()
    return cards(
        (presenter.result(each), last_change(each))
        for each in chosen
        if any(channel.value for channel in each.service.channels)
    )


def _database(chosen: Sequence[Published]) -> bytes:
    doubted = reports.doubted_channels(db.current())
    return publication(chosen, context.gazetteer(), doubted)


def _metadata(_chosen: Sequence[Published]) -> bytes:
    told = metadata(_whole("pages.open_data"))
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _dictionary(_chosen: Sequence[Published]) -> bytes:
    return dictionary_csv().encode()


_CSV = "text/csv; charset=utf-8"
KINDS = {
    kind.name: kind
    for kind in (
        Kind("services.csv", _CSV, _people, of_query=True),
        Kind("columns.csv", _CSV, _dictionary),
        Kind("datapackage.zip", "application/zip", _package),
        Kind("areas.geojson", "application/geo+json", _areas, of_query=True),
        Kind("services.vcf", "text/vcard; charset=utf-8", _cards, of_query=True),
        Kind("sosdir.db", "application/vnd.sqlite3", _database),
        Kind("metadata.json", "application/json", _metadata),
    )
}


def init_app(app: Flask) -> None:
    """Give an application its shelf of files.

    Args:
        app: to register with.
    """
    app.extensions["open_files"] = _Shelf()
