"""A source's own time, in which a quiet weekend is short and a quiet Tuesday is long."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import mean, median, quantiles
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storage.holidays import is_holiday

if TYPE_CHECKING:
    from storage.histories import History

KNOWN_DAYS = 7
"""Days with news before a source's own rhythm is believed; until then its minimum speaks."""
HOLIDAY = 1 / 3
"""What a holiday counts at most, against a working day."""
LEAST_WEEKEND = 0.1
WEEKEND_DAYS = 4
"""Days of weekends to be seen before they are taken for quieter."""


class Clock:
    """Time as the source lives it: weekends and holidays pass slowly where it publishes less on them."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.zone = ZoneInfo(history.timezone)
        self.weekend = self._weekend()

    def days_between(self, start: datetime, end: datetime) -> float:
        """Working days between two moments; a weekend's day counts as much as it usually brings."""
        total, at = 0.0, start
        while at < end:
            local = at.astimezone(self.zone)
            midnight = datetime.combine(local.date() + timedelta(1), time(), self.zone).astimezone(UTC)
            total += (min(midnight, end) - at) / timedelta(1) * self._weight(local.date())
            at = midnight
        return total

    def usual_gap(self) -> float | None:
        """The longest pause of a usual day, in working days: nine in ten of the days with news had a shorter one."""
        news = self.history.news
        longest: dict[date, tuple[datetime, datetime]] = {}
        for before, after in pairwise(news):
            day = after.astimezone(self.zone).date()
            known = longest.get(day)
            if known is None or after - before > known[1] - known[0]:
                longest[day] = (before, after)
        if len(longest) < KNOWN_DAYS:
            return None
        gaps = [self.days_between(before, after) for before, after in longest.values()]
        return quantiles(gaps, n=10, method="inclusive")[-1]

    def _weight(self, day: date) -> float:
        if is_holiday(day, self.history.country):
            return min(self.weekend, HOLIDAY)
        return self.weekend if day.weekday() >= 5 else 1.0

    def _weekend(self) -> float:
        """What a day of the weekend brings, against a working day."""
        counts = {day.day: day.discovered for day in self.history.days}
        if not counts:
            return 1.0
        first, last = date.fromisoformat(min(counts)), date.fromisoformat(max(counts))
        # The first day brings what had gathered in the feed before it.
        every = [first + timedelta(n) for n in range(1, (last - first).days)]
        free = [counts.get(day.isoformat(), 0) for day in every if day.weekday() >= 5]
        busy = [
            counts.get(day.isoformat(), 0)
            for day in every
            if day.weekday() < 5 and not is_holiday(day, self.history.country)
        ]
        if len(free) < WEEKEND_DAYS or not any(busy):
            return 1.0
        # Medians, because a back-fill brings a month in a day; means where most days bring nothing.
        usual = median if median(busy) else mean
        return min(1.0, max(LEAST_WEEKEND, usual(free) / usual(busy)))
