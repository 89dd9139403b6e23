"""What every test may ask for: the cast in a database, the shipped data, clients, a browser."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from sqlite_utils import Database

from sosdir import create_app, db, importing
from sosdir.accounts import Role
from sosdir.areas import Gazetteer
from sosdir.config import Settings
from sosdir.models import DataPackage, Service
from sosdir.store import geography, packages, services
from tests.admins import AdminClient, sign_in
from tests.cast import NOON, the_cast

# The same examples each time, however busy the machine: a red run must mean a fault.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(scope="session")
def package() -> DataPackage:
    """Give the shipped data package, read once."""
    return importing.read_package(DATA)


@pytest.fixture(scope="session")
def gazetteer(package: DataPackage) -> Gazetteer:
    """Give the gazetteer of the shipped places."""
    prefectures = [outline.prefecture for outline in package.outlines]
    return Gazetteer(prefectures, package.municipalities, package.wards)


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory, package: DataPackage) -> Path:
    """Give a home with a database of the shipped data; tests only read it."""
    home = tmp_path_factory.mktemp("shipped")
    database = db.open_for_writing(home / "sosdir.db")
    packages.replace_all(database, package)
    database.close()
    return home


@pytest.fixture
def shipped(shipped_home: Path) -> Iterator[Database]:
    """Give the shipped data, to read."""
    database = db.open_for_reading(shipped_home / "sosdir.db")
    yield database
    database.close()


@pytest.fixture(scope="session")
def stage(package: DataPackage) -> Iterator[sqlite3.Connection]:
    """Give a database with all places and no services, to be copied."""
    database = db.open_in_memory()
    empty = DataPackage(
        (), (), package.municipalities, package.wards, package.retired_numbers, package.outlines
    )
    packages.replace_all(database, empty)
    yield database.conn
    database.close()


@pytest.fixture
def database(stage: sqlite3.Connection) -> Iterator[Database]:
    """Give a database of its own with all places and the invented cast."""
    copy = db.open_in_memory()
    stage.backup(copy.conn)
    for service in the_cast():
        services.save(copy, service)
    yield copy
    copy.close()


@pytest.fixture
def cast_home(tmp_path: Path, stage: sqlite3.Connection) -> Callable[..., Path]:
    """Give a maker of homes whose database holds the cast, or the services told."""

    def make(*told: Service) -> Path:
        database = db.open_for_writing(tmp_path / "sosdir.db")
        stage.backup(database.conn)
        for service in told or the_cast():
            services.save(database, service)
        database.close()
        return tmp_path

    return make


@pytest.fixture(scope="session")
def make_app(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Flask]:
    """Give a maker of applications whose clock stands still."""
    # Each template is compiled once, not once an application.
    compiled = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))

    def make(home: Path, at: datetime = NOON, **settings: object) -> Flask:
        chosen = Settings(home=home, **settings)  # type: ignore[arg-type]
        app = create_app(chosen, clock=lambda: at)
        app.testing = True
        app.jinja_env.bytecode_cache = compiled
        return app

    return make


@pytest.fixture(scope="session")
def shipped_app(shipped_home: Path, make_app: Callable[..., Flask]) -> Flask:
    """Give the site with the shipped data, on a Wednesday at noon; tests only ask it."""
    return make_app(shipped_home)


@pytest.fixture
def client(shipped_app: Flask) -> FlaskClient:
    """Give a client of the site with the shipped data, on a Wednesday at noon."""
    return shipped_app.test_client()


@pytest.fixture
def cast_client(cast_home: Callable[..., Path], make_app: Callable[..., Flask]) -> FlaskClient:
    """Give a client of the site with the invented cast, on a Wednesday at noon."""
    return make_app(cast_home()).test_client()


@pytest.fixture
def admin(
    cast_home: Callable[..., Path], make_app: Callable[..., Flask]
) -> Callable[..., AdminClient]:
    """Give a maker of clients signed in by role, all of one site with the invented cast."""
    apps: list[Flask] = []

    def enter(role: Role = Role.EDITOR, login: str | None = None) -> AdminClient:
        if not apps:
            apps.append(make_app(cast_home()))
        return sign_in(apps[0], role, login)

    return enter


@pytest.fixture
def shipped_gazetteer(shipped: Database) -> Gazetteer:
    """Give the gazetteer as the database holds it."""
    return geography.gazetteer(shipped)
