"""Read the numbered groups of a row: its sources, channels and figures, and which part each is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sosdir import records
from sosdir.errors import InputError
from sosdir.models import ChannelKind, Service
from sosdir.revising import channel_prefix, next_ids, source_prefix
from sosdir.spreadsheets import repairs
from sosdir.spreadsheets.columns import PART, SOURCES, WORDS, Header
from sosdir.spreadsheets.known import Known
from sosdir.spreadsheets.proposals import Proposal
from sosdir.spreadsheets.writing import Cells
from sosdir.tabular import Column, read_value

Row = dict[str, Any]
_PREFIXES: Mapping[str, Callable[[str], str]] = {"channel": channel_prefix, "source": source_prefix}
# By these a part without an id is known again.
_NATURAL = {"channel": ("kind", "value"), "source": ("url",), "statistic": ("name", "on")}
_NUMBERS = re.compile(r"[;\uff1b,、\s]+")


class PartReader:
    """Read the groups of the rows of one sheet.

    Args:
        header: of the file.
        known: the directory as it is.
    """

    def __init__(self, header: Header, known: Known) -> None:
        self._groups = header.groups
        self._known = known
        self._places = [
            (place, f"{word}_{number}_{name}")
            for word, groups in header.groups.items()
            for number, columns in groups.items()
            for name, place in columns.items()
        ]

    def says_nothing_new(self, cells: Sequence[str], base: Cells) -> bool:
        """Tell whether every group says what the service was written with.

        Args:
            cells: of the row.
            base: of the service as it is.
        """
        return all(cells[place] == base.get(name, "") for place, name in self._places)

    def read(
        self, proposal: Proposal, cells: Sequence[str], base_cells: Cells
    ) -> dict[str, list[Row]]:
        """Return the rows of the parts that a row says, by their field of a service.

        Args:
            proposal: of that row; what is wrong is added to it.
            cells: of the row.
            base_cells: of the service as it is.
        """
        reading = _Reading(self._groups, self._known, proposal, cells, base_cells)
        found = {word: reading.parts(word) for word in WORDS}
        return {
            "sources": found["source"],
            "channels": found["channel"],
            "statistics": found["statistic"],
        }


class _Reading:
    """Read the groups of one row."""

    def __init__(
        self,
        groups: Mapping[str, Mapping[int, Mapping[str, int]]],
        known: Known,
        proposal: Proposal,
        cells: Sequence[str],
        base_cells: Cells,
    ) -> None:
        self._groups = groups
        self._known = known
        self._proposal = proposal
        self._cells = cells
        self._base_cells = base_cells
        self._source_ids: dict[str, str] = {}

    def parts(self, word: str) -> list[Row]:
        """Return the parts of one kind in the order of their groups."""
        base = _base_rows(self._proposal.base, word)
        told = self._told(word, len(base))
        matched = self._matched(word, told, base)
        fresh = self._fresh_ids(word, (row["id"] for row in matched.values() if "id" in row))
        rows: list[Row] = []
        for number, texts in told.items():
            row = self._row(word, number, texts, matched.get(number), base)
            if row.get("id") is None and "id" in PART[word]:
                row["id"] = next(fresh)
            self._proposal.columns[(word, len(rows))] = f"{word}_{number}"
            rows.append(row)
            if word == "source":
                self._source_ids[str(number)] = row["id"]
        beyond = max(self._groups[word], default=0)
        claimed = [id(row) for row in matched.values()]
        kept = [row for place, row in enumerate(base) if place >= beyond and id(row) not in claimed]
        if word == "source":
            self._source_ids |= {
                str(place): row["id"] for place, row in enumerate(base, 1) if row in kept
            }
        return rows + kept

    def _told(self, word: str, held: int) -> dict[int, Cells]:
        """Return the cells of the groups that stand for a part.

        A group all of whose cells are empty stands for none; but where the file lacks the column
        that every such part must fill, it still means the part in its place.
        """
        needed = _NATURAL[word][0]
        told = {}
        for number, columns in self._groups[word].items():
            texts = {name: self._cells[place] for name, place in columns.items()}
            if any(texts.values()) or (needed not in columns and number <= held):
                told[number] = texts
        return told

    def _matched(self, word: str, told: Mapping[int, Cells], base: list[Row]) -> dict[int, Row]:
        """Return the part that each group is about: by id, else by what it says or its place."""
        matched: dict[int, Row] = {}
        free = {row.get("id", str(place)): row for place, row in enumerate(base)}
        for number, texts in told.items():
            if key := texts.get("id"):
                row = free.pop(key, None)
                if row is not None:
                    matched[number] = row
                else:
                    self._refuse_strange(word, number, key, base, matched)
        for number, texts in told.items():
            if number in matched or texts.get("id"):
                continue
            if "id" in PART[word] and "id" in texts:
                row = self._same(word, texts, free.values())
            else:
                row = base[number - 1] if number <= len(base) else None
                row = row if row in free.values() else None
            if row is not None:
                matched[number] = row
                free = {key: each for key, each in free.items() if each is not row}
        return matched

    def _refuse_strange(
        self, word: str, number: int, key: str, base: list[Row], matched: Mapping[int, Row]
    ) -> None:
        proposal, column = self._proposal, f"{word}_{number}_id"
        if any(row.get("id") == key for row in base) or key in self._source_ids.values():
            proposal.refuse(column, f"「{key}」が二か所にあります。どちらかを空にしてください。")
            return
        prefix = _PREFIXES[word](proposal.service_id)
        tail = key.removeprefix(prefix)
        if proposal.base or not key.startswith(prefix) or not (tail.isascii() and tail.isdigit()):
            proposal.refuse(
                column,
                f"「{key}」はこの窓口にありません。新しく足すときは、この欄を空にしてください。",
            )

    def _same(self, word: str, texts: Cells, free: Iterable[Row]) -> Row | None:
        for row in free:
            if all(self._says(word, name, texts, row) for name in _NATURAL[word]):
                return row
        return None

    def _says(self, word: str, name: str, texts: Cells, row: Row) -> bool:
        text = texts.get(name, "")
        if name == "value":
            text = repairs.channel_value(row["kind"], text)
        return text == (row[name] or "")

    def _fresh_ids(self, word: str, matched: Iterable[str]) -> Any:
        if word not in _PREFIXES:
            return iter(())
        proposal = self._proposal
        used = set(matched)
        for number in self._groups[word]:
            place = self._groups[word][number].get("id")
            if place is not None:
                used.add(self._cells[place])
        return _lazily(_PREFIXES[word](proposal.service_id), used, self._known, proposal)

    def _row(
        self, word: str, number: int, texts: Cells, matched: Row | None, base: list[Row]
    ) -> Row:
        row: Row = dict(matched) if matched else {}
        place = next((at for at, each in enumerate(base, 1) if each is matched), None)
        kind = self._kind(texts, matched) if word == "channel" else None
        for name, column in PART[word].items():
            before = self._base_cells.get(f"{word}_{place}_{name}", "") if place else None
            try:
                self._read(row, column, texts.get(name), before, kind, f"{word}_{number}_{name}")
            except InputError as error:
                self._proposal.refuse(f"{word}_{number}_{name}", str(error))
        return row

    def _read(
        self,
        row: Row,
        column: Column,
        text: str | None,
        before: str | None,
        kind: ChannelKind | None,
        told_as: str,
    ) -> None:
        if column is SOURCES:
            if text is not None:
                row["source_ids"] = self._sources(text)
            row.setdefault("source_ids", ())
            return
        if text is None or (before is not None and text == before):
            if before is None:
                row[column.name] = None if column.name == "id" else read_value(column, "")
            return
        if column.name == "id" and not text:
            row.setdefault("id", None)
            return
        fixed = _fixed(column, text, kind)
        if before is not None and (
            repairs.same_in_cp932(before, fixed)
            or (column.name == "page_date" and repairs.same_date(before, fixed))
        ):
            return
        if fixed != text:
            self._proposal.note(f"{told_as}の「{text}」を「{fixed}」と読みました。")
        row[column.name] = read_value(column, fixed)

    def _kind(self, texts: Cells, matched: Row | None) -> ChannelKind | None:
        text = texts.get("kind")
        if text is None:
            return matched["kind"] if matched else None
        try:
            return ChannelKind(repairs.plain(PART["channel"]["kind"], text))
        except ValueError:
            return None

    def _sources(self, text: str) -> tuple[str, ...]:
        """Return the ids of the sources that a cell counts up, such as 1;2."""
        found = []
        for item in filter(None, _NUMBERS.split(text)):
            number = repairs.plain(Column("number", "integer"), item)
            if number not in self._source_ids:
                raise InputError(
                    f"出典{item}がありません。source_1 なら 1 のように、番号で書いてください。"
                )
            found.append(self._source_ids[number])
        return tuple(dict.fromkeys(found))


def _fixed(column: Column, text: str, kind: ChannelKind | None) -> str:
    if column.name == "value":
        return repairs.channel_value(kind, text)
    if column.name == "hours" and text:
        return repairs.hours(text)
    return repairs.plain(column, text)


def _base_rows(base: Service | None, word: str) -> list[Row]:
    return [dict(row) for row in records.child_rows(base)[word]] if base else []


def _lazily(prefix: str, used: set[str], known: Known, proposal: Proposal) -> Any:
    """Give new ids; history is asked only once one is needed."""
    past = known.part_ids(proposal.service_id) if proposal.base else ()
    yield from next_ids(prefix, {*used, *past})
