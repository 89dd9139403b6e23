"""Run what needs an event loop of its own: a browser test before it may have left one running."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def apart(act: Callable[[], Result]) -> Result:
    """Return what a function returns, called in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()
