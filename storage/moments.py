"""Moments as text: one form that sorts, so that SQLite can compare what three time zones wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def stamp(moment: datetime) -> str:
    """UTC, ISO 8601, whole seconds, `+00:00`: text order is time order.

    Raises ValueError on a naive datetime: a guess about its zone belongs to whoever read it.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def now() -> str:
    """The present moment as a stamp."""
    return stamp(datetime.now(UTC))


def later(minutes: float) -> str:
    """The moment in so many minutes, as a stamp."""
    return stamp(datetime.now(UTC) + timedelta(minutes=minutes))
