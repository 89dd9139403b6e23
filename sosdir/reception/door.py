"""The door: each request is read, waits its turn and is answered, or told that it cannot be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]

from sosdir.caching import NEVER_KEPT, NOT_KEPT
from sosdir.reception import bodies
from sosdir.reception.bodies import Body, BodyError
from sosdir.reception.companions import Companions
from sosdir.reception.refusals import Refusals
from sosdir.reception.server import Protocol, Scope
from sosdir.reception.turns import CrowdedError, Room, Turns
from sosdir.reception.wsgi import Answer, Application, ask, environ
from sosdir.weights import HEAVY as HEAVIEST
from sosdir.weights import weight

# Ordinary requests at work at once (SQLite and Python gain little by more), those that may wait
# for them, and how long: who would wait longer is told to come again.
ORDINARY = (3, 64, 5.0)
# What is heavy has one thread of its own, and whoever asks for it has more patience.
HEAVY = (1, 16, 20.0)
# What is held of bodies that come slowly, and of answers that are fetched slowly.
MOST_OF_BODIES = 64 * 1024**2
MOST_OF_ANSWERS = 192 * 1024**2
# What goes out at once, and how long the other side may take over each piece.
PIECE = 64 * 1024
PIECE_SECONDS = 30.0
# What somebody else made may not be kept, for its minute ended meanwhile; that of the next one is.
ROUNDS = 2
# Whoever asks whether we live must hear that we do when all else waits.
HEALTH = "/healthz"

_READING = frozenset({"GET", "HEAD"})
_NOBODYS = Answer(NEVER_KEPT, [], b"")

_log = logging.getLogger(__name__)


class Door:
    """Stand between the server and the application.

    Args:
        application: of WSGI.
        refusals: what is said to those for whom there is no room.
        kept: the same application where it answers what is kept, within microseconds, or by its
            status that nothing is; None where there is no such one.
    """

    def __init__(
        self, application: Application, refusals: Refusals, kept: Application | None = None
    ) -> None:
        self._application = application
        self._quick = kept
        self._refusals = refusals
        self._ordinary, self._heavy = Turns(*ORDINARY), Turns(*HEAVY)
        self._companions = Companions()
        self._bodies, self._answers = Room(MOST_OF_BODIES), Room(MOST_OF_ANSWERS)
        self._workers = ThreadPoolExecutor(ORDINARY[0] + HEAVY[0], "request")
        self._health = ThreadPoolExecutor(1, "health")
        self._asking: dict[str, asyncio.Task[Answer]] = {}

    async def __rsgi__(self, scope: Scope, protocol: Protocol) -> None:
        """Answer one request.

        Args:
            scope: of the request.
            protocol: by which it is read and answered.
        """
        try:
            answer = await self._answer(scope, protocol)
            with self._answers.held() as share:
                share.add(len(answer.body))
                await _send(protocol, answer)
        except CrowdedError:
            await _send(protocol, self._refusals.crowded(scope.path))

    async def _answer(self, scope: Scope, protocol: Protocol) -> Answer:
        answer = self._kept(scope)
        if answer.status == NOT_KEPT:
            return await self._made_once(scope, protocol)
        if answer.status == NEVER_KEPT:
            return await self._made(scope, protocol)
        return answer

    def _kept(self, scope: Scope) -> Answer:
        """Return an answer that is kept: it needs no thread, and no turn."""
        if self._quick is None or scope.method not in _READING:
            return _NOBODYS
        return ask(self._quick, environ(scope, Body()))

    async def _made_once(self, scope: Scope, protocol: Protocol) -> Answer:
        """Make an answer that will be kept, or wait for the one that somebody else makes.

        When everybody asks for one page and its minute is over, all but one would take the turns
        of those who ask for others.
        """
        key, patience = _alike(scope), self._turns(scope.path).patience
        for _ in range(ROUNDS):
            if not await self._companions.wait(key, patience):
                with self._companions.making(key):
                    return await self._made(scope, protocol)
            answer = self._kept(scope)
            if answer.status not in {NOT_KEPT, NEVER_KEPT}:
                return answer
        # It failed, or is not for all: each makes its own.
        return await self._made(scope, protocol)

    async def _made(self, scope: Scope, protocol: Protocol) -> Answer:
        if scope.path == HEALTH and scope.method in _READING:
            return await self._health_of(scope)
        with self._bodies.held() as share:
            try:
                body = await bodies.read(scope, protocol, share)
            except BodyError as error:
                return self._refusals.unread(error.status, scope.path)
            async with self._turns(scope.path).turn():
                return await self._in(self._workers, scope, body)

    async def _health_of(self, scope: Scope) -> Answer:
        """Return how we are; who asks while that is looked up hears the same."""
        task = self._asking.get(scope.method)
        if task is None or task.done():
            task = asyncio.create_task(self._in(self._health, scope, Body()))
            self._asking[scope.method] = task
        return await asyncio.shield(task)

    def _turns(self, path: str) -> Turns:
        return self._heavy if weight(path) >= HEAVIEST else self._ordinary

    async def _in(self, workers: ThreadPoolExecutor, scope: Scope, body: Body) -> Answer:
        environment = environ(scope, body)
        return await asyncio.get_running_loop().run_in_executor(workers, self._ask, environment)

    def _ask(self, environment: dict[str, Any]) -> Answer:
        try:
            return ask(self._application, environment)
        except Exception as error:
            # The application answers its own faults: this one lies on the way to it. Its words
            # could hold what was asked.
            _log.error("A request was not answered: %s", type(error).__name__)
            return self._refusals.failed(environment["PATH_INFO"])


def _alike(scope: Scope) -> Hashable:
    """Return what is the same of requests that one answer may serve."""
    host = scope.authority or scope.headers.get("host")
    return host, scope.path, scope.query_string, scope.headers.get("accept-encoding")


async def _send(protocol: Protocol, answer: Answer) -> None:
    """Send an answer, as long as the other side takes it."""
    if len(answer.body) <= PIECE:
        protocol.response_bytes(answer.status, answer.headers, answer.body)
        return
    try:
        transport = protocol.response_stream(answer.status, answer.headers)
        for start in range(0, len(answer.body), PIECE):
            async with asyncio.timeout(PIECE_SECONDS):
                await transport.send_bytes(answer.body[start : start + PIECE])
    except (ProtocolClosed, TimeoutError):
        # She has left the page, or reads too slowly to be waited for: what was sent is cut off.
        return
