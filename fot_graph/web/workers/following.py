"""Follows a store on disk that is replaced while the server runs: from one answer to the next all is of the new one.

A store is replaced by putting another folder, or a link to one, in its place (`fot-graph load --replace`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.web.http.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ATTEMPTS = 5  # to make an answer while the store is being replaced again and again


class StoreFolder:
    """The place of a store: tells whether another folder has come to stand there since we looked."""

    def __init__(self, path: str) -> None:
        self._path, self._folder = Path(path), -1
        self._seen = self._identity()
        self._hold()

    def has_changed(self) -> bool:
        """Look whether another folder stands there than the last time; while none does, nothing has changed."""
        found = self._identity()
        if found is None or found == self._seen:
            return False
        self._seen = found
        self._hold()
        return True

    def close(self) -> None:
        """Let the folder go."""
        if self._folder >= 0:
            os.close(self._folder)
        self._folder = -1

    def _identity(self) -> tuple[int, int] | None:
        with suppress(OSError):
            found = self._path.stat()
            return found.st_dev, found.st_ino
        return None

    def _hold(self) -> None:
        """Keep the folder open: as long as it is, no other one gets its number, though it may have been removed."""
        self.close()
        with suppress(OSError):  # not on Windows, where an open folder cannot be replaced
            self._folder = os.open(self._path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
            held = os.fstat(self._folder)
            self._seen = held.st_dev, held.st_ino


class Following:
    """ASGI middleware that sends no answer of a store that is no longer there: it is made anew of the one that is.

    `renew` is called when another store has come to stand at the place, before anything is asked of it.
    """

    def __init__(self, app: ASGIApp, place: StoreFolder, renew: Callable[[], None]) -> None:
        self.app, self._store_folder, self._renew = app, place, renew
        self._edition = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = await receive()
        for _ in range(_ATTEMPTS):
            edition = self._current()
            answer: list[Message] = []
            await self.app(dict(scope), _replay_request(body, receive), _buffering_send(answer))
            if edition == self._current():
                for message in answer:
                    await send(message)
                return
        raise BusyError("store-being-replaced")

    def _current(self) -> int:
        """Give the number of the store that is there now, counted from the start."""
        if self._store_folder.has_changed():
            self._edition += 1
            self._renew()
        return self._edition


def _replay_request(body: Message, receive: Receive) -> Receive:
    """Give a request whose body was read already."""
    messages = [body]

    async def received() -> Message:
        return messages.pop() if messages else await receive()

    return received


def _buffering_send(answer: list[Message]) -> Send:
    """Collect an answer in place of sending it."""

    async def send(message: Message) -> None:
        answer.append(message)

    return send
