"""The tables of those who keep the directory true: history, accounts, reports, imports, links."""

from sqlite_utils import Database

from sosdir.migrations.schema import SCHEMA

# Every state a service ever had, published or only drafted. Nothing in it is changed or removed.
_HISTORY = (
    """
    CREATE TABLE revision (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        service_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        action TEXT NOT NULL,
        made_at TEXT NOT NULL,
        account_id INTEGER,
        account_name TEXT NOT NULL,
        why TEXT,
        given_source TEXT,
        based_on INTEGER REFERENCES revision (number),
        content TEXT NOT NULL,
        UNIQUE (service_id, version)
    ) STRICT
    """,
    """
    CREATE TRIGGER revision_is_never_changed BEFORE UPDATE ON revision
    BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END
    """,
    """
    CREATE TRIGGER revision_is_never_removed BEFORE DELETE ON revision
    BEGIN SELECT RAISE(ABORT, 'a revision is never removed'); END
    """,
    # REPLACE removes without asking the triggers above.
    """
    CREATE TRIGGER revision_is_never_replaced BEFORE INSERT ON revision
    WHEN EXISTS (
        SELECT 1 FROM revision
        WHERE number = NEW.number OR (service_id = NEW.service_id AND version = NEW.version)
    )
    BEGIN SELECT RAISE(ABORT, 'a revision is never replaced'); END
    """,
    # The draft that waits for a publisher, at most one a service; base is the public state it
    # was made from, null where the service is new.
    """
    CREATE TABLE draft (
        service_id TEXT PRIMARY KEY,
        revision INTEGER NOT NULL REFERENCES revision (number),
        base INTEGER REFERENCES revision (number)
    ) STRICT
    """,
)

# Secrets are kept as hashes, the seed of the second factor encrypted by the secret key.
_ACCOUNTS = (
    """
    CREATE TABLE account (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        login TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        password_hash TEXT,
        totp_seed TEXT,
        totp_step INTEGER NOT NULL DEFAULT 0,
        is_active INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL,
        signed_in_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE recovery_code (
        account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        code_hash TEXT NOT NULL,
        used_at TEXT,
        PRIMARY KEY (account_id, code_hash)
    ) STRICT
    """,
    """
    CREATE TABLE passkey (
        credential_id TEXT PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        public_key TEXT NOT NULL,
        sign_count INTEGER NOT NULL,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL,
        used_at TEXT
    ) STRICT
    """,
    "CREATE INDEX passkey_of_account ON passkey (account_id)",
    # A challenge that was answered; kept until its time is over, so that no answer counts twice.
    """
    CREATE TABLE used_challenge (
        challenge_hash TEXT PRIMARY KEY,
        expires_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE invitation (
        token_hash TEXT PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        made_by TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        used_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE session (
        token_hash TEXT PRIMARY KEY,
        account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        agent_hash TEXT NOT NULL,
        began_at TEXT NOT NULL,
        seen_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX session_of_account ON session (account_id)",
)

_REPORTS = (
    """
    CREATE TABLE report (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        service_id TEXT NOT NULL,
        channel_id TEXT,
        subject TEXT NOT NULL,
        words TEXT,
        contact TEXT,
        received_at TEXT NOT NULL,
        labels INTEGER NOT NULL DEFAULT 0,
        reported_value TEXT,
        answer TEXT,
        answer_words TEXT,
        answered_at TEXT,
        answered_by TEXT
    ) STRICT
    """,
    "CREATE INDEX report_waiting ON report (service_id) WHERE answer IS NULL",
    # Asked by every public page.
    "CREATE INDEX report_labelling ON report (channel_id) WHERE answer IS NULL AND labels = 1",
)

_IMPORTS = (
    """
    CREATE TABLE import_file (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        layout TEXT NOT NULL,
        account_id INTEGER,
        account_name TEXT NOT NULL,
        uploaded_at TEXT NOT NULL,
        status TEXT NOT NULL,
        content BLOB NOT NULL,
        attempt INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        warnings TEXT NOT NULL DEFAULT '[]',
        closed_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE import_row (
        import_id INTEGER NOT NULL REFERENCES import_file (id) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        service_id TEXT,
        service_name TEXT,
        opened INTEGER,
        content TEXT,
        changes TEXT NOT NULL,
        notes TEXT NOT NULL,
        faults TEXT NOT NULL,
        is_chosen INTEGER NOT NULL DEFAULT 1,
        applied_at TEXT,
        PRIMARY KEY (import_id, line)
    ) STRICT
    """,
    "CREATE INDEX import_row_by_outcome ON import_row (import_id, outcome, line)",
)

_LINKS = (
    """
    CREATE TABLE link (
        url TEXT PRIMARY KEY,
        checked_at TEXT NOT NULL,
        outcome TEXT NOT NULL,
        status_code INTEGER,
        leads_to TEXT,
        detail TEXT,
        failing_since TEXT,
        failures INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
)


@SCHEMA()
def create_stewardship(db: Database) -> None:
    """Create the tables of history, accounts, reports, imports and links.

    Args:
        db: with the tables of the data package.
    """
    for statement in (*_HISTORY, *_ACCOUNTS, *_REPORTS, *_IMPORTS, *_LINKS):
        db.execute(statement)
