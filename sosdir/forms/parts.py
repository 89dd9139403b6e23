"""Read the channels, sources and dated figures of the form of a service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sosdir import channels, languages
from sosdir.errors import ChannelError, HoursError
from sosdir.forms.entering import NEW
from sosdir.forms.fields import lines, truth
from sosdir.forms.service import MAX_AREAS, ServiceForm
from sosdir.forms.sheet import Sheet
from sosdir.models import Channel, ChannelKind, Source, SourceKind, Statistic
from sosdir.revising.facts import channel_prefix, next_ids, source_prefix
from sosdir.schedules import normalise as normalise_hours

_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NO_DAY = date(1900, 1, 1)


def read_sources(sheet: Sheet, service_id: str) -> tuple[Source, ...]:
    """Return the sources that a form tells.

    Args:
        sheet: of the form.
        service_id: of the service, to give ids to new ones.
    """
    rows = _kept(sheet.form.sources)
    own = sheet.around.base.sources if sheet.around.base else ()
    ids = _ids(sheet, rows, source_prefix(service_id), own)
    return tuple(
        Source(
            id=key,
            url=row.url.data.strip(),
            publisher=row.publisher.data.strip(),
            kind=sheet.one_of(SourceKind, row.kind),
            page_date=row.page_date.data.strip() or None,
        )
        for key, row in zip(ids, rows, strict=True)
    )


def read_channels(sheet: Sheet, service_id: str, sources: tuple[Source, ...]) -> Iterator[Channel]:
    """Give the channels that a form tells; numbers and hours are written back in normal form.

    Args:
        sheet: of the form.
        service_id: of the service, to give ids to new ones.
        sources: as read from the same form.
    """
    source_ids = _ids_by_key(sheet, sources)
    rows = _kept(sheet.form.channels)
    own = sheet.around.base.channels if sheet.around.base else ()
    ids = _ids(sheet, rows, channel_prefix(service_id), own)
    for key, row in zip(ids, rows, strict=True):
        kind = sheet.one_of(ChannelKind, row.kind)
        row.value.data = _normal_value(kind, row.value.data.strip())
        row.hours.data = _normal_hours(row.hours.data.strip())
        yield Channel(
            id=key,
            kind=kind,
            value=row.value.data or None,
            hours=row.hours.data or None,
            hours_text=row.hours_text.data.strip() or None,
            toll_free=truth(row.toll_free.data),
            languages=read_languages(row.languages),
            caller_id=row.caller_id.data.strip() or None,
            reply=row.reply.data.strip() or None,
            note=row.note.data.strip() or None,
            editor_note=row.editor_note.data.strip() or None,
            source_ids=_pointing(
                (each.source_ids for each in own if each.id == key), row.sources.data, source_ids
            ),
        )


def read_languages(field: Any) -> tuple[str, ...]:
    """Return the codes of the languages that a field names; each name known is written back.

    What names no language is left as typed, for the check to say why.

    Args:
        field: one a line.
    """
    codes = tuple(dict.fromkeys(languages.code_or_word(each) for each in lines(field.data)))
    field.data = "\n".join(languages.names(codes))
    return codes


def read_statistics(sheet: Sheet, sources: tuple[Source, ...]) -> Iterator[Statistic]:
    """Give the dated figures that a form tells.

    Args:
        sheet: of the form.
        sources: as read from the same form.
    """
    own = sheet.around.base.statistics if sheet.around.base else ()
    ids = _ids_by_key(sheet, sources)
    for row in _kept(sheet.form.statistics):
        name = row.name.data.strip()
        if not name:
            sheet.faults[row.name.id] = "何の数かを書いてください。"
        on = _day(sheet, row.on)
        before = (each.source_ids for each in own if (each.name, each.on) == (name, on))
        pointing = _pointing(before, row.sources.data, ids)
        yield Statistic(name, _whole(sheet, row.value), on, pointing)


def _ids_by_key(sheet: Sheet, sources: tuple[Source, ...]) -> dict[str, str]:
    keys = (row.key.data for row in _kept(sheet.form.sources))
    return {key: each.id for key, each in zip(keys, sources, strict=True)}


def _whole(sheet: Sheet, field: Any) -> int:
    text = field.data.strip()
    if _WHOLE.fullmatch(text):
        return int(text)
    sheet.faults[field.id] = "数を、数字だけで書いてください。"
    return 0


def _day(sheet: Sheet, field: Any) -> date:
    text = field.data.strip()
    try:
        # fromisoformat reads other writings too.
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        sheet.faults[field.id] = "日付を 2026-11-23 のように書いてください。"
        return _NO_DAY


def _pointing(
    before: Iterable[tuple[str, ...]], keys: Iterable[str], source_ids: dict[str, str]
) -> tuple[str, ...]:
    ticked = tuple(dict.fromkeys(source_ids[key] for key in keys if key in source_ids))
    # Boxes have no order of their own: what was not changed keeps the one it had.
    return next((each for each in before if set(each) == set(ticked)), ticked)


def _ids(sheet: Sheet, rows: list[Any], prefix: str, own: Iterable[Channel | Source]) -> list[str]:
    """Return the ids of parts: their own where history knows it, else one never used."""
    known, mine = sheet.around.known_ids, {each.id for each in own}
    fresh = next_ids(prefix, known)
    ids: list[str] = []
    for row in rows:
        key = row.key.data
        # A channel's number follows its prefix at once, a source's has an s between.
        is_own = key in mine or (key in known and key.removeprefix(prefix).isdigit())
        ids.append(key if is_own and key not in ids else next(fresh))
    return ids


def _kept(rows: Any) -> list[Any]:
    return [rows[number].form for number in kept_positions(rows)]


def _normal_value(kind: ChannelKind, text: str) -> str:
    """Return the normal form; what has none is left as typed, for the check to say why."""
    try:
        return channels.normalise(kind, text) if text else ""
    except ChannelError:
        return text


def _normal_hours(text: str) -> str:
    try:
        return normalise_hours(text) if text else ""
    except HoursError:
        return text


def too_many(form: ServiceForm) -> Iterator[tuple[str, str]]:
    """Give the lists of a form that are too long, each with what to do.

    Args:
        form: as posted.
    """
    for rows in (form.channels, form.sources, form.statistics):
        if len(rows) > rows.most:
            yield rows.name, f"{rows.label.text}は{rows.most}件までです。減らしてください。"
    if len(form.area_codes.data) > MAX_AREAS:
        yield "area_name", f"対象地域は{MAX_AREAS}件までです。都道府県でまとめてください。"


def kept_positions(rows: Any) -> list[int]:
    """Return where the parts stand that are saved: not taken away, and not left blank when new.

    Args:
        rows: of the form.
    """
    return [
        number
        for number, part in enumerate(rows)
        if not part.form.removed.data and not _is_blank(part.form)
    ]


def _is_blank(row: Any) -> bool:
    # An old part that was emptied is a fault to be told, not a part taken away in silence.
    if row.key.data and not row.key.data.startswith(NEW):
        return False
    beside = (row.key.name, row.removed.name)
    return not any(each.data for each in row if each.name not in beside and each.type != "Ticks")
