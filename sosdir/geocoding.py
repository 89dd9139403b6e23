"""Place addresses and points with geopy over the bundled gazetteer, and measure distances.

A municipality's town hall stands for every address in it. Nothing here asks a network, save
``find_online``, which an admin asks for by a button where an online geocoder is set.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, inf, radians, sin
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler

from geopy.adapters import BaseSyncAdapter, URLLibAdapter
from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError, GeocoderUnavailable, GeopyError
from geopy.geocoders import Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from sosdir.areas import Gazetteer, Place
from sosdir.errors import GeocodingError
from sosdir.models import Position, Precision
from sosdir.tabular import COORDINATE_DECIMALS
from sosdir.version import __version__

__all__ = ["GazetteerGeocoder", "distance_km", "find_online"]

# How long an online geocoder may take, in seconds: an admin waits for it.
PATIENCE = 5.0
_FARTHEST_KM = 100.0  # from every town hall: at sea, or abroad

_Vector = tuple[float, float, float]


@lru_cache(maxsize=16_384)
def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two points, rounded to 0.1 km.

    The earth is taken for a sphere (radius 6371.009 km, geopy), at most 0.5 % off: far less than
    the distance from a town hall to a door.

    Args:
        a: latitude and longitude, degrees.
        b: latitude and longitude, degrees.
    """
    return round(float(great_circle(a, b).km), 1)


def find_online(url: str, address: str) -> Position | None:
    """Return where an online geocoder places an address in Japan, None where it knows no such.

    Args:
        url: of a geocoder that speaks Nominatim's API, such as ``https://geocoder.example.jp``.
        address: a public one; it is sent to that geocoder.

    Raises:
        GeocodingError: it does not answer, or not as it should.
    """
    parts = urlsplit(url)
    geocoder = Nominatim(
        scheme=parts.scheme,
        domain=parts.netloc + parts.path.rstrip("/"),
        user_agent=f"sosdir/{__version__}",
        timeout=PATIENCE,
        adapter_factory=_Straight,
    )
    try:
        found = geocoder.geocode(address, country_codes="jp", language="ja")
    except (GeopyError, ValueError, KeyError, TypeError) as error:
        raise GeocodingError("the online geocoder gave no usable answer") from error
    if found is None:
        return None
    north, east = (round(value, COORDINATE_DECIMALS) for value in (found.latitude, found.longitude))
    return Position(north, east, Precision.ADDRESS)


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocode by the name of the municipality, and reverse by the nearest town hall.

    Args:
        gazetteer: the places to know.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(adapter_factory=_NoNetwork)
        self._gazetteer = gazetteer
        self._town_halls = tuple(
            (_unit_vector(place.latitude, place.longitude), place)
            for place in gazetteer.municipalities
            if place.latitude is not None and place.longitude is not None
        )

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Return the town hall of the municipality that an address begins with.

        Args:
            query: an address, 神戸市北区ひよどり台2丁目, or the name of a place alone, よこはま.
            exactly_one: return one location, and None when the name is borne by several.
            limit: the most locations to return; only without ``exactly_one``.
            timeout: taken as geopy's geocoders do; there is nothing to wait for.

        Returns:
            A location, or a list of them, or None when no municipality is named.

        Raises:
            GeocoderQueryError: the query is no text, or empty.
        """
        if not isinstance(query, str) or not query.strip():
            raise GeocoderQueryError("the query must be an address or the name of a place")
        places = self._named(query)
        located = [_location(place) for place in places if not place.is_prefecture]
        if not located or (exactly_one and len(places) > 1):
            return None
        return located[0] if exactly_one else located[:limit]

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """Return the municipality whose town hall is nearest to a point.

        Near a border that may be the neighbour's: it is an offer, not a fact.

        Args:
            query: latitude and longitude in degrees, or geopy's other forms of a point.
            exactly_one: return a location, not a list of one.
            timeout: taken as geopy's geocoders do; there is nothing to wait for.

        Returns:
            None when every town hall is farther than 100 km.

        Raises:
            GeocoderQueryError: the query is no point on the earth.
        """
        place = self._nearest(_point(query))
        if place is None:
            return None
        location = _location(place)
        return location if exactly_one else [location]

    def _named(self, query: str) -> tuple[Place, ...]:
        places = self._gazetteer.beginning(query)
        if places:
            return places
        recognition = self._gazetteer.recognise(query)
        return () if recognition.rest else recognition.places

    def _nearest(self, point: Point) -> Place | None:
        x, y, z = _unit_vector(point.latitude, point.longitude)
        best, nearest = -inf, None
        for (a, b, c), place in self._town_halls:
            closeness = x * a + y * b + z * c  # the cosine of the angle between the two
            if closeness > best:
                best, nearest = closeness, place
        if nearest is None:
            return None
        distance = great_circle(point, (nearest.latitude, nearest.longitude)).km
        return nearest if distance <= _FARTHEST_KM else None


class _Straight(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """Ask the geocoder that is set, and nobody it points at, who may be in our own network."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for handler in self.urlopen.__self__.handlers:
            if isinstance(handler, HTTPRedirectHandler):
                handler.redirect_request = lambda *_: None  # type: ignore[method-assign]


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Stand where geopy wants a way to the network, and go nowhere."""

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
        raise GeocoderUnavailable("the bundled gazetteer asks no network")

    get_text = get_json


def _unit_vector(latitude: float, longitude: float) -> _Vector:
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _point(query: Point | str | tuple[float, float]) -> Point:
    try:
        return Point(query)
    except (TypeError, ValueError) as error:
        raise GeocoderQueryError(f"no point on the earth: {query!r}") from error


def _location(place: Place) -> Location:
    raw = {"code": place.code, "precision": str(Precision.MUNICIPALITY)}
    return Location(place.full_name, (place.latitude, place.longitude), raw)
