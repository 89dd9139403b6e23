"""Keep in history what loading a whole package changes."""

from __future__ import annotations

from datetime import datetime

from sosdir.db import Database
from sosdir.models import Service
from sosdir.publishing.editions import begin_history
from sosdir.revising import Action, Author
from sosdir.store import revisions, services
from sosdir.store.revisions import Entry


def keep_history_of_load(
    db: Database, before: dict[str, Service], author: Author, now: datetime
) -> None:
    """Note in history what loading a whole package changed.

    Drafts stay; those of services that are gone wait as drafts of new services would.

    Args:
        db: to write, just loaded, within the same transaction.
        before: the services as they were before it, by id.
        author: who loaded it.
        now: with a zone.
    """
    had_history = revisions.latest_numbers(db)
    if not before and not had_history:
        # The beginning of a directory has no history.
        return
    loaded = {each.id: each for each in services.everything(db)}
    for key, old in before.items():
        if loaded.get(key) != old:
            begin_history(db, old, now)
    for key, new in loaded.items():
        # One that had been gone comes back as something else than its history last said; one
        # that joins others is news to whoever keeps a copy of them.
        changed = new != before[key] if key in before else bool(before) or key in had_history
        if changed:
            action = Action.LOADED if key in before else Action.ADDED
            revisions.add(db, Entry(new, action, author, now))
