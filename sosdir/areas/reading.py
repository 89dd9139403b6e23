"""Read free text for the names of places: which words name one, and which are left over.

A municipality's code begins with its prefecture's, which is how one place narrows another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from sosdir import romaji
from sosdir.areas.forms import EVERYDAY, Codes, Forms, NameIndex, canonical, inside, united
from sosdir.text import fold, words

_MOST_WORDS = 20  # of a query are looked at; the rest of an endless text is left as it is
_MOST_LETTERS = 100  # of a word
_MOST_JOINED = 3  # Latin words in one name: Higashi Osaka City
_MOST_CANDIDATES = 12  # more than can be asked back name nothing
_MOST_STEPS = 4  # prefecture, district, city, ward

# The fewest letters that stand for a longer name: ちゃ and chat are no 北谷町, あさ no 朝霞市.
_LEAST_KANJI, _LEAST_KANA, _LEAST_LATIN = 2, 3, 5
# The fewest kana that name a place within a word: なかまに is 仲間に, not 中間市に.
_LEAST_KANA_WITHIN = 4

_KANJI = re.compile(r"[一-龥々]")
_JAPANESE = re.compile(r"[ぁ-んー一-龥々]+")
_LATIN = re.compile(r"[a-zà-ɏ][a-zà-ɏ'’-]*")
_POSTAL_CODE = re.compile(r"^〒? ?[0-9]{3}-?[0-9]{4}(?![0-9])")
_DISTRICT = re.compile(r"[^\W\d_]{1,5}?郡")
_EDGES = re.compile(r"^\W+|\W+$")
_OPENING = re.compile(r"^\W+")
_PARTICLES = ("の", "で", "に", "から", "へ")
_AFTER_KANA = re.compile(r"(?:から|[のでにへ])?(?:$|[^ぁ-んー])")
# What stands between a place and the next word: 市立, 市内の, 市民で, に, と; not the で of でんわ.
_AFTER_PLACE = re.compile(
    r"\W*(?:立|(?:内|民|在住)(?=$|\W|[のでにへと]|から))?"
    r"(?:から|[のでにへと](?![んーぁぃぅぇぉっゃゅょ]))?\W*"
)
_PARTING = re.compile(r"\W|と")  # after it, another place may be named


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what a text says of places.

    Args:
        codes: area codes of the places it may mean, the likeliest first; none, one or several.
        rest: the folded words that name no place.
        phrase: the folded words that name the place, or None.
    """

    codes: Codes
    rest: tuple[str, ...]
    phrase: str | None


@dataclass(frozen=True, slots=True)
class _Match:
    """Hold a name found at the head of some words: how many it takes, and what is left of them."""

    codes: Codes
    phrase: str
    words: int
    tail: str


