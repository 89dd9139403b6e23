"""Write the answer to a query as JSON from texts that are kept of each service.

It is letter for letter what ``formats.results_json`` comes to: only what the hour, the question
and the address of the site decide is written anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any

from cachetools import FIFOCache

from sosdir import formats
from sosdir.areas import Place
from sosdir.models import Position
from sosdir.needs import Wish
from sosdir.presentation import Presenter, Rota, distance
from sosdir.schedules import Availability
from sosdir.search import FacetValue, Hit, Page

# So many services' texts are kept, each of 2 KB.
_MOST_TEXTS = 8192
# So many pages of them are kept, each of 30 KB.
_MOST_PAGES = 128
_MOST_STATES = 8192


@dataclass(frozen=True, slots=True)
class ServiceText:
    """Hold the JSON of a service in pieces, between which stands what is written anew.

    Args:
        head: before its address.
        body: from there to its state.
        tail: from there to its distance.
        channels: each up to its state.
        rota: gives the states.
        position: gives the distance.
    """

    head: str
    body: str
    tail: str
    channels: tuple[str, ...]
    rota: Rota
    position: Position | None

    @classmethod
    def of(cls, presenter: Presenter, hit: Hit) -> ServiceText:
        """Return the text of a service.

        Args:
            presenter: of any instant.
            hit: the service as found.
        """
        fields = formats.service_fields(presenter.result(hit.published))
        names = list(fields)
        url, state, away = (names.index(each) for each in ("url", "state", "distance_km"))
        return cls(
            _members(fields, names[:url]),
            _members(fields, names[url + 1 : state]),
            _members(fields, names[state + 2 : away]),
            tuple(_members(each, list(each)[:-2]) for each in fields["channels"]),
            Rota.of(hit.published),
            hit.published.service.position,
        )

    def told(self, url: str, at: datetime, wish: Wish, place: Place | None) -> str:
        """Return the whole.

        Args:
            url: of the service's page.
            at: the instant asked about, with a zone.
            wish: what a channel has to meet.
            place: the place asked, or None.
        """
        rota = self.rota
        channels = ",".join(
            [
                f"{{{text},{_state(rota.of_channel(number, at))}}}"
                for number, text in enumerate(self.channels)
            ]
        )
        return (
            f'{{{self.head},"url":{_text(url)},{self.body},{_state(rota.of_service(at, wish))},'
            f'{self.tail},"distance_km":{_text(distance(self.position, place))},'
            f'"channels":[{channels}]}}'
        )


class ServiceTexts:
    """Keep the texts of services of one version of the data, on one day, as they are doubted."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: FIFOCache[str, ServiceText] = FIFOCache(_MOST_TEXTS)
        self._pages: FIFOCache[Hashable, str] = FIFOCache(_MOST_PAGES)

    def told(self, page: Page, presenter: Presenter) -> str:
        """Return the services of a page; many ask for the same ones in the same minute.

        Args:
            page: as found.
            presenter: of the same data, as of the instant asked about.
        """
        minute = presenter.at.replace(second=0, microsecond=0)
        key = (page.ids, presenter.service_url("0"), minute, page.wish, page.place)
        known = self._pages.get(key)
        if known is None:
            known = _services(page, self._texts(page, presenter), presenter)
            with self._lock:
                self._pages[key] = known
        return known

    def _texts(self, page: Page, presenter: Presenter) -> list[ServiceText]:
        found = [self._kept.get(each) for each in page.ids]
        known = [each for each in found if each is not None]
        if len(known) == len(found):
            return known
        pairs = zip(found, page.hits, strict=True)
        made = [each or ServiceText.of(presenter, hit) for each, hit in pairs]
        with self._lock:
            self._kept.update(zip(page.ids, made, strict=True))
        return made


def results_text(page: Page, services: str) -> str:
    """Return the answer to a query as JSON, without its first member, the instant asked about.

    Args:
        page: as found.
        services: of it, as ``ServiceTexts`` tells them.
    """
    return f'{_found(page)},"services":[{services}]}}'


def _services(page: Page, texts: Iterable[ServiceText], presenter: Presenter) -> str:
    return ",".join(
        [
            text.told(presenter.service_url(service_id), presenter.at, page.wish, page.place)
            for service_id, text in zip(page.ids, texts, strict=True)
        ]
    )


def _found(page: Page) -> str:
    fields = formats.found_fields(page)
    facets = (
        f"{_text(name)}:[{','.join(map(_facet, values))}]" for name, values in page.facets.items()
    )
    return f'{_members(fields, fields)},"facets":{{{",".join(facets)}}}'


def _facet(value: FacetValue) -> str:
    return f"{_beginning(value.value, value.label)}{value.count}}}"


@lru_cache(4096)
def _beginning(value: str, label: str) -> str:
    return f'{{"value":{_text(value)},"label":{_text(label)},"count":'


@lru_cache(_MOST_STATES)
def _state(availability: Availability) -> str:
    change = formats.instant(availability.next_change)
    return f'"state":{_text(availability.state)},"next_change":{_text(change)}'


def _members(fields: Mapping[str, Any], names: Iterable[str]) -> str:
    return _text({name: fields[name] for name in names})[1:-1]


_text: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
