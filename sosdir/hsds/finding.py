"""Find in the roll what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sosdir.areas import Gazetteer
from sosdir.hsds.asking import Asked
from sosdir.hsds.identifiers import identifier
from sosdir.hsds.roll import Body, Entry, Roll
from sosdir.hsds.taxonomy import Taxonomy, TaxonomyTerm
from sosdir.schedules import TOKYO
from sosdir.search import Query, Source, found_ids
from sosdir.text import fold, words


@dataclass(frozen=True, slots=True)
class Finding:
    """Find on one version of the data.

    Args:
        source: for the search.
        roll: of that version, on that day.
        gazetteer: of the same data.
        now: with a zone.
        doubts: when the doubts on a service last changed, by our id.
    """

    source: Source
    roll: Roll
    gazetteer: Gazetteer
    now: datetime
    doubts: Mapping[str, datetime]

    @property
    def day(self) -> date:
        """Return the day in Japan, which decides what may be shown."""
        return self.now.astimezone(TOKYO).date()

    def services(self, asked: Asked) -> list[Entry]:
        """Return the services that are asked for, in order; those that have ended come last.

        Args:
            asked: of the list.
        """
        entries = [each for each in self._in_order(asked) if self._admits(asked, each)]
        if asked.modified_after is not None:
            ended = (each for each in self.roll.services.values() if each.ended)
            entries += (each for each in ended if self.changed(each) >= asked.modified_after)
        return entries

    def bodies(self, asked: Asked) -> list[Body]:
        """Return the organizations that are asked for.

        Args:
            asked: of the list.
        """
        return [each for each in self.roll.bodies.values() if self._is_asked(each, asked)]

    def terms(self, asked: Asked) -> list[TaxonomyTerm]:
        """Return the terms that are asked for; none of ours has a parent.

        Args:
            asked: of the list.
        """
        if asked.parent_id is not None:
            return []
        return [
            each
            for each in self.roll.terms.values()
            if says(asked, each) and asked.taxonomy_id in {None, each.taxonomy_id}
        ]

    def _in_order(self, asked: Asked) -> Iterable[Entry]:
        """Return the listed services that serve a place and answer a search, else all.

        The order is that of the roll: in the order of the search, which asks who is open, pages
        would lose services and repeat others whenever a state changes.
        """
        listed = (each for each in self.roll.services.values() if not each.ended)
        if not asked.search.strip() and asked.area_code is None:
            return listed
        query = Query(at=self.now, today=self.day, text=asked.search, area=asked.area_code)
        ids = set(found_ids(self.source, self.gazetteer, query))
        return (each for each in listed if each.key in ids)

    def _admits(self, asked: Asked, entry: Entry) -> bool:
        return (
            asked.organization_id in {None, entry.organization_id}
            and self._is_described(entry, asked)
            and (asked.modified_after is None or self.changed(entry) >= asked.modified_after)
        )

    def _is_described(self, entry: Entry, asked: Asked) -> bool:
        if asked.taxonomy_term_id is not None and asked.taxonomy_term_id not in entry.terms:
            return False
        if asked.taxonomy_id is None:
            return True
        return any(self.roll.terms[each].taxonomy_id == asked.taxonomy_id for each in entry.terms)

    def _is_asked(self, body: Body, asked: Asked) -> bool:
        if not _has_all_words(asked, body.organization.name):
            return False
        if asked.taxonomy_term_id is None and asked.taxonomy_id is None:
            return True
        run = (self.roll.services[identifier("service", key)] for key, _ in body.runs)
        return any(self._is_described(each, asked) for each in run)

    def changed(self, entry: Entry) -> datetime:
        """Return when what is shown of a service, or the doubt on it, last changed.

        Args:
            entry: of the roll.
        """
        return max(entry.changed, self.doubts.get(entry.key, entry.changed))


def says(asked: Asked, each: Taxonomy | TaxonomyTerm) -> bool:
    """Tell whether a taxonomy or a term has all words of a search.

    Args:
        asked: of the list.
        each: to look at.
    """
    code = each.code if isinstance(each, TaxonomyTerm) else ""
    return _has_all_words(asked, f"{each.name} {code} {each.description}")


def _has_all_words(asked: Asked, text: str) -> bool:
    """Tell whether a short text that no index holds has all words of a search."""
    folded = fold(text)
    return all(word in folded for word in words(asked.search))
