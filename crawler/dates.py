"""Dates as feeds and pages write them, read without guessing.

The forms are those that the sources use: ISO 8601; RFC 822 with `+0700`, `+07:00`, `+07`, a
zone's name or a two-digit year; U.S. order with AM or PM; day first, as Vietnam, Cuba and Spain write; months
by name in English and Spanish.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from crawler.errors import UnreadableDate
from crawler.text import one_line

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sep sept septiembre setiembre",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
# RFC 822's names and ICT, Indochina time. Any other name is refused: CST alone has three meanings.
_ZONES = {
    "z": 0,
    "gmt": 0,
    "utc": 0,
    "ut": 0,
    "est": -5,
    "edt": -4,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "ict": 7,
}

# Capitals and no more of them: what follows a time may be the page's next word (`10:26 pm. Updated: ...`).
_ZONE = r"(?P<zone>[+-]\d{1,2}(?::?\d{2})?|(?-i:[A-Z]{1,4})(?![A-Za-z]))"
_TIME = (
    r"(?:(?P<hour>\d{1,2})(?::|h|\.)(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?"
    rf"(?:\s*(?P<half>[AaPp])\.?\s?[Mm]\.?)?(?:\s*\(?\s*(?:GMT|UTC)?\s*{_ZONE}\s*\)?)?)"
)
_GAP = r"(?:\s*[,\-|–T]?\s*(?:at|a las|lúc|\()?\s*)"
_MONTH = r"(?P<month>[A-Za-z]{3,10})\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # Sat, 22 Aug 2026 22:16:56 +07 | 22 de agosto de 2026 | 23 Aug 26
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:de\s+)?{_MONTH}[\s,-]+(?:del?\s+)?(?P<year>\d{{4}}|\d{{2}})(?!\d){_GAP}{_TIME}?",
        # October 2, 2026 14:10:20 | July, 20/2021 - 08:25
        rf"{_MONTH},?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[,/\s]\s*(?P<year>\d{{4}})(?!\d){_GAP}{_TIME}?",
        # 2026-08-22 22:16 | 2026/08/22
        rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d){_GAP}{_TIME}?",
        # 22/10/2025, 19:25 (GMT+7) | 22-10-2025 | 8/23/2026 5:20:00 AM
        rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>\d{{4}})(?!\d){_GAP}{_TIME}?",
        # ngày 22 tháng 8 năm 2026
        rf"(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>\d{{1,2}})[\s,]+(?:năm\s+)?(?P<year>\d{{4}})(?!\d){_GAP}{_TIME}?",
    )
)
_UNPADDED = re.compile(r"[1-9]\d?/[1-9]\d?/")
# The hour may stand first: "19:25 | 22/10/2025".
_TIME_FIRST = re.compile(
    r"^\D{0,20}(\d{1,2}):(\d{2})(?!\d)(?::\d{2})?\s*(?:\(?GMT[^)]*\)?)?\s*[,|–-]?\s*(?=\D*\d)(?!\d{1,2}:)"
)


def read_date(text: str, zone: str, *, month_first: bool = False) -> datetime:
    """The moment that a text names, in its own offset, or in the zone named `zone` where it has none.

    A date without a time is its midnight. With `month_first`, 3/4/2026 is the fourth of March; 03/04/2026 is not, as
    few in the United States write the zeros. Raises UnreadableDate, also for years outside 1900 to 2100.
    """
    line = one_line(text.replace("\u202f", " "))[:200]
    moment = _iso(line) or _written(line, month_first)
    if moment is None or not 1900 <= moment.year <= 2100:
        raise UnreadableDate(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _iso(line: str) -> datetime | None:
    # Only with separators: Python would read any eight digits as a date.
    if not re.match(r"\d{4}-\d{2}-\d{2}", line):
        return None
    try:
        moment = datetime.fromisoformat(line)
        moment.utcoffset()
    except ValueError:
        return None
    return moment


def _written(line: str, month_first: bool) -> datetime | None:
    for form in _FORMS:
        match = form.search(line)
        if match:
            try:
                return _assembled(match, line, month_first)
            except (ValueError, KeyError, OverflowError):
                continue
    return None


def _assembled(match: re.Match[str], line: str, month_first: bool) -> datetime:
    named = match.groupdict()
    year, day = int(named["year"]), int(named["day"])
    month = int(named["month"]) if named["month"].isdigit() else _MONTHS[named["month"].lower()]
    if year < 100:
        year += 2000 if year < 70 else 1900
    american = named["half"] or month > 12 or (month_first and _UNPADDED.match(match.group()))
    if "/" in match.group() and american and match.group()[:1].isdigit() and day <= 12:
        day, month = month, day
    if named["hour"] is None:
        first = _TIME_FIRST.match(line)
        hour, minute = (int(first.group(1)), int(first.group(2))) if first else (0, 0)
        return datetime(year, month, day, hour, minute)
    hour = int(named["hour"])
    if named["half"]:
        hour = hour % 12 + (12 if named["half"].lower() == "p" else 0)
    offset = _offset(named["zone"]) if named["zone"] else None
    return datetime(year, month, day, hour, int(named["minute"]), int(named["second"] or 0), tzinfo=offset)


def _offset(zone: str) -> timezone:
    """`+07`, `+0700` and `+07:00` are the same; a name is looked up, and KeyError says that it is not
    known."""
    if zone[0] not in "+-":
        hours = _ZONES[zone.lower()]
        return UTC if hours == 0 else timezone(timedelta(hours=hours))
    digits = zone[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if zone[0] == "-" else size)
