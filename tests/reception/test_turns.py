"""Few work at once, some wait in the order they came, the rest is told at once."""

from __future__ import annotations

import asyncio

import pytest

from sosdir.reception import CrowdedError, Room, Turns
from tests.apart import apart


def test_who_came_first_is_served_first() -> None:
    served = []

    async def visit(turns: Turns, name: int) -> None:
        async with turns.turn():
            served.append(name)
            await asyncio.sleep(0)

    async def day() -> None:
        turns = Turns(places=1, queue=9, patience=9)
        await asyncio.gather(*(visit(turns, name) for name in range(5)))

    apart(lambda: asyncio.run(day()))
    assert served == [0, 1, 2, 3, 4]


def test_no_more_work_at_once_than_there_are_places() -> None:
    at_work, most = 0, 0

    async def visit(turns: Turns) -> None:
        nonlocal at_work, most
        async with turns.turn():
            at_work += 1
            most = max(most, at_work)
            await asyncio.sleep(0)
            at_work -= 1

    async def day() -> None:
        turns = Turns(places=2, queue=9, patience=9)
        await asyncio.gather(*(visit(turns) for _ in range(8)))

    apart(lambda: asyncio.run(day()))
    assert most == 2


def test_one_too_many_is_told_at_once() -> None:
    async def day() -> float:
        turns, begun = Turns(places=1, queue=1, patience=60), asyncio.get_running_loop().time()
        async with turns.turn():
            waiting = asyncio.create_task(wait(turns))
            await asyncio.sleep(0)
            with pytest.raises(CrowdedError):
                await wait(turns)
        await waiting
        return asyncio.get_running_loop().time() - begun

    assert apart(lambda: asyncio.run(day())) < 30


def test_who_waits_too_long_is_told_so_and_takes_no_turn() -> None:
    async def day() -> None:
        turns = Turns(places=1, queue=9, patience=0.01)
        async with turns.turn():
            with pytest.raises(CrowdedError):
                await wait(turns)
        await wait(turns)

    apart(lambda: asyncio.run(day()))


def test_a_turn_is_given_back_when_the_work_fails() -> None:
    async def day() -> None:
        turns = Turns(places=1, queue=1, patience=0.1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                async with turns.turn():
                    raise ZeroDivisionError

    apart(lambda: asyncio.run(day()))


def test_a_room_holds_no_more_than_it_may() -> None:
    room = Room(most=100)
    with room.held() as first, room.held() as second:
        first.add(60)
        second.add(40)
        with pytest.raises(CrowdedError):
            second.add(1)
    with room.held() as later:
        later.add(100)
    assert room.taken == 0


def test_one_alone_may_be_larger_than_the_room() -> None:
    room = Room(most=100)
    with room.held() as alone:
        alone.add(90)
        alone.add(90)
        with room.held() as other, pytest.raises(CrowdedError):
            other.add(1)
    assert room.taken == 0


async def wait(turns: Turns) -> None:
    """Take a turn and give it back."""
    async with turns.turn():
        pass
