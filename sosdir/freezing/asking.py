"""Ask the application for addresses, as a visitor does, and write down what it answers."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path

from werkzeug.test import TestResponse

from sosdir import create_app
from sosdir.errors import FreezeError
from sosdir.freezing import files, links
from sosdir.freezing.records import Answer, Batch, Headers, Job

# What a server works out by itself from the file and the request at hand.
_OF_THE_SERVER = frozenset(
    {
        "accept-ranges",
        "content-length",
        "date",
        "etag",
        "expires",
        "last-modified",
        "location",
        "vary",
    }
)
_READ = ("text/html", "text/css", "image/svg+xml")
_FOLDERS = {HTTPStatus.OK: files.PUBLIC, HTTPStatus.GONE: files.GONE}


class Asker:
    """Ask one application, whose clock stands still."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.app = create_app(job.settings, clock=lambda: job.now)
        self._client = self.app.test_client(use_cookies=False)

    def get(self, address: str) -> TestResponse:
        """Return what the site answers.

        Args:
            address: the path, with a query where there is one.

        Raises:
            FreezeError: the site failed there.
        """
        response = self._client.get(address, base_url=f"{self._job.base}/")
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise FreezeError(f"{address} answered {response.status_code}: nothing was frozen.")
        if "Set-Cookie" in response.headers:
            # What is meant for one visitor must never be given to all.
            raise FreezeError(f"{address} sets a cookie: it is no public page.")
        return response

    def batch(self, addresses: Iterable[str]) -> Batch:
        """Ask for some addresses and write the bodies down.

        Args:
            addresses: paths, with a query where there is one.

        Raises:
            FreezeError: the site failed, or a file cannot be written.
        """
        answers: list[Answer] = []
        found: set[tuple[str, bool]] = set()
        for address in addresses:
            response = self.get(address)
            answers.append(self._answer(address, response))
            if response.status_code == HTTPStatus.OK and response.mimetype in _READ:
                body, kind = response.get_data(as_text=True), response.mimetype
                found.update(links.found(body, kind, address, self._job.base))
        return Batch(
            tuple(answers),
            # The query of a part may be its version alone, so that its file is wanted too.
            frozenset(
                link.partition("?")[0] for link, is_part in found if is_part or "?" not in link
            ),
            frozenset(link for link, is_part in found if is_part and "?" in link),
        )

    def _answer(self, address: str, response: TestResponse) -> Answer:
        folder = _FOLDERS.get(HTTPStatus(response.status_code))
        body = response.get_data()
        file = None
        if folder is not None:
            file = f"{folder}/{files.place(address, response.content_type)}"
            write(self._job, file, body)
        return answer(address, response, file, self._job.base)


def answer(address: str, response: TestResponse, file: str | None, base: str) -> Answer:
    """Return the record of an answer.

    Args:
        address: that was asked.
        response: whole.
        file: where the body is, None where it is not kept.
        base: the public address of the site, without a slash at its end.
    """
    body = response.get_data()
    return Answer(
        address,
        response.status_code,
        _headers(response),
        file,
        hashlib.sha256(body).hexdigest(),
        len(body),
        (response.location or "").removeprefix(base) or None,
    )


def write(job: Job, file: str, body: bytes) -> None:
    """Write a body, or where the former version holds the same, take that very file over.

    So its time stays that of the last change, and what has not changed needs no room twice.

    Args:
        job: with the folders.
        file: below them.
        body: whole.

    Raises:
        FreezeError: it cannot be written, the disk being full or otherwise.
    """
    path = job.folder / file
    former = job.former / file if job.former else None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if former is not None and _holds(former, body):
            _take_over(former, path)
        else:
            path.write_bytes(body)
    except OSError as error:
        raise FreezeError(
            f"{path} cannot be written: {error.strerror}. The former freeze stands as it was."
        ) from error


def _holds(path: Path, body: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body


def _take_over(former: Path, path: Path) -> None:
    try:
        os.link(former, path)
    except OSError:
        # Not every file system knows two names of one file.
        shutil.copy2(former, path)


def _headers(response: TestResponse) -> Headers:
    return tuple(
        sorted(
            (name, value) for name, value in response.headers if name.lower() not in _OF_THE_SERVER
        )
    )
