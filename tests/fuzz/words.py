"""Targets for what people type and sources write: hours, contacts, places, needs, languages."""

from __future__ import annotations

from datetime import timedelta

from sosdir import channels, languages, romaji, schedules, text
from sosdir.channels import DIALLED
from sosdir.errors import ChannelError, HoursError, InputError
from sosdir.models import ChannelKind
from sosdir.needs import read as read_needs
from sosdir.schedules.folding import fold as fold_hours
from sosdir.spreadsheets import repairs, weekdays
from sosdir.tabular import TABLES, read_value, write_value
from tests.cast import NOON, TODAY
from tests.fuzz.world import World

KINDS = tuple(ChannelKind)
COLUMNS = tuple(column for table in TABLES for column in table.columns)
LINKS = ("tel:", "sms:", "mailto:", "https://", "http://")


def typed(data: bytes) -> str:
    """Return bytes as text; what is no UTF-8 becomes half characters, as from a shell."""
    return data.decode("utf-8", "surrogateescape")


def hours(_world: World, data: bytes) -> None:
    """An expression is refused with a place inside it, or answers every question on it."""
    expression = typed(data)
    folded = fold_hours(expression) if len(expression) <= 2_000 else ""
    assert fold_hours(folded) == folded
    try:
        normal = schedules.normalise(expression)
    except HoursError as refusal:
        _is_inside(refusal.position, max(len(folded), 500))
        return
    assert schedules.normalise(normal) == normal
    at = schedules.availability(normal, NOON)
    assert at.next_change is None or at.next_change > NOON
    assert schedules.availability(normal, NOON + timedelta(days=35)).state in set(type(at.state))
    schedules.week(normal, TODAY)
    schedules.usual_week(normal, TODAY)
    schedules.ordinary_week(normal, TODAY.year)
    schedules.plain_week(normal)
    schedules.recurring(normal)


def _is_inside(position: int | None, length: int) -> None:
    assert position is None or 0 <= position <= length


def contact(_world: World, data: bytes) -> None:
    """A contact has one normal form or is refused, and its link can run no script."""
    kind, value = KINDS[data[0] % len(KINDS)] if data else KINDS[0], typed(data[1:])
    assert channels.dialled_digits(value).replace("#", "0").isascii()
    channels.international(value)
    website = channels.website_href(value)
    assert website is None or channels.is_web_address(website)
    try:
        normal = channels.normalise(kind, value)
    except ChannelError:
        return
    assert channels.normalise(kind, normal) == normal
    link = channels.href(kind, normal)
    assert link is None or link.lower().startswith(LINKS)
    if kind in DIALLED:
        assert normal.isascii()
        assert channels.dialled_digits(normal) == channels.dialled_digits(value)


def numbers(_world: World, data: bytes) -> None:
    """Numbers are found in any text, and each is part of it once it is folded."""
    folded = text.fold(typed(data))
    assert text.fold(folded) == folded
    for found in channels.numbers_in(typed(data)):
        assert found in folded


def place(world: World, data: bytes) -> None:
    """Places are found in any text, no word is invented, and a place found is found again."""
    told = typed(data)
    found = world.gazetteer.recognise(told)
    joined = "".join(text.words(told))
    assert all(word in joined for word in found.rest)
    world.gazetteer.beginning(told)
    if len(found.places) == 1:
        again = world.gazetteer.recognise(found.places[0].full_name)
        assert again.places == found.places


def need(_world: World, data: bytes) -> None:
    """Needs are read from any text, and no word is invented."""
    words = text.words(typed(data))
    reading = read_needs(words)
    joined = " ".join(words)
    assert all(each.phrase in joined for each in reading.found)
    assert all(word in joined for word in reading.rest)


def language(_world: World, data: bytes) -> None:
    """A text names a language, whose code names the same one, or stays as it is."""
    told = typed(data)
    found = languages.code_or_word(told)
    assert languages.code_or_word(found) == found
    assert languages.is_code(found) or found == told


def cell(_world: World, data: bytes) -> None:
    """A cell is written back letter for letter, or refused; what is repaired stays repaired."""
    column, written = COLUMNS[data[0] % len(COLUMNS)] if data else COLUMNS[0], typed(data[1:])
    fixed = repairs.plain(column, written)
    assert repairs.plain(column, fixed) == fixed
    try:
        value = read_value(column, written)
    except InputError:
        return
    if column.datatype != "number":
        assert write_value(column, value) == written


def weekday(_world: World, data: bytes) -> None:
    """The days and times of the municipal columns become hours that can be read, or nothing."""
    days, start, end, remarks = (typed(data).split("|", 3) + [""] * 4)[:4]
    found = weekdays.opening_hours(days, start, end, remarks)
    if found is not None:
        assert schedules.normalise(found) == found
    weekdays.words(days, start, end, remarks)


def reading(_world: World, data: bytes) -> None:
    """Letters are written in Latin ones, whatever they are."""
    told = typed(data)
    romaji.hepburn(told)
    romaji.key(told)
    assert all(text.bigrams(run) for run in text.runs(told))


TARGETS = {
    each.__name__: each
    for each in (hours, contact, numbers, place, need, language, cell, weekday, reading)
}
