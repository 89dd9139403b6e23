"""The tables of the data package and of the search index."""

import json

from sqlite_utils import Database

from sosdir import languages
from sosdir.migrations.schema import SCHEMA

# The names are those of the data package. Lists are JSON arrays, dates ISO 8601, truth 0 or 1.
_TABLES = (
    """
    CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE prefecture (
        code TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_kana TEXT NOT NULL,
        name_en TEXT NOT NULL,
        geometry TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE municipality (
        code TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_kana TEXT NOT NULL,
        latitude REAL NOT NULL,
        longitude REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE ward (
        municipality_code TEXT NOT NULL REFERENCES municipality (code),
        name TEXT NOT NULL,
        name_kana TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (municipality_code, name)
    ) STRICT
    """,
    """
    CREATE TABLE retired_number (
        number TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        retired TEXT,
        reason TEXT NOT NULL,
        source TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE organization (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE service (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        focus TEXT NOT NULL,
        answers_for TEXT NOT NULL,
        organization_id TEXT REFERENCES organization (id),
        department TEXT,
        operator_text TEXT,
        commissioner_ids TEXT NOT NULL,
        partners TEXT NOT NULL,
        programs TEXT NOT NULL,
        prefecture_code TEXT,
        municipality_code TEXT,
        address TEXT,
        latitude REAL,
        longitude REAL,
        position_precision TEXT,
        area_served TEXT,
        service_area_basis TEXT NOT NULL,
        eligibility TEXT,
        fee TEXT,
        anonymous INTEGER,
        languages TEXT NOT NULL,
        staff TEXT NOT NULL,
        offers TEXT NOT NULL,
        website TEXT,
        established TEXT,
        evidence TEXT NOT NULL,
        newest_source_year INTEGER,
        collected_on TEXT NOT NULL,
        checked_on TEXT,
        contact_missing INTEGER NOT NULL,
        hold TEXT,
        editor_note TEXT
    ) STRICT
    """,
    """
    CREATE TABLE channel (
        id TEXT PRIMARY KEY,
        service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        value TEXT,
        hours TEXT,
        hours_text TEXT,
        toll_free INTEGER,
        note TEXT,
        editor_note TEXT,
        source_ids TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX channel_of_service ON channel (service_id, position)",
    """
    CREATE TABLE service_area (
        service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
        area_code TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (service_id, area_code)
    ) STRICT
    """,
    "CREATE INDEX service_area_by_code ON service_area (area_code, service_id)",
    """
    CREATE TABLE source (
        id TEXT PRIMARY KEY,
        service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        publisher TEXT NOT NULL,
        kind TEXT NOT NULL,
        page_date TEXT,
        position INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX source_of_service ON source (service_id, position)",
    """
    CREATE TABLE statistic (
        service_id TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        "on" TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (service_id, name, "on")
    ) STRICT
    """,
    # What search needs of each public service, made anew with every save.
    """
    CREATE TABLE service_index (
        number INTEGER PRIMARY KEY,
        service_id TEXT NOT NULL UNIQUE REFERENCES service (id) ON DELETE CASCADE,
        withheld_from TEXT NOT NULL,
        looked_at TEXT NOT NULL,
        availability TEXT NOT NULL,
        channels TEXT NOT NULL,
        name_key TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE VIRTUAL TABLE service_text USING fts5 (
        open, guarded, tokenize = 'unicode61', detail = 'full'
    )
    """,
)


@SCHEMA()
def create_tables(db: Database) -> None:
    """Create the tables of the data package and of the search index.

    Args:
        db: an empty database.
    """
    for statement in _TABLES:
        db.execute(statement)
    db.execute("INSERT INTO meta (name, value) VALUES ('services', 0), ('places', 0)")


@SCHEMA()
def add_service_status(db: Database) -> None:
    """Let a service be closed for a time or for good, or merged into another.

    Args:
        db: with the tables of the data package.
    """
    db.execute("ALTER TABLE service ADD COLUMN status TEXT NOT NULL DEFAULT 'active'")
    db.execute("ALTER TABLE service ADD COLUMN status_note TEXT")
    db.execute("ALTER TABLE service ADD COLUMN successor_id TEXT")


@SCHEMA()
def add_channel_languages(db: Database) -> None:
    """Let each channel have languages of its own, and write every language as its code.

    Args:
        db: with the tables of the data package.
    """
    db.execute("ALTER TABLE channel ADD COLUMN languages TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE service_index ADD COLUMN languages TEXT NOT NULL DEFAULT '[]'")
    for key, words in db.execute("SELECT id, languages FROM service").fetchall():
        codes = json.dumps(
            [languages.code_or_word(word) for word in json.loads(words)], ensure_ascii=False
        )
        db.execute("UPDATE service SET languages = ? WHERE id = ?", [codes, key])
        db.execute("UPDATE service_index SET languages = ? WHERE service_id = ?", [codes, key])


@SCHEMA()
def index_each_channel(db: Database) -> None:
    """Let the index know of each channel by itself, and of what a service offers.

    The index is emptied and has to be made anew, from what this step cannot read.

    Args:
        db: with the tables of the data package.
    """
    db.execute("DELETE FROM service_text")
    db.execute("DROP TABLE service_index")
    db.execute(
        """
        CREATE TABLE service_index (
            number INTEGER PRIMARY KEY,
            service_id TEXT NOT NULL UNIQUE REFERENCES service (id) ON DELETE CASCADE,
            withheld_from TEXT NOT NULL,
            looked_at TEXT NOT NULL,
            channels TEXT NOT NULL,
            needs TEXT NOT NULL,
            name_key TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        "INSERT INTO meta (name, value) VALUES ('index_is_stale', EXISTS (SELECT 1 FROM service))"
    )


@SCHEMA()
def add_safety_facts(db: Database) -> None:
    """Keep what a source states of secrecy, of the number that shows and of how a reply comes.

    Args:
        db: with the tables of the data package.
    """
    db.execute("ALTER TABLE service ADD COLUMN confidentiality TEXT")
    db.execute("ALTER TABLE channel ADD COLUMN caller_id TEXT")
    db.execute("ALTER TABLE channel ADD COLUMN reply TEXT")


@SCHEMA()
def add_sources_of_statistics(db: Database) -> None:
    """Let each dated figure point at the sources that state it.

    Which one does was not kept until now: those that are there point at all of their service.

    Args:
        db: with the tables of the data package.
    """
    db.execute("ALTER TABLE statistic ADD COLUMN source_ids TEXT NOT NULL DEFAULT '[]'")
    db.execute(
        "UPDATE statistic SET source_ids = (SELECT json_group_array(id) FROM"
        " (SELECT id FROM source WHERE source.service_id = statistic.service_id"
        " ORDER BY position))"
    )
