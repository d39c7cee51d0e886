"""The schedule on which young articles are looked at again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.errors import CrawlerError
from storage.rechecks import due_rechecks

if TYPE_CHECKING:
    from collections.abc import Container

    from sqlite_utils import Database

    from storage.rechecks import Recheck

MOST_A_TICK = 20
"""Rechecks of one source in one run: some two minutes at the usual pace, so that they never hold up the news. A
hundred articles a day need about three in every ten minutes."""

_STEP = re.compile(r"(\d+)\s*(m|h|d)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


class BadSchedule(CrawlerError):
    """TRIWIRE_RECHECKS says something that is no schedule."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return (
            f"TRIWIRE_RECHECKS is {self.text!r}: give the ages at which an article is looked at again,"
            " such as '1h 6h 1d 7d', or 'off'"
        )


def read_schedule(text: str) -> tuple[int, ...]:
    """The ages in minutes, in order; none for `off`. Raises BadSchedule."""
    words = text.split()
    if not words or words == ["off"]:
        return ()
    steps = [_STEP.fullmatch(word.lower()) for word in words]
    minutes = {int(step[1]) * _MINUTES[step[2]] for step in steps if step}
    if not all(steps) or 0 in minutes:
        raise BadSchedule(text)
    return tuple(sorted(minutes))


def choose(db: Database, source: str, steps: tuple[int, ...], asked: Container[str], made: int) -> list[Recheck]:
    """The articles to look at again in this run, of which `made` are done; those in `asked` had their turn."""
    due = due_rechecks(db, source, steps, 2 * MOST_A_TICK)
    return [recheck for recheck in due if recheck.fetch.article not in asked][: max(0, MOST_A_TICK - made)]


def conditions(recheck: Recheck) -> dict[str, str]:
    """The headers that let a server answer 304."""
    headers = {"If-None-Match": recheck.etag, "If-Modified-Since": recheck.last_modified}
    return {name: value for name, value in headers.items() if value}
