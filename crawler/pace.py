"""The pace of requests: one at a time to a host, its delay apart, whoever asks."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from crawler.errors import CrawlerError
from storage.database import open_database, when_free
from storage.hosts import LONGEST_REST, Refused, give_back, rest, take_lease
from storage.processes import is_present, present

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path
    from typing import Self

LEAST_DELAY = 1.0
"""Seconds between two requests to a public host that no setting can shorten."""
PATIENCE = 60.0
"""Seconds that a request waits for a host that rests; beyond, it goes back to the frontier."""
LONGEST_NAP = 1.0
"""Seconds between two looks at a lease that another process holds, or at whether the crawl goes on."""
SHORTEST_NAP = 0.02


def host_of(url: str) -> str:
    """The host whose lease a request needs: every spelling of it, with any port, scheme or user name, is one host."""
    return (urlsplit(url).hostname or "").rstrip(".").lower()


class NotNow(CrawlerError, IgnoreRequest):
    """A request that was not made, for no fault of its own: what asked for it stays as it was."""


class HostRests(NotNow):
    """The host asked to be left alone for longer than a crawl should wait."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(host, seconds)
        self.host = host
        self.seconds = seconds

    def __str__(self) -> str:
        # Without the seconds: this becomes the reason that is kept, and must not depend on when somebody looked.
        return f"{self.host} asked to be left alone for a while"


class CrawlEnds(NotNow):
    """The crawl was told to end while the request waited for its turn."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host

    def __str__(self) -> str:
        return f"the crawl ended before it was the turn of {self.host}"


class Pace:
    """This process's part in keeping the pace: all spiders in it share one, and through the database with all others.

    Inside the process, requests to a host stand in line; only the first of them asks the database.
    """

    _open: ClassVar[dict[Path, Pace]] = {}

    def __init__(
        self,
        database: Path,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._path = database
        self.db = open_database(database)
        # A lease need not survive a power cut, and a commit that waits for the disk would cost more than all else here.
        self.db.conn.execute("PRAGMA synchronous = NORMAL")
        self._end = contextlib.ExitStack()
        self.owner = self._end.enter_context(present(database))
        self._end.callback(self.db.close)
        self.clock = clock
        self._sleep = sleep
        self._lines: dict[str, asyncio.Lock] = {}
        self._users = 0

    @classmethod
    def join(cls, database: Path) -> Self:
        """The pace of this process on this database; who joins must `leave`."""
        key = database.resolve()
        pace = cls._open.get(key)
        if not isinstance(pace, cls):
            pace = cls._open[key] = cls(database)
        pace._users += 1
        return pace

    def leave(self) -> None:
        """The last to leave closes the database."""
        self._users -= 1
        if self._users <= 0:
            self._open.pop(self._path.resolve(), None)
            self._end.close()

    def line(self, name: str) -> asyncio.Lock:
        """Where those stand who want the same thing; one at a time has it."""
        return self._lines.setdefault(name, asyncio.Lock())

    @contextlib.asynccontextmanager
    async def turn(self, host: str, delay: float, goes_on: Callable[[], bool] = lambda: True) -> AsyncIterator[float]:
        """Hold the host's lease for the length of an `async with` block; gives the seconds that were waited.

        Raises HostRests, and CrawlEnds once `goes_on` says no.
        """
        began = self.clock()
        async with self.line(host):
            await self._take(host, delay, goes_on)
            try:
                yield self.clock() - began
            except (asyncio.CancelledError, GeneratorExit):
                # Who is told to end cannot let others go on first.
                self._give_back(host, delay)
                raise
            except BaseException:
                await self._give_back_when_free(host, delay)
                raise
            await self._give_back_when_free(host, delay)

    def _give_back(self, host: str, delay: float) -> None:
        give_back(self.db, host, self.owner, delay, now=self.clock())

    async def _give_back_when_free(self, host: str, delay: float) -> None:
        try:
            await when_free(self.db, lambda: self._give_back(host, delay))
        except asyncio.CancelledError:
            self._give_back(host, delay)
            raise

    async def _take(self, host: str, delay: float, goes_on: Callable[[], bool]) -> None:
        nap = SHORTEST_NAP
        while goes_on():
            refused = await when_free(self.db, lambda: self._try(host, delay))
            if refused is None:
                return
            if refused.rests and refused.seconds > PATIENCE:
                raise HostRests(host, refused.seconds)
            if refused.holder:
                nap = min(LONGEST_NAP, 2 * nap)
            await self._sleep(self._until_next_look(refused, nap))
        raise CrawlEnds(host)

    def _try(self, host: str, delay: float) -> Refused | None:
        return take_lease(self.db, host, self.owner, delay, now=self.clock(), is_present=self._lives)

    @staticmethod
    def _until_next_look(refused: Refused, nap: float) -> float:
        if refused.holder is None:
            # Nothing changes before; and a lease lost by a blink is looked at again after one.
            return min(max(refused.seconds, 0.001), LONGEST_NAP)
        # Jitter, or all who wait would look at the same time, for ever.
        return min(max(refused.seconds, nap * random.uniform(0.5, 1.0)), LONGEST_NAP)

    def _lives(self, holder: str) -> bool:
        return is_present(self._path, holder)

    def note(self, host: str, status: int, header: bytes | None) -> None:
        """Take notice of an answer that asks for rest."""
        if status in {429, 503}:
            now = self.clock()
            rest(self.db, host, retry_after(header, now=now), now=now)


def retry_after(header: bytes | None, *, now: float, otherwise: float = 300.0) -> float:
    """Seconds that a Retry-After header asks for, as a number or a date; `otherwise` where it says nothing readable,
    or names a moment that is over: a clock is wrong then."""
    text = (header or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        # Longer than any number of seconds that makes sense, and than Python likes to read.
        return LONGEST_REST if len(text) > 9 else min(LONGEST_REST, float(text))
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (TypeError, ValueError, OverflowError):
        return otherwise
    return min(LONGEST_REST, seconds) if seconds > 0 else otherwise
