"""Read every way to reach a line that is known, and whether it may be shown on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlite_utils import Database

from sosdir.models import ChannelKind
from sosdir.notices import Contact, KnownContacts
from sosdir.store import retired_numbers

# What may be shown, as ``evidence`` decides it: the index holds no service that is not listed.
_SHOWN = (
    "service_index.service_id IS NOT NULL AND service_index.withheld_from > :day"
    " AND service.status = 'active'"
)
_CHANNELS = f"""
    SELECT service.name, channel.kind, channel.value, {_SHOWN} AS is_shown
    FROM channel
    JOIN service ON service.id = channel.service_id
    LEFT JOIN service_index ON service_index.service_id = service.id
    WHERE channel.value IS NOT NULL
"""
_ADDRESSES = f"""
    SELECT service.name, service.address AS value, {_SHOWN} AS is_shown
    FROM service LEFT JOIN service_index ON service_index.service_id = service.id
    WHERE service.address IS NOT NULL
"""
# The official website of a line that is not on hold is always shown.
_WEBSITES = """
    SELECT name, website AS value, hold IS NULL AS is_shown FROM service WHERE website IS NOT NULL
"""
_FORMER = """
    SELECT DISTINCT content ->> '$.service.name' AS name, part.value ->> 'kind' AS kind,
        part.value ->> 'value' AS value
    FROM revision, json_each(content -> '$.channel') AS part
    WHERE action NOT IN ('drafted', 'rejected') AND part.value ->> 'value' IS NOT NULL
"""
_WITHHELD = "「%s」の連絡先で、いまは公開していません。"
_OLD = "「%s」の前の連絡先です。いまは、知らない人につながるかもしれません。"
_RETIRED = "使ってはならない番号です: %s"


def everything(db: Database, day: date) -> KnownContacts:
    """Return the contacts that the public pages show on a day, and all that they do not.

    Args:
        db: to read.
        day: in Japan.
    """
    found = list(_present(db, day))
    shown = tuple(contact for contact, is_shown in found if is_shown)
    withheld = (contact for contact, is_shown in found if not is_shown)
    return KnownContacts(shown, (*_retired(db), *withheld, *_former(db)))


def _present(db: Database, day: date) -> Iterator[tuple[Contact, bool]]:
    for sql in (_CHANNELS, _ADDRESSES, _WEBSITES):
        for row in db.query(sql, {"day": day.isoformat()}):
            kind = ChannelKind(row["kind"]) if "kind" in row else None
            name = row["name"]
            yield Contact(kind, row["value"], name, _WITHHELD % name), bool(row["is_shown"])


def _former(db: Database) -> Iterator[Contact]:
    for row in db.query(_FORMER):
        name = row["name"]
        yield Contact(ChannelKind(row["kind"]), row["value"], name, _OLD % name)


def _retired(db: Database) -> Iterator[Contact]:
    for each in retired_numbers.everything(db):
        yield Contact(ChannelKind.PHONE, each.number, each.name, _RETIRED % each.reason)
