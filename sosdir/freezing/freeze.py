"""Freeze the whole site: ask, follow what is found, write down, put in place."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sosdir import create_app
from sosdir.config import Settings
from sosdir.errors import FreezeError, SettingError
from sosdir.freezing import caddy, files, manifest
from sosdir.freezing.addresses import Addresses
from sosdir.freezing.asking import Asker, answer, write
from sosdir.freezing.crew import Ask, crew
from sosdir.freezing.folder import CADDY, Folder, opened
from sosdir.freezing.manifest import Manifest
from sosdir.freezing.records import Answer, Job
from sosdir.locales import LOCALES, Locale
from sosdir.store import backups

# Lends what is called with the number of steps done, for a number of steps to come.
Progress = Callable[[int], AbstractContextManager[Callable[[int], None]]]
# No view answers there.
_NOWHERE = "/404"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what a freeze came to.

    Args:
        answers: how many addresses are frozen.
        written: how many files are new or hold something new.
        gone: how many files of the former version are no more.
    """

    answers: int
    written: int
    gone: int


def freeze(
    settings: Settings,
    folder: Path,
    now: datetime,
    progress: Progress,
    locales: Sequence[Locale] = LOCALES,
    workers: int = 1,
) -> Outcome:
    """Write every public page that has an address without a query to a folder.

    Args:
        settings: of the installation, with its public address.
        folder: new, empty, or of a former freeze.
        now: the instant at which every page is made, with a zone.
        progress: shows how far it is.
        locales: the languages to freeze; Japanese is always among them.
        workers: processes that make pages.

    Raises:
        SettingError: the settings name no public address.
        FreezeError: the folder is not ours, or something cannot be made or written.
        DatabaseError: the database cannot be read.
    """
    _refuse_without_address(settings)
    locales = [each for each in LOCALES if each.code == "" or each in locales]
    with opened(folder) as place, _copied(settings) as home:
        place.begin()
        try:
            job = Job(replace(settings, home=home), now, place.unfinished, place.current)
            made = _made(job, locales, progress, workers)
            return _put_in_place(place, job, made)
        except BaseException:
            place.give_up()
            raise


def _refuse_without_address(settings: Settings) -> None:
    if settings.url is None:
        raise SettingError(
            "Set SOSDIR_URL, the public address of the site: it stands in the pages to be frozen."
        )
    if urlsplit(settings.url).path.strip("/"):
        raise SettingError("SOSDIR_URL must have no path for a freeze, such as https://example.jp.")


