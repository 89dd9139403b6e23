"""Ask for many addresses, in several processes where there are several processors."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread

from sosdir.errors import FreezeError
from sosdir.freezing.asking import Asker
from sosdir.freezing.records import Batch, Job

# So many addresses are asked before the next report: the bar moves, and nobody waits long.
_AT_ONCE = 32
_asker: Asker | None = None


# Asks for addresses, and yields what came of them some at a time, in any order.
Ask = Callable[[Sequence[str]], Iterator[Batch]]


@contextmanager
def crew(job: Job, workers: int) -> Iterator[Ask]:
    """Lend a crew that asks for addresses.

    Args:
        job: what it must know.
        workers: processes; with one, this very process asks.
    """
    if workers == 1:
        asker = Asker(job)
        yield lambda addresses: map(asker.batch, _parts(addresses))
        return
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(job,)
    )
    try:
        yield lambda addresses: _asked(pool, addresses)
    finally:
        pool.shutdown(cancel_futures=True)


def _asked(pool: ProcessPoolExecutor, addresses: Sequence[str]) -> Iterator[Batch]:
    asked = [pool.submit(_batch, part) for part in _parts(addresses)]
    try:
        for each in as_completed(asked):
            yield each.result()
    except BrokenProcessPool as error:
        raise FreezeError("A process that made pages was ended: is there memory enough?") from error


def _parts(addresses: Sequence[str]) -> Iterator[Sequence[str]]:
    return (addresses[at : at + _AT_ONCE] for at in range(0, len(addresses), _AT_ONCE))


def _begin(job: Job) -> None:
    """Make the application of this process, which ends with the one that began it."""
    global _asker
    Thread(target=_end_with_parent, daemon=True).start()
    _asker = Asker(job)
    # What the application is made of lives as long as the process: no need to look at it again.
    gc.freeze()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _batch(addresses: Sequence[str]) -> Batch:
    assert _asker is not None
    return _asker.batch(addresses)
