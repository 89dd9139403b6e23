"""Save services one after another, telling of each once it is kept; to be killed midway.

Run as ``python -m tests.saving DATABASE COUNT``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sosdir import db, publishing
from sosdir.revising import Author, Reason
from tests.cast import NOON, an_importable_service

AUTHOR = Author(None, "hanako")


def name_of(number: int) -> str:
    return f"saved-{number:03}"


def save(path: Path, count: int) -> None:
    with db.reading(path) as database:
        known = publishing.rules(database)
    for number in range(count):
        service = an_importable_service(name_of(number))
        with db.changing(path) as database:
            publishing.publish(database, service, None, AUTHOR, Reason(), NOON, known)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    save(Path(sys.argv[1]), int(sys.argv[2]))
