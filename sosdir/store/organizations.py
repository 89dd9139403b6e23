"""Read the organizations."""

from sqlite_utils import Database

from sosdir import records
from sosdir.models import Organization
from sosdir.store.rows import select
from sosdir.tabular import TABLE


def everything(db: Database) -> list[Organization]:
    """Return all organizations by id.

    Args:
        db: to read.
    """
    return [records.organization(row) for row in select(db, TABLE["organization"], "ORDER BY id")]
