"""Dates, days, times, decades, centuries and quarters of Vietnamese and Spanish text, in English.

Vietnamese may be typed without its marks. The lunar calendar is left to the model.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from pipeline.translation.figure_words import (
    ALONE,
    DAY_NUMBER,
    MONTHS,
    ORDINALS,
    OVER,
    ROMAN,
    SPANISH_MONTHS,
    YEAR,
    Found,
    compiled,
    number_of,
    one_of,
    suffix,
    unmarked,
    vietnamese,
)

_VIETNAMESE_MONTHS = {
    **{name: number for number, name in enumerate("một hai ba tư năm sáu bảy tám chín mười".split(), 1)},
    "giêng": 1,
    "mười một": 11,
    "mười hai": 12,
    "chạp": 12,
}
_PLAIN_MONTHS = {unmarked(name): number for name, number in _VIETNAMESE_MONTHS.items()}
_TENS = {
    name: 10 * ten
    for ten, name in enumerate("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), 2)
}
_DAY = rf"(?P<day>{DAY_NUMBER})"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"

# --- dates

_MONTH_WORD = rf"(?P<word>{one_of(_VIETNAMESE_MONTHS)})"
_OF_YEAR = rf"(?:(?: năm |[/.-]){YEAR})?"
_NO_SPAN = r"(?! (?:ngày|tuần|tuổi|lần|bàn)\b)"
_VIETNAMESE_DATES = tuple(
    vietnamese(pattern)
    for pattern in (
        rf"(?:ngày )?{ALONE}{_DAY}[/.-]{_MONTH}[/.-]{YEAR}{OVER}",
        rf"(?:ngày )?(?P<moon>mùng |mồng )?{ALONE}{_DAY} tháng (?:{_MONTH}|{_MONTH_WORD}){_OF_YEAR}{OVER}{_NO_SPAN}",
        rf"ngày (?P<moon>mùng |mồng )?{_DAY}[/.-]{_MONTH}{OVER}(?! tháng)",
        rf"{ALONE}(?P<bare>){_DAY}[/.-]{_MONTH}{OVER}(?! tháng)",
        rf"(?<!\d )tháng (?:{_MONTH}|{_MONTH_WORD}){_OF_YEAR}{OVER}{_NO_SPAN}",
    )
)
_VIETNAMESE_DAYS = vietnamese(
    rf"(?P<sure>ngày |(?<=từ )|(?<=\())?(?<!tháng ){ALONE}(?P<days>(?:{DAY_NUMBER}, ?){{0,9}}{DAY_NUMBER})"
    rf"(?P<link> ?[-–] ?| (?:đến|tới)(?: hết)? (?:ngày )?| và (?:ngày )?){_DAY}"
    rf"(?:(?P<sign>[/.-])| tháng )(?:{_MONTH}|{_MONTH_WORD}){_OF_YEAR}{OVER}{_NO_SPAN}(?! tháng)",
)
_BEFORE_A_DAY = vietnamese(
    r"(?:\b(?:hôm|sáng|trưa|chiều|tối|đêm|quốc khánh|dịp|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|đến nay)"
    r"(?: nay| qua| mai)?(?: |, | \(|\()|\d[/.-]\d\d? đến )$",
)
_TILL_A_DAY = vietnamese(r" đến (?:ngày )?\d\d?[.-]\d")
_BY_THE_MOON = vietnamese(r" ?\(?(?:âm lịch|ÂL\b)")
# In small letters it may also go on: `mỗi tháng hai lần` is twice a month.
_BEFORE_A_MONTH = vietnamese(r"\b(?:vào|trong|từ|đến|tới|đầu|cuối|giữa|hồi) $")
_AFTER_A_COUNT = vietnamese(r" (?:người|đứa|đồng|triệu|con|năm|giờ|bên|lần)\b")

_SPANISH_MONTH = rf"(?P<word>{one_of(name for name in SPANISH_MONTHS if len(name) > 3)})\b"
_SPANISH_SHORT = rf"(?P<short>{one_of(name for name in SPANISH_MONTHS if len(name) == 3)})\b(?:\.(?=.))?"
_DEL_YEAR = rf"(?:,? (?:de |del |del año )?{YEAR}(?![\w:]|[/.,-]\d))?"
_SPANISH_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{ALONE}(?:{_DAY}|(?P<first>1(?:e?ro|er|\.?[º°])\.?|primero)) (?:de )?"
        rf"(?:{_SPANISH_MONTH}|{_SPANISH_SHORT}){_DEL_YEAR}(?!\w)",
        rf"(?<!\d de )\b{_SPANISH_MONTH} (?:de |del |del año |){YEAR}{OVER}",
    )
)
_SPANISH_DAYS = re.compile(
    rf"{ALONE}(?P<days>(?:{DAY_NUMBER}, ){{0,9}}{DAY_NUMBER})(?P<link> ?[-–] ?| al? (?:día )?| [yo] (?:el )?){_DAY}"
    rf" (?:de )?{_SPANISH_MONTH}{_DEL_YEAR}(?!\w)",
    re.IGNORECASE,
)

# --- times

_PREPOSITION = "".join(f"|(?<=\\b{word} )" for word in "từ đến tới vào trước khoảng".split())
_HOUR_OF_A_DAY = r"\d\d? ?(?:giờ|h|g)(?: ?[0-5]\d(?: ?phút|p\b)?)? (?:ngày |hôm )?(?:\d\d?[/.-]\d|nay\b|qua\b)"
_OF_A_DAY = vietnamese(r" (?:ngày \d|hôm (?:nay|qua)|\d\d?[/.-]\d)")
_VIETNAMESE_TIME = vietnamese(
    rf"(?:(?<=lúc )|(?<=hồi ){_PREPOSITION}|\b(?={_HOUR_OF_A_DAY}))(?P<hour>\d\d?) ?(?P<unit>giờ|h|g|:(?=\d))"
    r"(?: ?(?P<minute>[0-5]\d)(?: ?phút|p\b)?)?"
    rf"(?P<part> (?:sáng|trưa|chiều|tối|đêm|khuya))?{OVER}(?! (?:phút|giây))",
)
_SPANISH_TIME = re.compile(
    r"(?:(?<=las )|(?<=\bla )(?=1[:. h]))(?P<hour>\d\d?)(?:(?P<sign>[:.h])(?P<minute>[0-5]\d)(?!\d))?"
    r"(?P<unit> ?(?:horas|hrs?|h)\b\.?)?"
    r"(?P<part> ?[ap]\. ?m\b\.?| ?[ap]m\b| (?:de|por|en) la (?:mañana|tarde|noche|madrugada))?(?![\w:])",
    re.IGNORECASE,
)

_HALVES: dict[str, tuple[Container[int], Container[int]]] = {
    "sang": (range(12), ()),
    "trua": ((10, 11), (12, 1, 2)),
    "chieu": ((), range(1, 8)),
    "toi": ((), range(5, 12)),
    "dem": (range(5), range(7, 12)),
    "khuya": (range(5), range(9, 12)),
    "madrugada": (range(7), ()),
    "manana": (range(12), ()),
    "tarde": ((), range(1, 13)),
    "noche": ((), range(6, 12)),
}
"""Which hours of the clock a part of the day may have before noon, and which after."""

# --- decades, centuries, quarters

_PARTS = {
    **dict.fromkeys(("dau", "principios", "comienzos", "inicios"), "early "),
    **dict.fromkeys(("giua", "mediados"), "mid-"),
    **dict.fromkeys(("cuoi", "finales", "fines"), "late "),
}
_PART = r"(?:(?:\bnhững năm )?(?<!nửa )\b(?P<part>đầu|giữa|cuối) )?\b"
_PARTE = r"\b(?P<at>a )?(?P<part>principios|comienzos|inicios|mediados|finales|fines)"
_DECADE = r"(?:1[5-9]|20)\d0|[2-9]0"
_DECADE_WORDS = dict(
    zip(
        range(20, 100, 10), "twenties thirties forties fifties sixties seventies eighties nineties".split(), strict=True
    )
)
_DECADES = {
    language: tuple(compiled(pattern, language) for pattern in patterns)
    for language, patterns in {
        "vi": (
            rf"{_PART}(?:(?:(?:những |các )(?:năm )?)?thập (?:niên|kỷ|kỉ)|những năm) (?P<one>{_DECADE}){OVER}"
            r"(?: (?:của )?thế k[ỷỉ] (?:trước|20|XX)\b)?"
            rf"(?: và (?P<two>{_DECADE}){OVER})?(?! ?(?:[–-]|đến|tới|và|,) ?\d)",
        ),
        "es": tuple(
            rf"{opening} (?P<one>{_DECADE}|{one_of(_TENS)}){OVER}(?: y (?P<two>{_DECADE}|{one_of(_TENS)}){OVER})?"
            r"(?: del (?:siglo (?:XX|20|pasado)|pasado siglo)\b)?(?! ?[–-] ?\d| [ay] \d)"
            for opening in (
                rf"(?:{_PARTE} de )?\b(?:los años|la década (?:de los años|de los|del|de)|el decenio de"
                r"|las décadas (?:de los|de))",
                rf"{_PARTE} de los",
            )
        ),
    }.items()
}
_CENTURY = rf"\d\d?|{ROMAN}"
_CENTURIES = {
    language: compiled(pattern, language)
    for language, pattern in {
        "vi": rf"{_PART}thế k[ỷỉ] (?:thứ )?(?P<one>{_CENTURY}){OVER}(?: ?(?:-|–|và) ?(?P<two>{_CENTURY}){OVER})?"
        r"(?P<before> (?:trước Công nguyên|TCN)\b)?(?! ?[–-] ?\d)",
        "es": rf"(?:{_PARTE} del|(?<!\w)(?P<article>el|del|al|los)) siglos? (?P<one>{_CENTURY}){OVER}"
        rf"(?: y (?:el )?(?P<two>{_CENTURY}){OVER})?(?P<before> a\. ?(?:de )?C\b\.?)?(?! ?[–-] ?\w)",
    }.items()
}
_ARTICLES = {"del": "of the ", "al": "to the "}
_TAKES_DEL = re.compile(r"\b(?:antes|después|partir|dentro|alrededor|cerca|fuera|través|largo) $", re.IGNORECASE)
_QUARTER = vietnamese(rf"\bquý (?P<quarter>[1-4]|IV|I{{1,3}})(?:(?:[/-]| năm ){YEAR})?{OVER}")


def days(text: str, language: str) -> Iterator[Found]:
    """Several days of one month: 3-7/10, del 3 al 7 de octubre."""
    for match in (_VIETNAMESE_DAYS if language == "vi" else _SPANISH_DAYS).finditer(text):
        parts = match.groupdict()
        days = parts["days"].replace(", ", ",").split(",")
        if int(days[-1]) < int(parts["day"]) and (parts.get("sure") is not None or not parts.get("sign")):
            yield match.start(), match.end(), _month_days(days, parts)


def _month_days(days: list[str], parts: dict[str, str | None]) -> tuple[str, ...]:
    link = (parts["link"] or "").split()[0]
    links = {"va": (" and ", " & "), "y": (" and ", " & "), "o": (" or ",)}.get(
        unmarked(link), (" to ", "-", "–", " until ", " and ")
    )
    month = MONTHS[_month(parts) - 1]
    first, last = ", ".join(str(int(day)) for day in days), int(parts["day"] or 0)
    year = f" {parts['year']}" if parts.get("year") else ""
    comma = year and f",{year}"
    if link[0] in "-–":
        links = ("-", "–", " to ", " and ")
    return tuple(
        spelled
        for name in (month, month[:3])
        for middle in links
        for spelled in (
            f"{name} {first}{middle}{last}{comma}",
            f"{name} {first}{middle}{name} {last}{comma}",
            f"{first}{middle}{last} {name}{year}",
            f"{first} {name}{middle}{last} {name}{year}",
        )
    )


def dates(text: str, language: str) -> Iterator[Found]:
    for pattern in _VIETNAMESE_DATES if language == "vi" else _SPANISH_DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            if language == "vi" and (_is_no_month(match, parts) or _is_no_day(match, parts)):
                continue
            day = 1 if parts.get("first") else int(parts.get("day") or 0)
            sure = not _is_by_the_moon(match, parts) and match.group()[:7] != "Primero"  # of May: a feast, a street
            yield match.start(), match.end(), _date(day, _month(parts), parts.get("year")) if sure else ()


def _is_no_day(match: re.Match[str], parts: dict[str, str | None]) -> bool:
    """A fraction, a score, a decimal number: 1/3, 2-1, 5.5."""
    if parts.get("bare") is None:
        return False
    text, day = match.string, int(parts["day"] or 0)
    before = unmarked(text[max(0, match.start() - 16) : match.start()]).lower()
    if _BEFORE_A_DAY.ends(text, match.start(), 16):
        return False
    if "/" in match.group():
        if before in {"tu ", "den "} and match.start() == len(before):
            return False
        return not before.endswith(("den ", "tu ", "(")) or day < int(parts["month"] or 0)
    till = before.endswith("tu ") and _TILL_A_DAY.match(text, match.end())
    return not till and not (before.endswith("(") and text[match.end() : match.end() + 1] == ")" and day > 12)


def _is_no_month(match: re.Match[str], parts: dict[str, str | None]) -> bool:
    """`mỗi tháng hai lần`, `10 tháng năm 2025`: in small letters the month is often no month."""
    word = parts.get("word")
    if not word or parts.get("year") or word[0].isupper():
        return False
    named = parts.get("day") or _BEFORE_A_MONTH.ends(match.string, match.start(), 8)
    sure = word != "năm" and named and not match.string.isascii()
    return not sure or _AFTER_A_COUNT.match(match.string, match.end()) is not None


def _is_by_the_moon(match: re.Match[str], parts: dict[str, str | None]) -> bool:
    """`mùng 5 tháng 5`, `tháng Chạp`."""
    lunar = parts.get("moon") or unmarked(parts.get("word") or "").casefold() in {"gieng", "chap"}
    return bool(lunar and not parts.get("year")) or _BY_THE_MOON.match(match.string, match.end()) is not None


def _month(parts: dict[str, str | None]) -> int:
    if word := parts.get("word") or parts.get("short"):
        return SPANISH_MONTHS.get(word.lower()) or _PLAIN_MONTHS[unmarked(word.lower())]
    return int(parts["month"] or 0)


def _date(day: int, month: int, year: str | None) -> tuple[str, ...]:
    name = MONTHS[month - 1]
    names = (name, name[:3], f"{name[:3]}.", "Sept." if month == 9 else f"{name[:4]}.")
    if not day:
        return tuple(f"{spelled} {year}" if year else spelled for spelled in names[: None if year else 1])
    nth = suffix(day)
    end, plain_end = (f", {year}", f" {year}") if year else ("", "")
    return tuple(
        dict.fromkeys(
            spelled + ending
            for month_name in names
            for spelled in (
                f"{month_name} {day}",
                f"{day} {month_name}",
                f"{month_name} {day}{nth}",
                f"{day}{nth} {month_name}",
                f"{day}{nth} of {month_name}",
            )
            for ending in dict.fromkeys((end if spelled[0].isalpha() else plain_end, plain_end, end))
        )
    )


def times(text: str, language: str) -> Iterator[Found]:
    """`lúc 14h30`, `a las 3:10 p. m.`: half a day is told only where the text tells it."""
    for match in (_VIETNAMESE_TIME if language == "vi" else _SPANISH_TIME).finditer(text):
        half = _half_of_day(match, language)
        if half is not None and _is_time(match, language):
            yield match.start(), match.end(), _clock(int(match["hour"]) % 12 or 12, int(match["minute"] or 0), half)


def _is_time(match: re.Match[str], language: str) -> bool:
    """And not how long something lasts, or five provinces."""
    before = unmarked(match.string[max(0, match.start() - 6) : match.start()].lower())
    if match["part"]:
        return True
    if language == "vi":
        exact = match["minute"] is not None and unmarked(match["unit"]) != "gio"
        of_a_day = _OF_A_DAY.match(match.string, match.end()) is not None
        return before.endswith(("luc ", "hoi ")) or exact or of_a_day
    if match["minute"]:
        return match["sign"] != "." or bool(match["unit"])
    return bool(match["unit"]) and int(match["hour"]) > 12 and before == "a las "


def _half_of_day(match: re.Match[str], language: str) -> str | None:
    """Empty where it is not told; None where it makes no sense."""
    hour, part = int(match["hour"]), (match["part"] or "").strip().lower()
    if hour > 23:
        return None
    if hour > 12 or (hour == 12 and not part):
        return "p.m."
    if not part:  # 07:00 and `7.00 horas` are of 24 hours
        return "a.m." if match["hour"][0] == "0" or (language == "es" and match["unit"]) else ""
    if part[1:2] in {".", "m"}:
        return f"{part[0]}.m."
    morning, evening = _HALVES[unmarked(part.rsplit(maxsplit=1)[-1])]
    return "a.m." if hour in morning else "p.m." if hour in evening else None


def _clock(hour: int, minute: int, half: str) -> tuple[str, ...]:
    if not half:
        plain = (f"{hour}:{minute:02}", f"{hour}.{minute:02}", f"{hour:02}:{minute:02}")
        halves = [spelled for half in ("a.m.", "p.m.") for time in plain for spelled in _with_half(time, half)]
        on_the_hour = (
            f"{hour} o'clock",
            f"{hour} o’clock",
            *_with_half(str(hour), "a.m."),
            *_with_half(str(hour), "p.m."),
        )
        return (*(on_the_hour if not minute else ()), *plain, *halves)
    full = hour % 12 + (12 if half == "p.m." else 0)
    times = [f"{hour}:{minute:02}", f"{hour}.{minute:02}", f"{hour:02}:{minute:02}"]
    if not minute:
        times.insert(0, str(hour))
    noon = ("noon", "12 noon") if full == 12 and not minute else ()
    return (
        *noon,
        *(spelled for time in times for spelled in _with_half(time, half)),
        *(f"{full:02}{mark}{minute:02}" for mark in (":", ".", "h", "")),
    )


def _with_half(time: str, half: str) -> tuple[str, ...]:
    short = half.replace(".", "")
    return f"{time} {half}", f"{time} {short}", f"{time}{short}", f"{time}{half}"


def periods(text: str, language: str) -> Iterator[Found]:
    """Decades, centuries and quarters, with their articles: `đầu thập niên 1990`, `a finales del siglo XIX`."""
    for pattern in _DECADES[language]:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), _decades(match.groupdict())
    for match in _CENTURIES[language].finditer(text):
        before = text[max(0, match.start() - 14) : match.start()]
        yield match.start(), match.end(), _centuries(match.groupdict(), _TAKES_DEL.search(before) is not None)
    if language == "vi":
        for match in _QUARTER.finditer(text):
            yield match.start(), match.end(), _quarters(match["quarter"], match["year"])


def _decades(parts: dict[str, str | None]) -> tuple[str, ...]:
    opening = _opening(parts)
    years = [_TENS.get(word.lower()) or int(word) for word in (parts["one"], parts["two"]) if word]
    whole = [year if year > 99 else 1900 + year for year in years]
    spellings = [[f"{year}s" for year in whole], [f"{year}’s" for year in whole], [f"{year}'s" for year in whole]]
    if whole[0] > 1919:
        spellings += [[f"{mark}{year % 100}s" for year in whole] for mark in ("'", "’", "")]
        spellings += [[_DECADE_WORDS.get(year % 100, "") for year in whole]]
    return tuple(opening + " and ".join(decades) for decades in spellings if all(decades))


def _centuries(parts: dict[str, str | None], after_a_preposition: bool) -> tuple[str, ...]:
    article = "" if after_a_preposition else (parts.get("article") or "").lower()
    opening = _ARTICLES.get(article) or _opening(parts)
    numbers = [number_of(word) for word in (parts["one"], parts["two"]) if word]
    if any(not 0 < number < 22 for number in numbers):
        return ()
    word = "century" if len(numbers) == 1 else "centuries"
    ending = " BC" if parts["before"] else ""
    return tuple(
        f"{opening}{' and '.join(spelled)} {word}{ending}"
        for spelled in ([f"{n}{suffix(n)}" for n in numbers], [ORDINALS[n] for n in numbers])
    )


def _opening(parts: dict[str, str | None]) -> str:
    return f"{'in ' if parts.get('at') else ''}the {_PARTS.get(unmarked(parts.get('part') or '').lower(), '')}"


def _quarters(quarter: str, year: str | None) -> tuple[str, ...]:
    number = number_of(quarter)
    names = (f"the {ORDINALS[number]} quarter", f"the {number}{suffix(number)} quarter", f"Q{number}")
    if not year:
        return names
    return tuple(f"{name}{link}{year}" for name in names for link in (" of ", " ", " in ", " of the year "))
