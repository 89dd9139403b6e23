"""What is told to the public beside the facts: the notices, and the changes in their order."""

from sqlite_utils import Database

from sosdir.migrations.schema import SCHEMA

# How each notice stands follows from its history.
_TABLES = (
    """
    CREATE TABLE notice_version (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        notice_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        action TEXT NOT NULL,
        made_at TEXT NOT NULL,
        account_id INTEGER,
        account_name TEXT NOT NULL,
        why TEXT,
        content TEXT NOT NULL,
        UNIQUE (notice_id, version)
    ) STRICT
    """,
    """
    CREATE TRIGGER notice_version_is_never_changed BEFORE UPDATE ON notice_version
    BEGIN SELECT RAISE(ABORT, 'a version of a notice is never changed'); END
    """,
    """
    CREATE TRIGGER notice_version_is_never_removed BEFORE DELETE ON notice_version
    BEGIN SELECT RAISE(ABORT, 'a version of a notice is never removed'); END
    """,
    # REPLACE removes without asking the triggers above.
    """
    CREATE TRIGGER notice_version_is_never_replaced BEFORE INSERT ON notice_version
    WHEN EXISTS (
        SELECT 1 FROM notice_version
        WHERE number = NEW.number OR (notice_id = NEW.notice_id AND version = NEW.version)
    )
    BEGIN SELECT RAISE(ABORT, 'a version of a notice is never replaced'); END
    """,
    # A draft waits until it is published or put aside; taking the public one down leaves it.
    """
    CREATE VIEW notice AS
    WITH last AS (
        SELECT notice_id,
            max(number) AS newest,
            max(number) FILTER (WHERE action IN ('published', 'restored', 'withdrawn')) AS settled,
            max(number) FILTER (WHERE action = 'withdrawn') AS withdrawn,
            max(number) FILTER (WHERE action = 'drafted') AS drafted,
            max(number) FILTER (WHERE action IN ('published', 'restored', 'rejected')) AS decided,
            min(made_at) FILTER (WHERE action IN ('published', 'restored')) AS published_at
        FROM notice_version
        GROUP BY notice_id
    )
    SELECT notice_id AS id,
        newest,
        iif(settled IS withdrawn, NULL, settled) AS public,
        iif(drafted > coalesce(decided, 0), drafted, NULL) AS draft,
        published_at,
        settled IS NOT NULL AND settled IS withdrawn AS was_withdrawn
    FROM last
    """,
    # The feed asks for the changes of a moment.
    "CREATE INDEX revision_of_moment ON revision (made_at)",
)


@SCHEMA()
def create_notices(db: Database) -> None:
    """Create the history of the notices.

    Args:
        db: with the tables of history.
    """
    for statement in _TABLES:
        db.execute(statement)
