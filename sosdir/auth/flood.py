"""Let nobody send a public form without end: acts are counted in memory, addresses hidden."""

from __future__ import annotations

from flask import current_app
from flask_limiter import Limiter
from limits import parse

from sosdir.auth.limits import hidden, hidden_address


def is_flood(act: str, subject: str, *, by_address: str, by_subject: str) -> bool:
    """Count one act and tell whether it is one too many.

    Args:
        act: what is done, such as ``report``.
        subject: what it is done to, such as a service's id.
        by_address: how many one address may do, such as ``5 per hour``.
        by_subject: how many all together may do to one subject.
    """
    (limiter,) = current_app.extensions["limiter"]
    assert isinstance(limiter, Limiter)
    if not limiter.limiter.hit(parse(by_address), act, hidden_address()):
        return True
    return not limiter.limiter.hit(parse(by_subject), act, hidden(subject))
