"""Lay out who commissions which line from whom: three columns, drawn by templates.

Commissioners stand at the left, operators in the middle, services at the right with their
partners and programmes. An operator stands once for each set of commissioners, so that every
line of the picture says something that a source says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sosdir.models import Organization
from sosdir.partnerships.lettering import broken
from sosdir.partnerships.programs import program_of
from sosdir.partnerships.ties import Group, Tie, groups

# All in the units of the picture, of which a letter of full width has 14.
_LETTER, _LINE, _PADDING, _GAP = 14, 20, 10, 14
_SMALL, _SMALL_LINE = 12, 17
_HEAD = 34
# The least height of what is pressed.
_TARGET = 26
_COLUMNS = ((0, 200), (260, 200), (520, 300))
WIDTH = 820


@dataclass(frozen=True, slots=True)
class Text:
    """Hold lines of text that lead to one place.

    Args:
        kind: ``organization``, ``service``, ``program``, ``partner`` or ``label``.
        target: id or slug of where it leads, None where it leads nowhere.
        lines: each with its left end and its base line.
        top: of the room around them that can be pressed.
        height: of that room.
    """

    kind: str
    target: str | None
    lines: tuple[tuple[str, int, int], ...]
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Box:
    """Hold a box with its texts; ``kind`` is ``commissioner``, ``operator`` or ``service``."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    texts: tuple[Text, ...]

    @property
    def middle(self) -> int:
        """Return the height at which lines meet it."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Edge:
    """Hold a line from one box to another, as the path of an SVG."""

    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a whole picture.

    Args:
        width: of its view.
        height: of its view.
        columns: the left ends of its columns; their names stand above.
        head: the base line of those names.
        boxes: from the left to the right, from the top down.
        edges: drawn below the boxes.
    """

    width: int
    height: int
    columns: tuple[int, int, int]
    head: int
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Hold the words above the partners and the programmes of a service."""

    partners: str
    programs: str


def picture(ties: Iterable[Tie], labels: Labels) -> Picture:
    """Return the picture of services and of those who have to do with them.

    Args:
        ties: of the services; those of which nothing is said stand alone.
        labels: in the reader's language.
    """
    rows: list[tuple[Group, Box | None, list[Box]]] = []
    top = _HEAD
    for group in groups(ties):
        operator, services = _row(group, labels, top)
        rows.append((group, operator, services))
        top = max(each.y + each.height for each in filter(None, (operator, *services))) + _GAP
    commissioners = _commissioners(rows)
    boxes = [*commissioners.values(), *(box for _, box, _ in rows if box)]
    boxes += [box for _, _, services in rows for box in services]
    bottom = max((box.y + box.height for box in boxes), default=_HEAD)
    edges = tuple(Edge(path) for path in _paths(rows, commissioners))
    left = tuple(x for x, _ in _COLUMNS)
    return Picture(WIDTH, bottom + 2, (left[0], left[1], left[2]), _HEAD - 14, tuple(boxes), edges)


def _row(group: Group, labels: Labels, top: int) -> tuple[Box | None, list[Box]]:
    """Return the boxes of an operator and its services, their middles at one height."""
    services: list[Box] = []
    below = top
    for tie in group.ties:
        services.append(_service(tie, labels, below))
        below += services[-1].height + _GAP
    held = below - _GAP - top
    if group.operator is None:
        return None, services
    operator = _body("operator", group.operator, 1, top)
    if operator.height > held:
        move = (operator.height - held) // 2
        return operator, [_moved(each, move) for each in services]
    return _moved(operator, (held - operator.height) // 2), services


def _body(kind: str, body: Organization, column: int, top: int) -> Box:
    x, width = _COLUMNS[column]
    text, height = _text("organization", body.id, body.name, x, width, top + _PADDING)
    return Box(kind, x, top, width, height - top + _PADDING, (text,))


def _service(tie: Tie, labels: Labels, top: int) -> Box:
    x, width = _COLUMNS[2]
    told = [("service", tie.service_id, tie.service_name)]
    if tie.programs:
        told.append(("label", "", labels.programs))
        told += [("program", program_of(each).slug, each) for each in tie.programs]
    if tie.partners:
        told.append(("label", "", labels.partners))
        told += [("partner", "", each) for each in tie.partners]
    texts: list[Text] = []
    below = top + _PADDING
    for kind, target, words in told:
        text, below = _text(kind, target or None, words, x, width, below)
        texts.append(text)
    return Box("service", x, top, width, below - top + _PADDING, tuple(texts))


def _text(
    kind: str, target: str | None, words: str, x: int, width: int, top: int
) -> tuple[Text, int]:
    """Return a text and where the next one begins."""
    is_name = kind in ("organization", "service")
    letter, line = (_LETTER, _LINE) if is_name else (_SMALL, _SMALL_LINE)
    # One letter of room for a mark that hangs.
    found = broken(words, (width - 2 * _PADDING) / letter - 1)
    height = max(len(found) * line, _TARGET if target else 0)
    base = top + (height - len(found) * line) // 2 + line - (line - letter) // 2 - 2
    lines = tuple((each, x + _PADDING, base + number * line) for number, each in enumerate(found))
    return Text(kind, target, lines, top, height), top + height


def _moved(box: Box, down: int) -> Box:
    texts = tuple(
        replace(
            text,
            top=text.top + down,
            lines=tuple((words, x, y + down) for words, x, y in text.lines),
        )
        for text in box.texts
    )
    return replace(box, y=box.y + down, texts=texts)


def _commissioners(rows: list[tuple[Group, Box | None, list[Box]]]) -> dict[str, Box]:
    """Return the boxes of commissioners, each as near as can be to what it commissions."""
    meeting: dict[str, tuple[Organization, list[int]]] = {}
    for group, operator, services in rows:
        for body in group.commissioners:
            at = [operator.middle] if operator else [each.middle for each in services]
            meeting.setdefault(body.id, (body, []))[1].extend(at)
    boxes: dict[str, Box] = {}
    below = _HEAD
    for body, heights in sorted(meeting.values(), key=lambda each: sum(each[1]) / len(each[1])):
        box = _body("commissioner", body, 0, 0)
        top = max(below, sum(heights) // len(heights) - box.height // 2)
        boxes[body.id] = _moved(box, top)
        below = top + box.height + _GAP
    return boxes


def _paths(
    rows: list[tuple[Group, Box | None, list[Box]]], commissioners: dict[str, Box]
) -> Iterator[str]:
    for group, operator, services in rows:
        for body in group.commissioners:
            for box in [operator] if operator else services:
                yield _path(commissioners[body.id], box)
        if operator:
            yield from (_path(operator, box) for box in services)


def _path(left: Box, right: Box) -> str:
    """Bend between the columns, then run straight: no line passes behind a box of another row."""
    start, bend, straight = left.x + left.width, left.x + left.width + 30, left.x + left.width + 60
    here, there = left.middle, right.middle
    return f"M{start} {here}C{bend} {here} {bend} {there} {straight} {there}H{right.x}"
