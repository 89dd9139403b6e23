"""Know Japan's prefectures and municipalities, their names in free text, and who serves a place.

Area codes: ``00`` the whole country; two digits a prefecture (JIS X 0401); six digits a
municipality (JIS X 0402 with its check digit).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sosdir import romaji
from sosdir.areas.forms import Name, NameIndex
from sosdir.areas.reading import Reader
from sosdir.errors import UnknownAreaError
from sosdir.locales import JAPANESE, Locale, mark
from sosdir.models import NATIONWIDE, Municipality, Prefecture, Ward

__all__ = ["Gazetteer", "Place", "Recognition", "Region", "is_valid_code"]

# The customary regions, each with its first prefecture and its last.
_REGIONS = (
    (mark("北海道・東北"), "01", "07"),
    (mark("関東"), "08", "14"),
    (mark("甲信越・北陸"), "15", "20"),
    (mark("東海"), "21", "24"),
    (mark("近畿"), "25", "30"),
    (mark("中国"), "31", "35"),
    (mark("四国"), "36", "39"),
    (mark("九州・沖縄"), "40", "47"),
)

_SIX_DIGITS = re.compile(r"[0-9]{6}")
_CHECK_WEIGHTS = (6, 5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class Place:
    """Name a municipality or a prefecture.

    Args:
        code: six digits, or a prefecture's two.
        name: such as 横浜市.
        name_kana: in hiragana.
        prefecture_code: two digits.
        prefecture: its name, such as 神奈川県.
        latitude: of the town hall, degrees north; None for a prefecture.
        longitude: of the town hall, degrees east; None for a prefecture.
    """

    code: str
    name: str
    name_kana: str
    prefecture_code: str
    prefecture: str
    latitude: float | None
    longitude: float | None

    @property
    def is_prefecture(self) -> bool:
        """Tell whether this is a whole prefecture."""
        return self.code == self.prefecture_code

    @property
    def full_name(self) -> str:
        """Return the name with its prefecture's, such as 神奈川県横浜市."""
        return self.name if self.is_prefecture else self.prefecture + self.name

    @property
    def name_romaji(self) -> str:
        """Return the name in Latin letters with its kind, such as Yokohama-shi."""
        kind = romaji.hepburn(Name.of(self.name, self.name_kana).kind_kana)
        return f"{self.short_romaji}-{kind}" if kind else self.short_romaji

    def named(self, locale: Locale = JAPANESE) -> str:
        """Return the name as readers of a language read it: in Latin letters but in Japanese.

        Args:
            locale: of the reader.
        """
        if locale.is_japanese:
            return self.name
        told = self.short_romaji if self.is_prefecture else self.name_romaji
        # Yokohama-shi is one word: no line ends at its hyphen.
        return told.replace("-", "\u2011")

    @property
    def short_romaji(self) -> str:
        """Return the name in Latin letters without its kind, such as Yokohama."""
        return romaji.hepburn(Name.of(self.name, self.name_kana).stem_kana).capitalize()


@dataclass(frozen=True, slots=True)
class Region:
    """Group prefectures by a customary name, such as 関東."""

    name: str
    prefectures: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """Hold what a query says of places.

    Args:
        places: none; the one that is named; or several, to be asked back.
        rest: the other words, folded as ``text.words`` gives them.
        phrase: the folded words that name the place, or None.
    """

    places: tuple[Place, ...]
    rest: tuple[str, ...]
    phrase: str | None


