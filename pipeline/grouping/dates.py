"""The days that a text names, resolved against the day it was published."""

from __future__ import annotations

import re
from datetime import date, timedelta

_NEAR = timedelta(days=60)
"""A day further from the publication is history or a plan, not the day of the news."""

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_MONTH_NUMBERS = {
    language: {word: number for number, month in enumerate(names.split(), 1) for word in (month, month[:3])}
    | ({"setiembre": 9, "set": 9} if language == "es" else {"sept": 9})
    for language, names in _MONTHS.items()
}
_WEEKDAY_NAMES = {
    "en": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "vi": "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật",
}
_WEEKDAYS = {
    language: {name: number for number, name in enumerate(names.split("|"))}
    for language, names in _WEEKDAY_NAMES.items()
}


def _alternatives(language: str) -> str:
    return "|".join(sorted(_MONTH_NUMBERS[language], key=len, reverse=True))


_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_EN_MONTH, _ES_MONTH = (rf"(?P<month>{_alternatives(language)})\b\.?" for language in ("en", "es"))
_DAYS = {
    language: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for language, patterns in {
        "en": (
            rf"\b{_EN_MONTH} {_DAY}(?:st|nd|rd|th)?\b(?:,? {_YEAR})?",
            rf"\b{_DAY}(?:st|nd|rd|th)? (?:of )?{_EN_MONTH}(?:,? {_YEAR})?",
        ),
        "es": (rf"\b{_DAY}(?:º|ro)? (?:de )?{_ES_MONTH}(?:,? del? (?:año )?{_YEAR})?",),
        "vi": (
            rf"\bngày {_DAY} tháng (?P<month>\d{{1,2}})(?:(?: năm |/){_YEAR})?",
            rf"(?<![\d/.,-]){_DAY}/(?P<month>\d{{1,2}})(?:/{_YEAR})?(?![\d/])",
            rf"\b(?:ngày|hôm|sáng|trưa|chiều|tối) {_DAY}[-.](?P<month>\d{{1,2}})(?:[-.]{_YEAR})?(?![\d/])",
        ),
    }.items()
}
_WEEKDAY = {
    "en": re.compile(rf"\b(?:on|this|late|early) (?P<name>{_WEEKDAY_NAMES['en']})\b", re.IGNORECASE),
    "es": re.compile(rf"\b(?:el|este) (?P<name>{_WEEKDAY_NAMES['es']})\b(?! (?:próximo|que viene))", re.IGNORECASE),
    # In small letters "thứ hai" is also the second of something.
    "vi": re.compile(r"\b(?P<name>[Tt]hứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|[Cc]hủ [Nn]hật)\b(?! tới| tuần tới)"),
}


def read_days(text: str, language: str, published: date | None) -> frozenset[str]:
    """Explicit days as `2025-10-03`; `--10-03` where neither the text nor a publication day gives the year."""
    return frozenset(day for _, _, day in _explicit(text, language, published))


def read_weekdays(text: str, language: str, published: date | None) -> frozenset[str]:
    """`on Friday` as the last such day up to the publication: news tells what happened."""
    if published is None or language not in _WEEKDAY:
        return frozenset()
    found = set()
    for match in _WEEKDAY[language].finditer(text):
        back = (published.weekday() - _WEEKDAYS[language][match["name"].casefold()]) % 7
        found.add((published - timedelta(days=back)).isoformat())
    return frozenset(found)


def without_days(text: str, language: str) -> str:
    """The text with its explicit days blanked, so that the 3 of October is no figure."""
    for start, end, _ in sorted(_explicit(text, language, None), reverse=True):
        text = text[:start] + " · " + text[end:]
    return text


def days_apart(these: frozenset[str], those: frozenset[str]) -> int | None:
    """The least distance in days between a day of the one and a day of the other; None where either names none.

    Where one of the two days has no year, both are taken in the same one.
    """
    return min((_apart(a, b) for a in these for b in those), default=None)


def _apart(one: str, other: str) -> int:
    if "--" in {one[:2], other[:2]}:
        days = abs((date.fromisoformat(f"2024-{one[-5:]}") - date.fromisoformat(f"2024-{other[-5:]}")).days)
        return min(days, 366 - days)
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def distance(day: str, other: date) -> int:
    """In days; more than any window for a day without a year."""
    return 10_000 if day.startswith("--") else abs((date.fromisoformat(day) - other).days)


def _explicit(text: str, language: str, published: date | None) -> list[tuple[int, int, str]]:
    found, taken = [], set[int]()
    for pattern in _DAYS.get(language, ()):
        for match in pattern.finditer(text):
            if match.start() in taken:
                continue
            written = match["month"].casefold()
            month = int(written) if written.isdigit() else _MONTH_NUMBERS[language][written]
            day = _resolve(int(match["day"]), month, match["year"], published)
            if day is not None:
                found.append((match.start(), match.end(), day))
                taken.update(range(match.start(), match.end()))
    return found


def _resolve(day: int, month: int, year: str | None, published: date | None) -> str | None:
    try:
        if year:
            named = date(int(year), month, day)
            return (
                named.isoformat() if published is None or abs(named - published) <= _NEAR else f"--{month:02}-{day:02}"
            )
        if published is None:
            return f"--{date(2024, month, day):%m-%d}"
        near = [_day(published.year + shift, month, day) for shift in (-1, 0, 1)]
    except ValueError:
        return None
    candidates = [one for one in near if one is not None]
    if not candidates:
        return None
    closest = min(candidates, key=lambda one: abs(one - published))
    return closest.isoformat() if abs(closest - published) <= _NEAR else f"--{month:02}-{day:02}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
