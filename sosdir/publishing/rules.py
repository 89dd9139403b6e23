"""Refuse what no service may break, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosdir.checking import check_service, dead_numbers
from sosdir.db import Database
from sosdir.errors import Fault, RefusedError
from sosdir.models import NATIONWIDE, RetiredNumber, Service
from sosdir.publishing.editions import find_published
from sosdir.store import geography, retired_numbers, services


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold what every service is checked against.

    Args:
        codes: of all areas, 00 among them.
        dead: the retired numbers by the digits that are dialled.
    """

    codes: frozenset[str]
    dead: dict[str, RetiredNumber]


def rules(db: Database) -> Rules:
    """Return what services are checked against, to be read once for many.

    Args:
        db: to read.
    """
    prefectures = {each.code for each in geography.prefectures(db)}
    municipalities = {each.code for each in geography.municipalities(db)}
    codes = frozenset({NATIONWIDE}) | prefectures | municipalities
    return Rules(codes, dead_numbers(retired_numbers.everything(db)))


def faults_of(db: Database, service: Service) -> list[Fault]:
    """Return why a service could not be published as it is.

    Args:
        db: to read.
        service: as it is to be.
    """
    return _faults(db, service, rules(db), needs_sources=service.hold is None)


def refuse_faulty(
    db: Database, service: Service, known: Rules | None, *, needs_sources: bool
) -> None:
    """Refuse a service that breaks a rule.

    Args:
        db: to read.
        service: as it is to be.
        known: what to check against, read anew where not given.
        needs_sources: whether each channel must point at a source.

    Raises:
        RefusedError: with every reason.
    """
    faults = _faults(db, service, known or rules(db), needs_sources=needs_sources)
    if faults:
        raise RefusedError(tuple(faults))


def _faults(db: Database, service: Service, known: Rules, *, needs_sources: bool) -> list[Fault]:
    faults = check_service(service, known.codes, known.dead, needs_sources=needs_sources)
    if service.successor_id and find_published(db, service.successor_id) is None:
        reason = (
            f"「{service.successor_id}」という窓口はありません。"
            "識別子か、この案内でのページの住所を見直してください。"
        )
        faults.append(Fault("service.csv", 2, "successor_id", reason))
    return [*faults, *_taken_ids(db, service)]


def _taken_ids(db: Database, service: Service) -> Iterator[Fault]:
    taken = services.ids_of_others(db, service)
    ids = {
        "channel.csv": [each.id for each in service.channels],
        "source.csv": [each.id for each in service.sources],
    }
    for file, held in ids.items():
        for line, part_id in enumerate(held, 2):
            if part_id in taken:
                reason = f"「{part_id}」は、ほかの窓口で使われている識別子です。"
                yield Fault(file, line, "id", reason)
