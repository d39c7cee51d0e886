"""Days on which newsrooms rest, so that a quiet holiday is not taken for a silent source."""

from __future__ import annotations

from datetime import date, timedelta

# fmt: off
TET = (
    date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26),
    date(2029, 2, 13), date(2030, 2, 2), date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31),
    date(2034, 2, 19), date(2035, 2, 8), date(2036, 1, 28), date(2037, 2, 15), date(2038, 2, 4),
    date(2039, 1, 24), date(2040, 2, 12),
)
# fmt: on
"""The first day of the lunar year as Việt Nam reckons it (UTC+7), computed with Hồ Ngọc Đức's algorithm."""
TET_FROM, TET_TO = -2, 6
"""Days around it on which offices are closed or half empty."""

EVERYWHERE = frozenset({(12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (1, 2), (5, 1)})
"""Month and day."""
OF_COUNTRY = {
    "VN": frozenset({(4, 30), (9, 1), (9, 2), (9, 3)}),
    "CU": frozenset({(7, 25), (7, 26), (7, 27), (10, 10)}),
}


def is_holiday(day: date, country: str | None) -> bool:
    """Whether offices of this country (ISO 3166-1) are closed; weekends do not count."""
    if (day.month, day.day) in EVERYWHERE | OF_COUNTRY.get(country or "", frozenset()):
        return True
    if country != "VN":
        return False
    return any(timedelta(TET_FROM) <= day - new_year <= timedelta(TET_TO) for new_year in TET)