class Reader:
    """Find names in text.

    Args:
        index: the forms of every name.
    """

    def __init__(self, index: NameIndex) -> None:
        self._japanese = index.japanese
        self._latin = index.latin
        self._longest = max(map(len, index.japanese.full), default=0)
        self._begun_japanese = _Beginnings(index.japanese)
        self._begun_latin = _Beginnings(index.latin)

    def find(self, text: str) -> Finding:
        """Find the places that a query names, by whole names first, else by the begun one."""
        typed = words(text)
        finding = self._whole_names(typed)
        return finding if finding.codes else self._begun_name(typed)

    def beginning(self, text: str) -> Codes:
        """Return the places whose full names a text begins with, such as an address."""
        joined = canonical(_POSTAL_CODE.sub("", fold(text)).replace(" ", ""))
        found = self._chain(joined, 0, bare=False)
        return found[0] if found else ()

    def _whole_names(self, typed: Sequence[str]) -> Finding:
        pending = deque(typed)
        codes: Codes = ()
        phrases: list[str] = []
        rest: list[str] = []
        for _ in range(_MOST_WORDS):
            if not pending:
                break
            match = self._match(tuple(islice(pending, _MOST_JOINED)), codes)
            if match is None:
                rest.extend(_unless_particle(pending.popleft(), after_place=bool(codes)))
                continue
            for _ in range(match.words):
                pending.popleft()
            if rest and rest[-1].endswith("郡") and match.phrase[-1] in "町村":
                rest.pop()
            phrases.append(match.phrase)
            codes = self._narrowed(codes, match.codes, phrases)
            _put_back(match.tail, pending, rest)
        return Finding(codes, (*rest, *pending), " ".join(phrases) or None)

    def _narrowed(self, known: Codes, named: Codes, phrases: Sequence[str]) -> Codes:
        """Return the places meant by a further name of a query: the inner ones, or else all."""
        if not known:
            return named
        return (
            united(inside(known, named), inside(named, known))
            or self._reread(phrases[-1], known)
            or self._reread(phrases[-2], named)
            or united(known, named)
        )

    def _reread(self, phrase: str, within: Codes) -> Codes:
        """Read a name again, now that a place around it is known: 青森 横浜 is 横浜町."""
        japanese = self._japanese.within(within, canonical(phrase))
        return japanese or self._latin.within(within, romaji.key(phrase))

    def _begun_name(self, typed: tuple[str, ...]) -> Finding:
        for place, word in enumerate(typed[:_MOST_WORDS]):
            codes = () if _is_account(word) else self._begun(_EDGES.sub("", word))
            if codes:
                return Finding(codes, typed[:place] + typed[place + 1 :], word)
        return Finding((), typed, None)

    def _begun(self, word: str) -> Codes:
        if _LATIN.fullmatch(word):
            # A name may break off before a vowel: the h of yokoh makes no long o.
            return self._begun_latin.of(romaji.key(word + "a")[:-1], _LEAST_LATIN)
        if not _JAPANESE.fullmatch(word):
            return ()
        least = _LEAST_KANJI if _KANJI.search(word) else _LEAST_KANA
        return self._begun_japanese.of(canonical(word), least)

    def _match(self, head: Sequence[str], within: Codes) -> _Match | None:
        """Match the name that some words begin with, if need be inside the places before it."""
        if _is_account(head[0]):
            return None
        first = _OPENING.sub("", head[0])
        return self._match_latin((first, *head[1:])) or self._match_japanese(first, within)

    def _match_latin(self, head: Sequence[str]) -> _Match | None:
        run = list(takewhile(_LATIN.fullmatch, head))
        for count in range(len(run), 0, -1):
            codes = self._latin.alone(romaji.key("".join(run[:count])))
            if codes:
                return _Match(codes, " ".join(run[:count]), count, "")
        return self._match_latin_start(head[0])

    def _match_latin_start(self, word: str) -> _Match | None:
        """Match the Latin letters that a word begins with, as in yokohamaの電話."""
        letters = _LATIN.match(word)
        if letters is None or word[letters.end() :][:1].isdigit():
            return None
        codes = self._latin.alone(romaji.key(letters[0]))
        return _Match(codes, letters[0], 1, word[letters.end() :]) if codes else None

    def _match_japanese(self, word: str, within: Codes) -> _Match | None:
        text = canonical(word[:_MOST_LETTERS])
        found = self._chain(text, 0) or (self._chain(text, 0, within) if within else None)
        if found is None:
            return None
        codes, end = found
        return _Match(codes, word[:end], 1, word[end:])

    def _chain(
        self,
        text: str,
        start: int,
        within: Codes = (),
        steps: int = _MOST_STEPS,
        *,
        bare: bool = True,
    ) -> tuple[Codes, int] | None:
        """Read names, each inside the one before, such as 神奈川県横浜市鶴見区.

        Args:
            text: in canonical letters.
            start: where in it the next name begins.
            within: the places named before it, which it must be inside.
            steps: how many more names to read at most.
            bare: whether names without their kind count.

        Returns:
            Who bears the innermost name, and where it ends.
        """
        if not steps:
            return None
        best: tuple[Codes, int] | None = None
        for end in range(min(len(text), start + self._longest), start, -1):
            codes = self._bearers(text, start, end, within, bare)
            if not codes:
                continue
            found = self._chain(text, end, codes, steps - 1, bare=bare)
            if found is None and self._may_end(text, start, end):
                found = (codes, end)
            if found and found[1] == len(text):
                return found  # 千葉 + 市川, not 千葉市 and a rest
            best = best or found
        return best or self._beyond_district(text, start, within, steps, bare)

    def _beyond_district(
        self, text: str, start: int, within: Codes, steps: int, bare: bool
    ) -> tuple[Codes, int] | None:
        """Step over the district of a town or village: 北葛城郡広陵町."""
        district = _DISTRICT.match(text, start)
        if district is None or steps < 2:
            return None
        found = self._chain(text, district.end(), within, 1, bare=bare)
        return found if found and text[found[1] - 1] in "町村" else None

    def _bearers(self, text: str, start: int, end: int, within: Codes, bare: bool) -> Codes:
        known, form = self._japanese, text[start:end]
        if not bare:
            codes = known.full.get(form, ())
            return inside(within, codes) if within else codes
        if within:
            return known.within(within, form)
        if len(form) < len(text) and form not in known.full and form not in known.bare:
            return ()  # the bare name of a ward counts only where it stands alone
        return known.alone(form)

    def _may_end(self, text: str, start: int, end: int) -> bool:
        """Tell whether a name may end there although its word goes on.

        横浜市立 and 横浜LINE name a place; 横浜国立 or さくらの do not.
        """
        if end == len(text):
            return True
        if not _KANJI.match(text, end - 1):
            return end - start >= _LEAST_KANA_WITHIN and bool(_AFTER_KANA.match(text, end))
        if text[start:end] in self._japanese.full:
            return True
        return not _KANJI.match(text, end) and end - start > 1


class _Beginnings:
    """Find the names that begin with some letters.

    Args:
        forms: in one script; the bare ones are searched.
    """

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._sorted = sorted({*forms.bare, *forms.wards})

    def of(self, letters: str, least: int) -> Codes:
        """Return who bears a name so begun, none when the letters are too few or say too little.

        Args:
            letters: in the forms' own spelling.
            least: the fewest letters that count.
        """
        if len(letters) < least or letters in EVERYDAY:
            return ()
        codes: Codes = ()
        for form in self._from(letters):
            codes = united(codes, self._forms.alone(form))
            if len(codes) > _MOST_CANDIDATES:
                return ()
        return codes

    def _from(self, letters: str) -> Iterator[str]:
        start = bisect_left(self._sorted, letters)
        return takewhile(lambda form: form.startswith(letters), islice(self._sorted, start, None))


def _unless_particle(word: str, *, after_place: bool) -> tuple[str, ...]:
    return () if after_place and word in _PARTICLES else (word,)


def _put_back(tail: str, pending: deque[str], rest: list[str]) -> None:
    """Keep what a name left of its word: as text, or to be read on after a comma or と."""
    after = _AFTER_PLACE.match(tail)
    end = after.end() if after else 0
    if not tail[end:]:
        return
    if _PARTING.search(tail[:end]):
        pending.appendleft(tail[end:])
    else:
        rest.append(tail[end:])


def _is_account(word: str) -> bool:
    """Tell whether a word is a LINE id or a mail address, which names no place."""
    return "@" in word
