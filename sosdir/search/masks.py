"""Write which of some rows are meant as one integer: bit *n* stands for row *n*.

What holds of many rows at once is then one operation, and how many are left is ``bit_count``: of
a hundred thousand rows that takes some microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import TypeVar

Held = TypeVar("Held")

_TO_DIGITS = bytes.maketrans(b"\0\1", b"01")
_TO_FLAGS = bytes.maketrans(b"01", b"\0\1")


def mask(flags: Iterable[int]) -> int:
    """Return the mask of the rows whose flag is set.

    Args:
        flags: 1 or 0 of each row, in order.
    """
    digits = bytes(flags)[::-1].translate(_TO_DIGITS)
    return int(digits, 2) if digits else 0


def mask_of_runs(runs: Iterable[tuple[int, int]], size: int) -> int:
    """Return the mask of some runs of rows.

    Args:
        runs: the first row of each and how many there are.
        size: how many rows there are in all.
    """
    flags = bytearray(size)
    for start, length in runs:
        flags[start : start + length] = b"\1" * length
    return mask(flags)


def flags_of(rows: int, size: int) -> bytes:
    """Return 1 or 0 for each row.

    Args:
        rows: their mask.
        size: how many rows there are in all.
    """
    return f"{rows:0{size}b}"[::-1].encode("ascii").translate(_TO_FLAGS)


def chosen(held: Sequence[Held], rows: int) -> Iterator[Held]:
    """Return what is held of the rows that a mask means, in their order.

    Args:
        held: of each row.
        rows: their mask.
    """
    return compress(held, f"{rows:b}"[::-1].encode("ascii").translate(_TO_FLAGS))
