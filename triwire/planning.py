"""What a tick of the crawl has to do: which sources are due, and which days are to be filled back."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from storage import agenda, backfills, frontier, listings
from storage.database import writing
from storage.errors import TriwireError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlite_utils import Database

    from crawler.spider import NewsSpider
    from storage.agenda import Agenda

FEW = 12
"""Names that are listed in a message."""


class UnknownSource(TriwireError):
    """A name that no source has."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        like = get_close_matches(name, known, n=3, cutoff=0.5)
        if like:
            hint = f"do you mean {' or '.join(like)}?"
        else:
            hint = f"there are: {', '.join(known)}" if len(known) <= FEW else "`triwire sources` lists them"
        super().__init__(f"there is no source {name!r}; {hint}")
        self.name = name
        self.known = known


def plan(db: Database, settings: Mapping[str, Any]) -> Agenda:
    """What is due, with the catalogue in the database brought up to date where its files have changed.

    Nothing of Scrapy is imported where they have not: a tick with nothing due is over in a blink.
    """
    from crawler import settings as defaults
    from crawler.catalogue import catalogue_digest
    from crawler.rechecking import read_schedule

    digest = catalogue_digest()
    if agenda.known_digest(db) != digest:
        note_catalogue(db, digest)
    steps = read_schedule(str(settings.get("TRIWIRE_RECHECKS", defaults.TRIWIRE_RECHECKS)))
    return agenda.read_agenda(db, steps)


def note_catalogue(db: Database, digest: str) -> None:
    """Keep every source that the code states, with its listings, so that the next ticks need not import it."""
    from crawler.catalogue import declared_listings, sources
    from crawler.source import facts_of

    with writing(db):
        for name, source in sources().items():
            frontier.save_source(db, facts_of(source))
            listings.declare(db, name, declared_listings(source))
        agenda.save_catalogue(db, sources(), digest)


def ask_for_days(db: Database, names: Sequence[str], since: date, until: date) -> tuple[str, ...]:
    """Have the days filled back for these sources, or for all; returns their names."""
    from crawler.catalogue import catalogue_digest

    chosen = tuple(source.name for source in chosen_sources(names))
    note_catalogue(db, catalogue_digest())
    with writing(db):
        for name in chosen:
            backfills.ask_for(db, name, since.isoformat(), until.isoformat())
    return chosen


def chosen_sources(names: Sequence[str], played: Collection[str] = ()) -> list[type[NewsSpider]]:
    """The sources of these names, or all of them. Raises UnknownSource.

    Where this machine plays some hosts, as for the demo and the tests, only their sources: nobody else is asked then.
    """
    from crawler.catalogue import sources

    known = sources()
    for name in names:
        if name not in known:
            raise UnknownSource(name, list(known))
    chosen = [known[name] for name in (names or known)]
    return [source for source in chosen if not played or set(source.hosts) & set(played)]
