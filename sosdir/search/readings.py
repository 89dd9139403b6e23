"""What searches read: the index of one version of the services, and its database where need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from sosdir.evidence import Published
from sosdir.search.index import Index, read_index
from sosdir.search.parts import Part
from sosdir.search.query import Query
from sosdir.search.scenes import Scene
from sosdir.text import bigrams, runs


@dataclass(frozen=True, slots=True)
class Reading:
    """Read what is kept in memory, and open the database for what is not.

    Args:
        index: of the services.
        lend: gives a database that holds the version of the index; called at most when needed.
    """

    index: Index
    lend: Callable[[], Database]

    def part(self, query: Query, ranks: Mapping[str, int] | None) -> Part:
        """Return the public services that serve an area.

        Args:
            query: for the day.
            ranks: area codes with their nearness; None for anywhere.
        """
        return self.index.part(query.today, ranks)

    def scene(self, part: Part, query: Query) -> Scene:
        """Return what the channels of services come to.

        Args:
            part: of the services.
            query: for the instant.
        """
        return part.at(self.index.moments.of(query.at))

    def matching(self, part: Part, words: Sequence[str]) -> int:
        """Return who matches all words.

        Args:
            part: of the services.
            words: folded; none for all.
        """
        terms = [_term(run) for word in words for run in runs(word)]
        if words and not terms:
            # Words without a letter, such as an asterisk alone, stand in no text.
            return 0
        return part.matching(self.index.found(self.lend, term) for term in terms)

    def published(self, service_ids: Sequence[str], day: date) -> list[Published]:
        """Return what may be shown of services on a day, in the order asked.

        Args:
            service_ids: as found.
            day: in Japan.
        """
        return self.index.published(self.lend, service_ids, day)


# Who keeps no index reads it anew from the database.
Source = Database | Reading


def reading(source: Source) -> Reading:
    """Return what searches read of a source.

    Args:
        source: a database, or what was made of one before.
    """
    if isinstance(source, Reading):
        return source
    return Reading(read_index(source), lambda: source)


def _term(run: str) -> str:
    if len(run) < 2:
        return f'"{run}"*' if run else ""
    return f'"{" ".join(bigrams(run))}"'