class Gazetteer:
    """Know every place; build it once and share it, it never changes.

    Args:
        prefectures: the 47.
        municipalities: municipalities and Tokyo's wards, of these prefectures.
        wards: of the designated cities among them.
    """

    def __init__(
        self,
        prefectures: Iterable[Prefecture],
        municipalities: Iterable[Municipality],
        wards: Iterable[Ward],
    ) -> None:
        known = tuple(prefectures)
        towns = tuple(municipalities)
        names = {prefecture.code: prefecture.name for prefecture in known}
        self._prefectures = tuple(_prefecture_place(prefecture) for prefecture in known)
        self._municipalities = tuple(
            _municipality_place(town, names[town.prefecture_code]) for town in towns
        )
        self._places = {place.code: place for place in self._prefectures + self._municipalities}
        self._reader = Reader(NameIndex(known, towns, wards))

    @property
    def prefectures(self) -> tuple[Place, ...]:
        """Return the prefectures in the order they were given."""
        return self._prefectures

    @property
    def municipalities(self) -> tuple[Place, ...]:
        """Return the municipalities in the order they were given."""
        return self._municipalities

    def get(self, code: str) -> Place:
        """Return the place that bears a code.

        Args:
            code: two or six digits; ``00`` is no place.

        Raises:
            UnknownAreaError: nothing bears it.
        """
        try:
            return self._places[code]
        except KeyError:
            raise UnknownAreaError(f"no prefecture or municipality has the code {code!r}") from None

    def exists(self, code: str) -> bool:
        """Tell whether a code is an area code: ``00``, a prefecture's or a municipality's."""
        return code == NATIONWIDE or code in self._places

    def municipalities_of(self, prefecture_code: str) -> tuple[Place, ...]:
        """Return the municipalities of a prefecture.

        Args:
            prefecture_code: two digits.

        Raises:
            UnknownAreaError: no prefecture bears it.
        """
        prefecture = self.get(prefecture_code)
        if not prefecture.is_prefecture:
            raise UnknownAreaError(f"{prefecture_code!r} is a municipality, not a prefecture")
        return tuple(
            place for place in self._municipalities if place.prefecture_code == prefecture_code
        )

    def regions(self) -> tuple[Region, ...]:
        """Return the eight customary regions from north to south, each with its prefectures."""
        return tuple(
            Region(name, tuple(place for place in self._prefectures if first <= place.code <= last))
            for name, first, last in _REGIONS
        )

    def areas_serving(self, place: Place) -> tuple[str, ...]:
        """Return the area codes whose services serve a place, the nearest first."""
        if place.is_prefecture:
            return (place.code, NATIONWIDE)
        return (place.code, place.prefecture_code, NATIONWIDE)

    def areas_within(self, place: Place) -> tuple[str, ...]:
        """Return the codes of the municipalities inside a place: none inside a municipality."""
        if not place.is_prefecture:
            return ()
        return tuple(town.code for town in self.municipalities_of(place.code))

    def nearness(self, area_code: str, place: Place) -> int:
        """Rank how near an area is to the place asked for.

        Args:
            area_code: of a service.
            place: asked for.

        Returns:
            0 the municipality itself, 1 the prefecture, 2 the country, 3 a municipality inside
            the prefecture asked for.

        Raises:
            ValueError: services of that area neither serve the place nor are inside it.
        """
        if area_code == NATIONWIDE:
            return 2
        if area_code == place.prefecture_code:
            return 1
        if area_code == place.code:
            return 0
        if place.is_prefecture and area_code.startswith(place.code):
            return 3
        raise ValueError(f"area {area_code} has nothing to do with {place.code} {place.name}")

    def recognise(self, text: str) -> Recognition:
        """Tell which words of a query name a place, and which are left.

        Kanji, kana and Latin letters, with or without 都道府県市区町村; a ward leads to its
        designated city; a place narrows another (神奈川 横浜, 東京都府中市); a name borne by
        several gives them all.

        Args:
            text: as typed into the search field.
        """
        finding = self._reader.find(text)
        places = tuple(map(self.get, finding.codes))
        return Recognition(places, finding.rest, finding.phrase)

    def beginning(self, text: str) -> tuple[Place, ...]:
        """Return the places whose full names a text begins with.

        Args:
            text: such as an address, 神戸市北区ひよどり台2丁目; prefecture and district may lead.
        """
        return tuple(map(self.get, self._reader.beginning(text)))


def is_valid_code(code: str) -> bool:
    """Tell whether six digits carry the right check digit of JIS X 0402.

    The first five are weighted 6, 5, 4, 3, 2; the check digit fills their sum up to a multiple
    of eleven, of which the last digit counts (総務省「全国地方公共団体コード」).

    Args:
        code: six ASCII digits of a municipality, or of a prefecture (140007).
    """
    if not _SIX_DIGITS.fullmatch(code) or not "01" <= code[:2] <= "47":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], _CHECK_WEIGHTS, strict=True))
    return (11 - total % 11) % 10 == int(code[5])


def _prefecture_place(prefecture: Prefecture) -> Place:
    return Place(
        code=prefecture.code,
        name=prefecture.name,
        name_kana=prefecture.name_kana,
        prefecture_code=prefecture.code,
        prefecture=prefecture.name,
        latitude=None,
        longitude=None,
    )


def _municipality_place(town: Municipality, prefecture: str) -> Place:
    return Place(
        code=town.code,
        name=town.name,
        name_kana=town.name_kana,
        prefecture_code=town.prefecture_code,
        prefecture=prefecture,
        latitude=town.latitude,
        longitude=town.longitude,
    )
