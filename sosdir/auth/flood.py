"""Let nobody send a public form without end: acts are counted in memory, addresses hidden."""

from __future__ import annotations

from math import ceil
from time import time

from flask import current_app
from flask_limiter import Limiter
from limits import parse
from limits.strategies import SlidingWindowCounterRateLimiter

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


def wait_of_address(act: str, allowed: str, cost: int) -> int:
    """Count what one address asks, and tell for how many seconds it has to wait, 0 for not at all.

    What is refused is not counted: whoever waits is let in again. Of an address no more is kept
    than two numbers.

    Args:
        act: what is done, such as ``search``.
        allowed: how much one address may do, such as ``600 per minute``.
        cost: of this act.
    """
    (limiter,) = current_app.extensions["limiter"]
    assert isinstance(limiter, Limiter)
    counter, limit = SlidingWindowCounterRateLimiter(limiter.storage), parse(allowed)
    key = (act, hidden_address())
    if counter.hit(limit, *key, cost=cost):
        return 0
    return max(1, ceil(counter.get_window_stats(limit, *key).reset_time - time()))
