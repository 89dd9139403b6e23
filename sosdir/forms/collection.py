"""What a counselor has collected: the ids of services, as an address carries them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from sosdir.forms.query import BadParametersError

MAX_COLLECTED = 20

# As importing has them; anything else can be no service of ours, and is carried nowhere.
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)


class SheetForm(StrEnum):
    """Tell as what the collection is handed over: a sheet, or a card for each service."""

    SHEET = "sheet"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Collection:
    """Hold what is to be handed over.

    Args:
        ids: of the services, in order, each once.
        form: as what.
    """

    ids: tuple[str, ...]
    form: SheetForm


def split_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that values name, in order, each once, without what can be none.

    Args:
        values: of the parameter; commas part them.
    """
    return tuple(each for each in _named(values) if _ID.fullmatch(each))


def read_collection(parameters: MultiDict[str, str]) -> Collection:
    """Return what parameters ask to hand over.

    Args:
        parameters: of the address.

    Raises:
        BadParametersError: no service is named, too many are, or the form is none.
    """
    named, form = _named(parameters.getlist("ids")), parameters.get("form") or SheetForm.SHEET
    if not named:
        raise BadParametersError(
            {"ids": "窓口がえらばれていません。一覧の「紹介票に入れる」でえらんでください。"}
        )
    if len(named) > MAX_COLLECTED:
        raise BadParametersError(
            {"ids": f"一度に{MAX_COLLECTED}件までです。{len(named)}件えらばれています。"}
        )
    if form not in set(SheetForm):
        raise BadParametersError({"form": "sheet か card にしてください。"})
    return Collection(named, SheetForm(form))


def _named(values: Iterable[str]) -> tuple[str, ...]:
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
