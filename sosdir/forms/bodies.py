"""Find the organization that a name in a form means, or say what to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from sosdir import romaji
from sosdir.models import Organization
from sosdir.text import fold

MAX_CANDIDATES = 20

_LETTERS = re.compile(r"[a-z0-9]+|[ぁ-ゖー]+")
_SLUG = re.compile(r"[a-z0-9]+")


class Bodies:
    """Know the organizations of the directory by id and by name.

    Args:
        organizations: all of them, and those of the service at hand.
    """

    def __init__(self, organizations: Iterable[Organization]) -> None:
        self._by_id = {each.id: each for each in organizations}
        self._by_name: dict[str, Organization] = {}
        for each in self._by_id.values():
            self._by_name.setdefault(each.name, each)

    def get(self, organization_id: str) -> Organization | None:
        """Return the organization that bears an id, or None."""
        return self._by_id.get(organization_id)

    def named(self, name: str, likely: Iterable[Organization] = ()) -> Organization | None:
        """Return the organization that bears exactly this name, or None.

        Args:
            name: as typed.
            likely: those that are meant first where several bear it.
        """
        for each in likely:
            if each.name == name:
                return each
        return self._by_name.get(name)

    def matching(self, words: str) -> list[Organization]:
        """Return the organizations whose names hold what was typed, the shortest names first.

        Args:
            words: part of a name.
        """
        wanted = fold(words).replace(" ", "")
        if not wanted:
            return []
        found = [
            each for each in self._by_id.values() if wanted in fold(each.name).replace(" ", "")
        ]
        return sorted(found, key=lambda each: (len(each.name), each.name))[:MAX_CANDIDATES]


def new_organization(name: str) -> Organization:
    """Return an organization that is registered by its name.

    Its id follows from the name alone: two drafts that register one body mean the same, and two
    bodies never share an id.

    Args:
        name: as its own pages write it.
    """
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return Organization(f"{slug(name) or 'dantai'}-{mark}", name)


def slug(name: str) -> str:
    """Return the letters and kana of a name as a word for addresses; empty where it has none.

    Args:
        name: such as にんしんSOSヨコハマ, which gives ninshin-sos-yokohama.
    """
    # The fold of searches would write にんしん in kanji.
    plain = fold(name.replace("にんしん", "ninshin ").replace("ニンシン", "ninshin "))
    words = map(_spelled, _LETTERS.findall(plain))
    return "-".join(each for each in words if _SLUG.fullmatch(each))[:40].strip("-")


def _spelled(word: str) -> str:
    return word if word.isascii() else romaji.hepburn(word.replace("ー", "")).replace("'", "")
