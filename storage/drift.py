"""Sources that fell silent, and sources whose pages no longer read as they did: warnings, each with its evidence.

What a source does now is compared with what it did in the weeks before, never with another source. Deterministic: the
same rows at the same moment give the same warnings.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING, Any

from storage.days import NORM_DAYS, Day
from storage.moments import stamp
from storage.rhythm import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.histories import History

SILENCE = 3.0
"""A source is silent after so many times its usual longest gap of a day."""
SHORTEST_GAP = 0.5
"""Days: a newsroom sleeps at night, whatever its minimum promises."""
FAILURES = 3
"""Failed visits in a row of every listing that make a source unreachable."""

WINDOW_PAGES, LEAST_PAGES, WINDOW_DAYS = 20, 10, 14
"""Drift is looked for in the last so many pages, at least this many, and no further back than this."""
NORM_PAGES, NORM_LEAST_DAYS = 30, 7
"""What the weeks before must hold to be a norm."""
MISSING_MORE = 0.25
"""A field is missing on so much more of the pages than before."""
MISSING_NEW = 0.5
"""Without a norm: a field that is missing on so much of the pages."""
SHORTER, LONGER = 0.5, 2.0
"""Texts so much shorter or longer than the norm."""
SIGMAS = 3.0
"""Beyond chance, and beyond the source's own ups and downs."""

FIELDS = {
    "titles": ("title", "no_title"),
    "dates": ("date", "no_date"),
    "authors": ("author", "no_author"),
    "bodies": ("body", "no_body"),
}
"""Kind of warning: the field, and the column of a day that counts the pages without it."""
EVERY_PAGE_HAS = {"titles", "dates", "bodies"}


def warn(history: History, moment: datetime) -> dict[str, dict[str, Any]]:
    """The warnings about one source at this moment: kind to evidence."""
    found = {
        "unreachable": _unreachable(history),
        "barren": _barren(history),
        "silent": _silence(history),
        **_missing(history, moment),
        "length": _length(history, moment),
    }
    return {kind: evidence for kind, evidence in found.items() if evidence is not None}


def _unreachable(history: History) -> dict[str, Any] | None:
    if not history.listings or any(listing.failures < FAILURES for listing in history.listings):
        return None
    worst = max(history.listings, key=lambda listing: listing.failures)
    return {
        "says": f"none of its {len(history.listings)} listings answers; {worst.url}: {worst.error}",
        "listings": [listing.url for listing in history.listings],
        "failures": worst.failures,
        "last_heard": history.heard_at,
    }


def _barren(history: History) -> dict[str, Any] | None:
    """Its listings are read and name no article: the pattern of its addresses, or the listing, is wrong."""
    if history.news or history.heard_at is None or all(listing.entries == 0 for listing in history.listings):
        return None
    entries = sum(listing.entries for listing in history.listings)
    return {
        "says": f"its listings name {entries} addresses, and none became an article: article_url does not fit them,"
        " or all are older than TRIWIRE_BACKFILL_DAYS",
        "listings": {listing.url: listing.entries for listing in history.listings},
    }


def _silence(history: History) -> dict[str, Any] | None:
    """Whether it has named nothing new for longer than it ever does, up to the last time that it could be heard."""
    heard = history.heard_at
    if not history.news or heard is None:
        return None
    last, until = history.news[-1], datetime.fromisoformat(heard)
    clock = Clock(history)
    gap, usual = clock.days_between(last, until), clock.usual_gap()
    prior = max(SHORTEST_GAP, 1 / max(1, history.minimum))
    longest = max(prior, usual) if usual is not None else max(prior, 1.0)
    if gap <= SILENCE * longest:
        return None
    return {
        "says": f"nothing new since {stamp(last)[:16].replace('T', ' ')}; by its habits that is {gap:.1f} working days,"
        f" and it rarely pauses for more than {longest:.1f}",
        "last_new": stamp(last),
        "heard_until": heard,
        "pause_in_working_days": round(gap, 2),
        "usual_longest": round(longest, 2),
        "weekend_weighs": round(clock.weekend, 2),
    }


def _windows(history: History, moment: datetime) -> tuple[list[Day], list[Day]]:
    """The last days, until they hold enough pages, and the four weeks before them by the same extractor."""
    oldest = _iso(moment - timedelta(WINDOW_DAYS))
    window: list[Day] = []
    for day in reversed(history.days):
        if day.day < oldest or sum(member.extracted for member in window) >= WINDOW_PAGES:
            break
        if day.extracted:
            window.append(day)
    if sum(day.extracted for day in window) < LEAST_PAGES:
        return [], []
    start = min(day.day for day in window)
    first = (date.fromisoformat(start) - timedelta(NORM_DAYS)).isoformat()
    version = window[0].version
    before = [day for day in history.days if first <= day.day < start and day.extracted and day.version == version]
    return window, before


def _missing(history: History, moment: datetime) -> dict[str, dict[str, Any] | None]:
    """For each field, whether it is missing more often than it was."""
    window, before = _windows(history, moment)
    pages, norm_pages = sum(day.extracted for day in window), sum(day.extracted for day in before)
    found: dict[str, dict[str, Any] | None] = {}
    for kind, (field, column) in FIELDS.items():
        if not pages:
            break
        missing = sum(getattr(day, column) for day in window)
        share, usual = missing / pages, None
        if norm_pages >= NORM_PAGES:
            usual = sum(getattr(day, column) for day in before) / norm_pages
            # Laplace's estimate: a field that was never missing may be, once.
            expected = (usual * norm_pages + 1) / (norm_pages + 2)
            chance = SIGMAS * sqrt(expected * (1 - expected) / pages)
            drifts = share - usual >= MISSING_MORE and share > expected + chance
        else:
            drifts = kind in EVERY_PAGE_HAS and share >= MISSING_NEW
        if drifts:
            compared = f"{usual:.0%} before" if usual is not None else "too few pages before to compare"
            found[kind] = {
                "says": f"{missing} of the last {pages} pages have no {field} ({compared})",
                "since_day": window[-1].day,
                "pages": pages,
                "missing": missing,
                "usual_share": None if usual is None else round(usual, 3),
                "norm_pages": norm_pages,
            }
    return found


def _length(history: History, moment: datetime) -> dict[str, Any] | None:
    """Whether the texts have another length than before, by more than they ever vary."""
    window, before = _windows(history, moment)
    lengths = [day.length for day in before if day.length]
    now = [(day.length, day.extracted) for day in window if day.length]
    if len(lengths) < NORM_LEAST_DAYS or not now:
        return None
    norm, current = round(median(lengths)), _weighted_median(now)
    spread = median(abs(length - norm) for length in lengths)
    if SHORTER * norm <= current <= LONGER * norm or abs(current - norm) <= SIGMAS * spread:
        return None
    return {
        "says": f"its texts have {current} characters now and had {norm}"
        f" (medians; last {sum(pages for _, pages in now)} pages, {len(lengths)} days before)",
        "since_day": window[-1].day,
        "length": current,
        "usual_length": norm,
        "usual_spread": round(spread),
    }


def _weighted_median(values: Iterable[tuple[int, int]]) -> int:
    """The median of the medians of days, each day as often as it has pages."""
    return round(median(value for value, weight in values for _ in range(weight)))


def _iso(moment: datetime) -> str:
    return stamp(moment)[:10]
