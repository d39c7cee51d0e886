"""One archive for all spiders of a process: answers that come together are synced and committed together.

While one batch is written, in a thread, the next gathers: a lone answer waits for nobody, and fifty at once cost one
sync instead of fifty. The order never changes: on the disk first, then in the database.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from crawler.archive import ArchiveWriter, Entry, Exchange, Repeats, Verdict, archive_folder, cut_torn_tails
from crawler.archive.verdicts import verdict_on
from crawler.extraction import EXTRACTION_VERSION
from storage.articles import Fetched, add_capture, newest_capture, seen_again
from storage.database import open_database, value, writing, writing_when_free
from storage.frontier import Fetch, settle
from storage.ledger import enqueue
from storage.moments import now
from storage.processes import process_name
from storage.rechecks import note_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from crawler.archive import Place


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page, and the fetch that it answers."""

    fetch: Fetch
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer without a page to read: kept as evidence. `note` tells the books what became of the fetch."""

    fetch: Fetch
    exchange: Exchange
    outcome: str
    """`gone`, `moved`, `refused`, `postponed` or `unchanged`."""
    reason: str | None
    note: Callable[[], object] | None = None
    """Called once the answer is in the archive: a process that dies before asks again."""


@dataclass(frozen=True, slots=True)
class _Hop:
    """A redirect on the way to an answer."""

    fetch: Fetch
    exchange: Exchange


Item = FetchedPage | Answer | _Hop
_Waiting = tuple[Item, asyncio.Future[bool]]


class _Overtaken(Exception):
    """Another process stored another page of this article since this one was found to be as it was."""


class Archivist:
    """Takes answers from the spiders of this process and keeps them."""

    _shared: ClassVar[dict[Path, Archivist]] = {}

    def __init__(self, path: Path, megabytes: float) -> None:
        self.path = path
        self.db = open_database(path)
        folder = archive_folder(path)
        self.cut = cut_torn_tails(self.db, folder)
        """Files whose torn tails were cut off at this start."""
        self._archive = ArchiveWriter(self.db, folder, process_name(), largest=round(megabytes * 1_000_000))
        self._users = 0
        self._waiting: list[_Waiting] = []
        self._hops: list[_Hop] = []
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def of_process(cls, path: Path, megabytes: float) -> Archivist:
        """The one that all spiders of this process share; each lets go of it with `release`."""
        archivist = cls._shared.get(path)
        if archivist is None:
            archivist = cls._shared[path] = cls(path, megabytes)
        archivist._users += 1
        return archivist

    def release(self) -> None:
        """A spider is done, and so are its answers; the last one closes the file."""
        self._users -= 1
        if self._users:
            return
        del self._shared[self.path]
        try:
            if self._hops:
                self._keep_hops()
        finally:
            self._archive.close()
            self.db.close()

    async def keep(self, item: FetchedPage | Answer) -> bool:
        """Archive an answer and note it; returns whether it is a page with other bytes than the one before."""
        item = replace(item, exchange=replace(item.exchange, moment=item.exchange.moment or now()))
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None:
            self._task = asyncio.create_task(self._write_all())
        return await future

    def keep_hop(self, fetch: Fetch, exchange: Exchange) -> None:
        """Keep a redirect, with the next answer that is written."""
        self._hops.append(_Hop(fetch, replace(exchange, moment=now())))

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                batch = self._next_batch()
                try:
                    await self._write(batch)
                except Exception as error:  # noqa: BLE001  whatever one answer raises must not cost the others theirs
                    await self._write_singly(batch, error)
        finally:
            self._task = None

    async def _write_singly(self, batch: list[_Waiting], error: Exception) -> None:
        if len(batch) == 1 and not isinstance(error, _Overtaken):
            batch[0][1].set_exception(error)
            return
        for one in batch:
            try:
                await self._write([one])
            except Exception as alone:  # noqa: BLE001  as above
                one[1].set_exception(alone)

    def _next_batch(self) -> list[_Waiting]:
        """All that waits, but each article once: whether a page has changed depends on the one before."""
        batch: list[_Waiting] = []
        later: list[_Waiting] = []
        articles: set[str] = set()
        for item, future in self._waiting:
            chosen = later if item.fetch.article in articles else batch
            articles.add(item.fetch.article)
            chosen.append((item, future))
        self._waiting = later
        return batch

    async def _write(self, batch: list[_Waiting]) -> None:
        hops, self._hops = self._hops, []
        items: list[Item] = [*hops, *(item for item, _ in batch)]
        entries = [self._entry(item) for item in items]
        self._archive.make_ready()
        places = await asyncio.to_thread(self._archive.write, entries)
        try:
            async with writing_when_free(self.db):
                changed = self._note_all(items, entries, places)
        except BaseException:
            self._archive.take_back()
            raise
        for (item, future), news in zip(batch, changed[len(hops) :], strict=True):
            try:
                if isinstance(item, Answer) and item.note is not None:
                    item.note()
            except Exception as error:  # noqa: BLE001  the archive has it; only its spider must hear of this
                future.set_exception(error)
            else:
                future.set_result(news)

    def _keep_hops(self) -> None:
        """What redirects are left when no answer comes any more."""
        entries = [self._entry(hop) for hop in self._hops]
        self._archive.make_ready()
        places = self._archive.write(entries)
        try:
            with writing(self.db):
                self._note_all(self._hops, entries, places)
        except BaseException:
            self._archive.take_back()
            raise

    def _entry(self, item: Item) -> Entry:
        """The records of an answer; the body of a page that is as it was before is not stored again."""
        article, exchange = item.fetch.article, item.exchange
        if isinstance(item, _Hop):
            return Entry(exchange, Verdict("redirect"))
        if isinstance(item, Answer):
            verdict = verdict_on(self.db, article, exchange.url, item.outcome, item.reason)
            return Entry(exchange, verdict, self._newest(article) if exchange.status == 304 else None)
        newest = self._newest(article, exchange.body)
        outcome = "unchanged" if newest else "archived"
        return Entry(exchange, verdict_on(self.db, article, exchange.url, outcome), newest)

    def _newest(self, article: str, body: bytes | None = None) -> Repeats | None:
        """The newest capture of an article, if it has these very bytes."""
        newest = newest_capture(self.db, article)
        if newest is None or (body is not None and newest[2] != hashlib.sha256(body).hexdigest()):
            return None
        row = self.db.conn.execute("SELECT url, fetched_at FROM captures WHERE id = ?", [newest[0]]).fetchone()
        return Repeats(*row)

    def _note_all(self, items: Sequence[Item], entries: Sequence[Entry], places: Sequence[Place]) -> list[bool]:
        return [self._note(*each) for each in zip(items, entries, places, strict=True)]

    def _note(self, item: Item, entry: Entry, place: Place) -> bool:
        if isinstance(item, FetchedPage):
            changed = note_page(self.db, self._archive, item.fetch, item.exchange, place)
            if changed and entry.repeats is not None:
                raise _Overtaken
            headers = {name.lower(): value for name, value in item.exchange.response_headers}
            note_answer(
                self.db,
                item.fetch.article,
                etag=headers.get("etag"),
                last_modified=headers.get("last-modified"),
                outcome="read" if changed else "unchanged",
            )
            return changed
        if isinstance(item, Answer) and item.outcome != "unchanged":
            self._archive.commit_answer(place, item.fetch.article, item.exchange, item.outcome)
        self._archive.commit_end()
        return False


def note_page(
    db: Database, archive: ArchiveWriter, fetch: Fetch, exchange: Exchange, place: Place, *, anew: bool = False
) -> bool:
    """Note an archived page as a capture and queue it, or that it is as it was; call it in a transaction.

    With `anew` it is another capture even so: what was said of it has changed.
    """
    sha256 = hashlib.sha256(exchange.body).hexdigest()
    newest = newest_capture(db, fetch.article)
    changed = anew or newest is None or newest[2] != sha256
    archive.commit_end()
    if newest is not None and not changed:
        seen_again(db, newest[0])
    else:
        fetched = Fetched(
            fetch.article, exchange.url, exchange.status, exchange.content_type, sha256, len(exchange.body)
        )
        capture = add_capture(db, fetched, exchange.moment)
        archive.commit_place(capture.id, place)
        enqueue(db, "extract", capture.id, version=EXTRACTION_VERSION, place=capture.number)
    settle(db, fetch, "archived", status=exchange.status)
    return changed


def store_page(db: Database, archive: ArchiveWriter, fetch: Fetch, exchange: Exchange, *, anew: bool = False) -> str:
    """Archive a page, then commit capture, place and queue in one transaction; returns the newest capture's id."""
    exchange = replace(exchange, moment=exchange.moment or now())
    outcome = "archived" if exchange.status else "imported"
    place = archive.append(exchange, verdict_on(db, fetch.article, exchange.url, outcome))
    try:
        with writing(db):
            note_page(db, archive, fetch, exchange, place, anew=anew)
    except BaseException:
        archive.take_back()
        raise
    newest = value(db, "SELECT id FROM captures WHERE article = ? ORDER BY number DESC LIMIT 1", [fetch.article])
    return str(newest)
