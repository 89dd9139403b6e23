"""Hold a form that is being read: what it is read against, and what is found wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sosdir.areas import Gazetteer
from sosdir.forms.bodies import Bodies
from sosdir.forms.service import ServiceForm
from sosdir.models import Service

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Hold what a form is read against.

    Args:
        base: the service as it was opened, None for a new one.
        known_ids: of channels and sources that history knows.
        bodies: the organizations.
        gazetteer: of all places.
        today: in Japan.
        is_taken: tells whether a service ever bore an id.
    """

    base: Service | None
    known_ids: frozenset[str]
    bodies: Bodies
    gazetteer: Gazetteer
    today: date
    is_taken: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold a form with what is found wrong in it.

    Args:
        form: validated; normal forms are written back into it.
        around: what it is read against.
        faults: by the id of the field, in the order found.
    """

    form: ServiceForm
    around: Surroundings
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return the text of a field, None where it is empty.

        Args:
            name: of the field.
        """
        return self.form[name].data.strip() or None

    def one_of(self, words: type[Word], chosen: Any) -> Word:
        """Return the word that is chosen, the last and weakest where none is.

        Args:
            words: the closed vocabulary.
            chosen: the field.
        """
        try:
            return words(chosen.data)
        except ValueError:
            self.faults[chosen.id] = f"{chosen.label.text}を選んでください。"
            return list(words)[-1]


def known_of(ids: Collection[str], service: Service | None) -> frozenset[str]:
    """Return the ids that history knows, with those that a service bears.

    Args:
        ids: that history knows.
        service: as it was opened, or None.
    """
    if service is None:
        return frozenset(ids)
    borne = {each.id for each in service.channels} | {each.id for each in service.sources}
    return frozenset(ids) | borne
