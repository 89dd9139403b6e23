"""What targets may need besides their bytes: the places, the directory, the site. Made once."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlite_utils import Database

from sosdir import create_app, db, importing
from sosdir.accounts import Role
from sosdir.areas import Gazetteer
from sosdir.config import Settings
from sosdir.spreadsheets import known
from sosdir.spreadsheets.known import Known
from sosdir.store import geography, packages
from tests.admins import AdminClient, sign_in
from tests.cast import NOON, TODAY

DATA = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True)
class World:
    """Hold a home with the shipped data, and what is made from it, each at the first need.

    Args:
        make_home: makes the home, with a database of its own: an admin signs in to it.
    """

    make_home: Callable[[], Path]

    @cached_property
    def home(self) -> Path:
        """Return the folder of the database."""
        return self.make_home()

    @cached_property
    def database(self) -> Database:
        """Return the database, to read."""
        return db.open_for_reading(self.home / "sosdir.db")

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Return the gazetteer of all places."""
        return geography.gazetteer(self.database)

    @cached_property
    def directory(self) -> Known:
        """Return what sheets are compared with."""
        return known.read(self.database, TODAY)

    @cached_property
    def app(self) -> Flask:
        """Return the site; a fault of ours comes through as it was raised."""
        app = create_app(Settings(home=self.home), clock=lambda: NOON)
        app.testing = True
        return app

    @cached_property
    def visitor(self) -> FlaskClient:
        """Return a client of the public."""
        return self.app.test_client()

    @cached_property
    def admin(self) -> AdminClient:
        """Return a client signed in as an admin."""
        return sign_in(self.app, Role.ADMIN)

    @cached_property
    def token(self) -> str:
        """Return a token of that admin's session."""
        return self.admin.token()


def new_home() -> Path:
    """Make a home with the shipped data among the machine's temporary files."""
    home = Path(tempfile.mkdtemp(prefix="sosdir-fuzz-"))
    database = db.open_for_writing(home / "sosdir.db")
    packages.replace_all(database, importing.read_package(DATA))
    database.close()
    return home
