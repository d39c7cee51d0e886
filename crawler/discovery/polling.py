"""How often a listing is visited: Media Cloud's rule, and what the site itself asks for.

A feed of which more than two thirds were known is visited too often, one of which less than a third was known too
rarely. Only visits that came when they were due tell, and only the second of them in a row: after a pause of ours much
is new, and a visit that a person asks for finds little.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FLOOR = 10.0
CEILING = 24 * 60.0
"""Minutes between two visits: never less, never more, however slow a feed is."""
FIRST = 30.0
"""Minutes until a new listing is visited again, and what a slow one comes back to at once when much is new."""
LONGEST_BACKOFF = 30 * 24 * 60.0
"""A feed that fails is visited ever more rarely, and never given up: sites come back, feeds too."""
MOST_ASKED = 60.0
"""Minutes of rest that a feed's ttl, its updatePeriod or its Cache-Control can ask for: content systems write `daily`
and `hourly` there that nobody at the desk has chosen."""

SLOWER, FASTER = 1.5, 0.5
MOSTLY_KNOWN, HARDLY_KNOWN = 2 / 3, 1 / 3
ENOUGH = 2
"""Visits in a row that were on time, before the interval is changed."""
PATIENCE = 30.0
"""Minutes by which a visit may be late and still be on time, however short the interval: cron and full hosts."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The minutes between two visits to a listing, and how many in a row succeeded on time."""

    minutes: float
    on_time: int = 0


def next_rhythm(rhythm: Rhythm, *, known: float, late: float | None) -> Rhythm:
    """The rhythm after a visit that succeeded.

    `known` is the part of the listing's articles that was known before, 0 to 1; `late` the minutes since it was due,
    less than 0 where somebody would not wait, None for the first visit.
    """
    if late is None:
        return Rhythm(_bounded(rhythm.minutes))
    if late < 0:
        return replace(rhythm, minutes=_bounded(rhythm.minutes))
    if late > max(PATIENCE, rhythm.minutes):
        return Rhythm(_bounded(rhythm.minutes))
    on_time = rhythm.on_time + 1
    minutes = rhythm.minutes
    if on_time >= ENOUGH and known > MOSTLY_KNOWN:
        minutes *= SLOWER
    elif on_time >= ENOUGH and known < HARDLY_KNOWN:
        # Straight back from a quiet night or a dead week: step by step, a morning's news would be lost.
        minutes = min(minutes * FASTER, FIRST)
    return Rhythm(_bounded(minutes), on_time)


def pause(rhythm: Rhythm, asked: float | None) -> float:
    """Minutes until the next visit: the rhythm's, or what the site asks for where that is longer and within reason."""
    return max(rhythm.minutes, min(asked or 0.0, MOST_ASKED))


def backoff(minutes: float, failures: int, retry_after: float | None = None) -> float:
    """Minutes until the next try after so many failures in a row; a Retry-After is waited for, up to the longest."""
    doubled = _bounded(minutes) * 2.0 ** min(failures, 20)
    return min(LONGEST_BACKOFF, max(doubled, retry_after or 0.0))


def _bounded(minutes: float) -> float:
    return min(CEILING, max(FLOOR, minutes))
