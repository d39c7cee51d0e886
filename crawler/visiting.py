"""The half of a spider that visits feeds, sitemaps and section pages."""

from __future__ import annotations

import asyncio
import hashlib
import math
import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import DontCloseSpider

from crawler.answers import header_of, is_our_own, reason_of, request_of
from crawler.catalogue import home_of
from crawler.discovery import polling, read_listing
from crawler.discovery.periods import Days, local_day, may_hold
from crawler.errors import InvalidURL, ListingError
from crawler.pace import HostRests, NotNow, retry_after
from crawler.robots import ForbiddenByRobots
from crawler.sighting import Survey, survey
from crawler.spiderbase import SpiderBase
from crawler.urls import normalise
from storage import backfills, frontier, gaps, listings
from storage.database import writing
from storage.listings import Answer, ListingState, Next
from storage.moments import now
from storage.robots import rules_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.discovery import Entry, Listing

OLD_SITEMAP_MINUTES = 30 * 24 * 60
"""A sitemap that holds only old articles hardly ever changes."""
AT_A_TIME = 500
"""Articles noted in one transaction: a listing of 50,000 must not keep other writers waiting, nor the crawl."""
LARGE = 256 * 1024
"""Bytes of a listing that is read in a thread, so that requests under way are not kept waiting."""
MOST_CHILDREN = 500
"""Sitemaps of one index that are polled; where nobody declared the index, far fewer, since nobody has looked at it."""
MOST_FOUND_CHILDREN = 10
MOST_ANNOUNCED = 10
"""Feeds or sitemaps that one page or robots.txt may announce."""
BELIEVED = timedelta(days=1)
"""For so long `not modified` is believed; then the listing is asked for whole, since some servers' validators lie."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"comment|comentario|bình luận|binh-luan", re.IGNORECASE)


class VisitsListings(SpiderBase):
    """Notes in the frontier what the listings name."""

    def due_listings(self, *, anyway: bool = False) -> Iterator[Request]:
        """Requests for the listings that are due, or for all that are polled."""
        moment = now()
        for listing in listings.polled(self.db, self.name):
            if (anyway or listing.is_due(moment)) and self.is_time_for(listing.url):
                yield self.listing_request(listings.visit_listing(self.db, listing.url, self.name))

    def is_time_for(self, url: str) -> bool:
        """Whether this run may ask for a listing: once in the shortest interval, whatever the database says.

        What a fault of ours left undone must not be asked for again and again.
        """
        clock = time.monotonic()
        if clock - self.visited.get(url, -math.inf) < polling.FLOOR * 60:
            return False
        self.visited[url] = clock
        return True

    def home(self) -> str | None:
        """The home page, where the source has one that it need not share."""
        return home_of(self.name, self.hosts)

    def visit_due(self) -> None:
        """When nothing is under way: visit what has become due since, or is needed because others failed."""
        if self.count_of("already_running"):
            return
        self._look_further()
        requests = list(self.due_listings()) if self.visits else []
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def listing_request(self, state: ListingState) -> Request:
        """A request with the conditions that are known, unless the rules have changed or it is time to make sure."""
        headers = {}
        read_at = datetime.fromisoformat(state.read_at) if state.read_at else None
        if state.rules == self.rules and read_at and datetime.now(UTC) - read_at < BELIEVED:
            if state.etag:
                headers["If-None-Match"] = state.etag
            if state.last_modified:
                headers["If-Modified-Since"] = state.last_modified
        return Request(
            state.url,
            headers=headers,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"state": state},
            priority=10,
        )

    async def parse_listing(self, response: Response, state: ListingState) -> AsyncIterator[Request]:
        """Note what a feed, sitemap or section page names; follow sitemaps into sitemaps."""
        sha256 = hashlib.sha256(response.body).hexdigest()
        asked_for_all = response.request is None or not {b"If-None-Match", b"If-Modified-Since"} & set(
            response.request.headers
        )
        same = response.status == 200 and sha256 == state.sha256 and state.rules == self.rules
        if same or (response.status == 304 and not asked_for_all):
            then = self._next(state, known=1.0, asked=state.asked_minutes)
            listings.save_unchanged(self.db, state.url, then, whole=same)
            self.count("listing/unchanged")
            return
        if response.status != 200:
            header = response.headers.get("Retry-After")
            retry = retry_after(header, now=time.time(), otherwise=0.0) / 60 if header else None
            self._listing_problem(state, f"HTTP {response.status}", retry)
            return
        try:
            listing = await self._read(response)
        except ListingError as error:
            self._listing_problem(state, f"{type(error).__name__}: {error.reason}")
            return
        if listing.kind == "section" and state.role not in {"section", "home"}:
            self._listing_problem(state, "HTML where a feed or sitemap should be")
            return
        await self._save_listing(response, state, listing, sha256)
        self.count(f"listing/read/{listing.kind}")
        if listing.sitemaps:
            for request in self.due_listings():
                yield request

    async def _read(self, response: Response) -> Listing:
        content_type = header_of(response, "Content-Type")
        if len(response.body) < LARGE:
            return read_listing(response.body, url=response.url, content_type=content_type, timezone=self.timezone)
        return await asyncio.to_thread(
            read_listing, response.body, url=response.url, content_type=content_type, timezone=self.timezone
        )

    async def _save_listing(self, response: Response, state: ListingState, listing: Listing, sha256: str) -> None:
        """Note everything that the listing names: articles, sitemaps, feeds; the listing itself with the last of it."""
        found = await self._survey(listing, state)
        new = 0
        for start in range(0, max(1, len(found.sightings)), AT_A_TIME):
            batch = found.sightings[start : start + AT_A_TIME]
            with writing(self.db):
                if start == 0 and state.role == "feed":
                    self._note_gap(state, sha256, found)
                trust = self._trust(state.url)
                new += frontier.discover(self.db, self.name, state.url, batch, trust=trust, place=start)[1]
                if start + AT_A_TIME >= len(found.sightings):
                    # With the index, or a process that dies here would never hear of its children: it may not change.
                    if listing.kind == "sitemap index":
                        listings.follow(self.db, self.name, state.url, self._children(listing, state))
                    self._note_found("feed", listing.feeds, state.url)
                    self._save_reading(response, state, listing, sha256, found, new)
            # Others are heard between two batches.
            await asyncio.sleep(0)
        self.count("article/named", len(found.sightings))
        self.count("article/new", new)
        for reason, number in found.left_out.items():
            self.count(f"article/{reason}", number)

    def _save_reading(
        self, response: Response, state: ListingState, listing: Listing, sha256: str, found: Survey, new: int
    ) -> None:
        problems = (*listing.problems, *found.problems)
        articles = len({sighting.key for sighting in found.sightings})
        answer = Answer(
            kind=listing.kind,
            sha256=sha256,
            etag=header_of(response, "ETag"),
            last_modified=header_of(response, "Last-Modified"),
            entries=len(listing.entries),
            problems=problems,
            rules=self.rules,
            barren=found.barren,
        )
        max_age = _MAX_AGE.search(header_of(response, "Cache-Control") or "")
        asked = max(listing.asked_minutes or 0.0, int(max_age.group(1)) / 60 if max_age else 0.0)
        then = self._next(state, known=1.0 - new / articles if articles else 1.0, asked=asked or None)
        if listing.kind == "sitemap" and listing.entries and found.left_out.get("too_old") == len(listing.entries):
            then = Next(OLD_SITEMAP_MINUTES, then.minutes, then.on_time, then.asked_minutes)
        listings.save_reading(self.db, state.url, answer, then)
        if problems:
            self.count("listing/problems", len(problems))

    def _next(self, state: ListingState, *, known: float, asked: float | None) -> Next:
        due = datetime.fromisoformat(state.next_at) if state.next_at else None
        late = (datetime.now(UTC) - due).total_seconds() / 60 if due else None
        usual = polling.CEILING if state.role == "home" else self.minutes
        rhythm = polling.next_rhythm(
            polling.Rhythm(state.minutes or usual, state.on_time), known=known, late=None if state.failures else late
        )
        return Next(polling.pause(rhythm, asked), rhythm.minutes, rhythm.on_time, asked)

    async def _survey(self, listing: Listing, state: ListingState) -> Survey:
        """The articles among what the listing names; a home page is only looked at for the feeds that it announces."""
        if state.role == "home":
            return Survey()
        # A sitemap that nobody declared may list a whole archive without a date.
        dated_only = listing.kind == "sitemap" and listings.is_guess(self.db, state.url)
        return await survey(self, listing, oldest=self.oldest, dated_only=dated_only)

    def _children(self, listing: Listing, state: ListingState) -> list[str]:
        """The sitemaps of an index that may hold news, its latest first; an index that names itself has one fewer."""
        recent = Days(self.oldest.date(), datetime.max.date()) if self.oldest else None
        guess = listings.is_guess(self.db, state.url)
        held = [
            child
            for child in listing.sitemaps
            if child.url != state.url
            and (recent is None or may_hold(child, recent, self.timezone))
            and (not guess or urlsplit(child.url).netloc in self.hosts)
        ]
        held.sort(key=_changed, reverse=True)
        most = MOST_FOUND_CHILDREN if guess else MOST_CHILDREN
        if len(held) > most:
            self.logger.warning("%s names %s sitemaps that may hold news; %s are read", state.url, len(held), most)
        return [child.url for child in held[:most]]

    def _trust(self, url: str) -> int:
        """Feeds in their order, then sitemaps with their children, then sections: the first names an address best."""
        if url in self.feeds:
            return self.feeds.index(url)
        if url in self.sections:
            return len(self.feeds) + 1 + self.sections.index(url)
        return len(self.feeds)

    def _note_gap(self, state: ListingState, sha256: str, found: Survey) -> None:
        """Where nothing in a feed is known any more: note it, and have the days in between filled back."""
        if state.rules != self.rules or not gaps.has_turned_over(self.db, state.url, found.sightings):
            return
        newest_known = gaps.newest_named(self.db, state.url)
        dates = [moment for sighting in found.sightings if (moment := sighting.published or sighting.updated)]
        oldest_listed = min(dates) if dates else None
        gap = gaps.note_gap(
            self.db, self.name, state.url, sha256, newest_known=newest_known, oldest_listed=oldest_listed
        )
        today = local_day(datetime.now(UTC), self.timezone)
        since = local_day(datetime.fromisoformat(newest_known or state.read_at or now()), self.timezone)
        until = local_day(oldest_listed, self.timezone) if oldest_listed else today
        if until < since:
            # An old article among the new: what is missing may be anywhere up to the newest.
            until = max(local_day(max(dates), self.timezone), since)
        if self.oldest is not None:
            since = min(until, max(since, local_day(self.oldest, self.timezone)))
        walk = backfills.ask_for(self.db, self.name, since.isoformat(), until.isoformat(), anew=True)
        gaps.fill_by(self.db, gap, walk)
        self.count("gap/noticed")
        self.logger.warning(
            "listing %s: nothing in it is known any more; %s to %s is filled back", state.url, since, until
        )

    def _look_further(self) -> None:
        """Note the sitemaps of robots.txt; not those of hosts that others share, since nobody says whose they are."""
        for host in self.hosts if self.home() else ():
            rules = rules_of(self.db, f"https://{host}") if host not in self.searched else None
            if rules is None:
                continue
            self.searched.add(host)
            named = list(Protego.parse(rules).sitemaps)
            if named:
                with writing(self.db):
                    self._note_urls("sitemap", named, f"https://{host}/robots.txt")

    def _note_found(self, role: str, found: tuple[Entry, ...], found_in: str) -> None:
        if found and self.home() is not None:
            named = [entry.url for entry in found if not _OF_COMMENTS.search(f"{entry.url} {entry.title}")]
            self._note_urls(role, named, found_in)

    def _note_urls(self, role: str, urls: list[str], found_in: str) -> None:
        """Those that lie on the source's own hosts; whose the others are, nobody has said."""
        own = []
        for url in urls[:MOST_ANNOUNCED]:
            try:
                normal = normalise(url, found_in)
            except InvalidURL:
                continue
            if urlsplit(normal).netloc in self.hosts:
                own.append(normal)
        listings.note_found(self.db, self.name, role, own, found_in)

    def listing_failed(self, failure: Failure) -> None:
        """The request for a listing had no answer, or was not allowed, or not made."""
        state: ListingState = request_of(failure).cb_kwargs["state"]
        if isinstance(failure.value, NotNow):
            rests = failure.value.seconds / 60 if isinstance(failure.value, HostRests) else 0.0
            listings.put_off(self.db, state.url, wait=rests)
            self.count("listing/put_off")
        elif is_our_own(failure):
            # A feed that is noted as failing would send the next run to the home page for another.
            self.note_own_fault(failure)
        elif not isinstance(failure.value, ForbiddenByRobots) and listings.nobody_answers(self.db):
            wait = polling.backoff(state.minutes or self.minutes, state.failures)
            listings.save_failure(self.db, state.url, reason_of(failure), wait=wait, counts=False)
            self.count("listing/unanswered")
        else:
            self._listing_problem(state, reason_of(failure))

    def _listing_problem(self, state: ListingState, problem: str, retry: float | None = None) -> None:
        wait = polling.backoff(state.minutes or self.minutes, state.failures + 1, retry)
        listings.save_failure(self.db, state.url, problem, wait=wait)
        self.count("listing/failed")
        self.logger.warning("listing %s: %s", state.url, problem)


def _changed(child: Entry) -> tuple[bool, float]:
    moment = child.updated or child.published
    return moment is not None, moment.timestamp() if moment else 0.0