@contextmanager
def _copied(settings: Settings) -> Iterator[Path]:
    """Lend a home with a copy of the database: one moment of it, whatever is written meanwhile.

    It holds password hashes, so it stands in the home, and only its owner can read it. What a
    run that was killed has left there is gone with the next one.
    """
    folder = settings.home / "freezing"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        # A home that cannot be written is one on purpose.
        with tempfile.TemporaryDirectory(prefix="sosdir-") as name:
            backups.copy_out(settings.database, Path(name) / settings.database.name)
            yield Path(name)
        return
    try:
        _lock(handle, settings.home)
        try:
            backups.copy_out(settings.database, folder / settings.database.name)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _lock(handle: int, home: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FreezeError(f"Another freeze reads {home}.") from None


def _made(job: Job, locales: Sequence[Locale], progress: Progress, workers: int) -> Manifest:
    asker = Asker(job)
    known = Addresses(asker, locales)
    required = known.required()
    with crew(job, workers) as ask:
        answers, parts = _followed(known, required | known.offered(), ask, progress)
    _refuse_missing(answers, required)
    answers |= _same_whatever_the_query(asker, answers, parts)
    return Manifest(
        made_at=job.now,
        site=job.base,
        languages=tuple(each.code for each in locales),
        answers=tuple(answers[address] for address in sorted(answers)),
        live_only=known.live_only(),
        not_found={each.code: _not_found(asker, job, each) for each in locales},
        lost=_lost(job, locales),
    )


def _followed(
    known: Addresses, addresses: Collection[str], ask: Ask, progress: Progress
) -> tuple[dict[str, Answer], set[str]]:
    """Ask for addresses, then for those found there, until nothing new is found."""
    answers: dict[str, Answer] = {}
    links, parts = set(addresses), set[str]()
    while wanted := sorted(each for each in links - answers.keys() if known.is_frozen(each)):
        links = set()
        with progress(len(wanted)) as advance:
            for batch in ask(wanted):
                answers |= {each.address: each for each in batch.answers}
                links |= batch.links
                parts |= batch.parts
                advance(len(batch.answers))
    return answers, parts


def _refuse_missing(answers: dict[str, Answer], required: Collection[str]) -> None:
    missing = sorted(each for each in required if answers[each].status != 200)
    if missing:
        raise FreezeError(
            f"{missing[0]} is in the sitemap, and answered {answers[missing[0]].status}."
        )


def _same_whatever_the_query(
    asker: Asker, answers: dict[str, Answer], parts: Collection[str]
) -> dict[str, Answer]:
    """Return the parts of pages that are asked for with a query which changes nothing.

    Such a query is the version of a script or a style. Where it changes what is answered, a file
    cannot stand for it, and the live site is asked.
    """
    found = {}
    for each in sorted(parts):
        path = each.partition("?")[0]
        plain = answers.get(path)
        if plain is None or plain.file is None:
            continue
        told = answer(each, asker.get(each), plain.file, "")
        if told.digest == plain.digest:
            found[each] = replace(told, headers=plain.headers)
    return found


def _not_found(asker: Asker, job: Job, locale: Locale) -> Answer:
    response = asker.get(f"{locale.prefix}{_NOWHERE}")
    file = f"{files.PUBLIC}/{_in(locale)}{files.NOT_FOUND}"
    write(job, file, response.get_data())
    return answer(f"{locale.prefix}/{files.NOT_FOUND}", response, file, job.base)


def _lost(job: Job, locales: Sequence[Locale]) -> dict[str, Answer]:
    """Keep the page that says that nothing can be opened now: what a site without data says."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="sosdir-") as empty, _in_silence():
        app = create_app(replace(job.settings, home=Path(empty)), clock=lambda: job.now)
        client = app.test_client(use_cookies=False)
        for each in locales:
            response = client.get(f"{each.prefix}/about", base_url=f"{job.base}/")
            file = f"{files.PUBLIC}/{_in(each)}{files.LOST}"
            write(job, file, response.get_data())
            address = f"{each.prefix}/{files.LOST}"
            found[each.code] = answer(address, response, file, job.base)
    return found


@contextmanager
def _in_silence() -> Iterator[None]:
    """Log nothing of faults that are meant."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _in(locale: Locale) -> str:
    return f"{locale.code}/" if locale.code else ""


def _put_in_place(place: Folder, job: Job, made: Manifest) -> Outcome:
    _refuse_collisions(made)
    document = made.as_json()
    former = manifest.read(place.current) if place.current else None
    before = manifest.digests_of(former) if former else {}
    now = manifest.digests_of(document)
    outcome = Outcome(
        answers=len(made.answers),
        written=sum(before.get(file) != digest for file, digest in now.items()),
        gone=len(before.keys() - now.keys()),
    )
    if former is not None and {**former, "made_at": None} == {**document, "made_at": None}:
        place.give_up()
        place.tidy()
        return outcome
    write(job, manifest.NAME, manifest.written(document).encode())
    write(job, CADDY, caddy.written(made).encode())
    place.publish(job.now)
    return outcome


def _refuse_collisions(made: Manifest) -> None:
    bearers: dict[str, Answer] = {}
    for each in made.kept:
        assert each.file is not None
        other = bearers.setdefault(each.file, each)
        if other.digest != each.digest:
            raise FreezeError(f"{other.address} and {each.address} would be one file.")
