"""The half of a spider that fetches articles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import DontCloseSpider

from crawler import rechecking
from crawler.answers import is_our_own, reason_of, request_of
from crawler.archiving import Answer, FetchedPage, exchange_of
from crawler.marking import mark_queue
from crawler.pace import HostRests, NotNow
from crawler.robots import ForbiddenByRobots
from crawler.spiderbase import SpiderBase
from crawler.urls import normalise
from storage import frontier, rechecks
from storage.beat import hold_back
from storage.database import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from storage.frontier import Fetch

AT_ONCE = 100
"""Fetches taken from the frontier at a time: enough to keep a host busy, few enough to notice news soon."""


class FetchesArticles(SpiderBase):
    """Asks for what the frontier holds, and notes what became of it."""

    def take_from_frontier(self) -> None:
        """When nothing is under way: request what the frontier holds for this source, until it holds nothing more.

        What is new comes before what is only looked at again.
        """
        if self.count_of("already_running"):
            return
        requests = self._new_pages() or self._known_pages()
        for request in requests:
            self.asked.add(request.cb_kwargs["fetch"].article)
            self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _new_pages(self) -> list[Request]:
        mark_queue(self.db, self.name)
        if self.settings.getbool("TRIWIRE_BEAT_ONLY"):
            with writing(self.db):
                self.count("article/off_the_beat", hold_back(self.db, self.name))
        due = frontier.due_fetches(self.db, self.name, AT_ONCE + len(self.asked))
        return [self._article_request(fetch) for fetch in due if fetch.article not in self.asked][:AT_ONCE]

    def _known_pages(self) -> list[Request]:
        chosen = rechecking.choose(self.db, self.name, self.schedule, self.asked, self.count_of("article/rechecks"))
        self.count("article/rechecks", len(chosen))
        return [self._article_request(recheck.fetch, rechecking.conditions(recheck)) for recheck in chosen]

    def _article_request(self, fetch: Fetch, headers: dict[str, str] | None = None) -> Request:
        return Request(
            fetch.url,
            headers=headers,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"fetch": fetch},
        )

    def parse_article(self, response: Response, fetch: Fetch) -> Iterator[FetchedPage | Answer]:
        """Pass the answer on to the archive: a page, or the evidence that there is none and what that means."""
        status, exchange = response.status, exchange_of(response)
        if status in {404, 410}:
            reason = f"HTTP {status}"
            yield Answer(fetch, exchange, "gone", reason, partial(self._settle, fetch, "gone", reason, status))
        elif status == 304 and fetch.again:
            yield Answer(fetch, exchange, "unchanged", None, partial(self._note_not_modified, fetch))
        elif status != 200 or not response.body:
            reason = f"HTTP {status}" if status != 200 else "empty answer"
            yield Answer(fetch, exchange, "postponed", reason, partial(self._postpone, fetch, reason, status))
        elif outcome := self._stands_elsewhere(response, fetch):
            yield Answer(fetch, exchange, outcome, f"redirects to {response.url}")
        elif wall := self.walls.reason(fetch.article, response.body):
            # Tried again later, like an error that says so: the site has the article, and does not show it now.
            yield Answer(fetch, exchange, "postponed", wall, partial(self._postpone, fetch, wall, status))
        else:
            yield FetchedPage(fetch, exchange)

    def _note_not_modified(self, fetch: Fetch) -> None:
        with writing(self.db):
            rechecks.note_not_modified(self.db, fetch.article)
        self.count("article/unchanged")

    def _stands_elsewhere(self, response: Response, fetch: Fetch) -> str | None:
        """Follow a redirect in the books: its end is another address of the article, another article, or no article.

        Noted at once, and not when the answer is archived: two articles that redirect to each other must not both
        count as moved. Returns what became of it, `moved` or `refused`, or None for a page of this article.
        """
        if not response.request or not response.request.meta.get("redirect_urls"):
            return None
        final = normalise(response.url)
        if not self.is_article(final):
            self._settle(fetch, "refused", f"redirects to {final}, which is no article", response.status)
            return "refused"
        other = frontier.listed_article(self.db, self.key(final), final)
        with writing(self.db):
            # Where the other has moved here before, the site has turned its addresses round: neither is lost.
            if other in {None, fetch.article} or frontier.has_moved_to(self.db, str(other), fetch.article):
                frontier.add_address(self.db, final, fetch.article, "redirect")
                return None
            frontier.settle(self.db, fetch, "moved", reason=f"redirects to {final}", moved_to=other)
        self.count("article/moved")
        return "moved"

    def article_failed(self, failure: Failure) -> None:
        """No answer, or none allowed."""
        fetch: Fetch = request_of(failure).cb_kwargs["fetch"]
        if isinstance(failure.value, ForbiddenByRobots):
            self._settle(fetch, "forbidden", reason_of(failure), None)
        elif isinstance(failure.value, NotNow):
            # It was not asked for, so it has not failed.
            if isinstance(failure.value, HostRests) and not fetch.again:
                frontier.put_back(self.db, fetch, reason_of(failure), minutes=failure.value.seconds / 60)
            self.count("article/put_back")
        elif is_our_own(failure):
            self.note_own_fault(failure)
        else:
            self._postpone(fetch, reason_of(failure), None)

    def _settle(self, fetch: Fetch, state: str, reason: str, status: int | None) -> None:
        with writing(self.db):
            if rechecks.is_stored(self.db, fetch.article):
                # What was archived stays so, whatever its address says now.
                if state == "gone" and status is not None:
                    state = rechecks.note_gone(self.db, fetch.article, status)
                else:
                    rechecks.note_look(self.db, fetch.article, reason)
                frontier.settle(self.db, fetch, "archived", reason=reason, status=status)
            else:
                frontier.settle(self.db, fetch, state, reason=reason, status=status)
        self.count(f"article/{state}")

    def _postpone(self, fetch: Fetch, reason: str, status: int | None) -> None:
        if fetch.again:
            with writing(self.db):
                rechecks.note_failure(self.db, fetch.article, reason)
            self.count("article/recheck_failed")
            return
        kept = frontier.postpone(self.db, fetch, reason, status=status)
        self.count("article/postponed" if kept else "article/failed")
