"""Numbers, shares, dates and times of Vietnamese and Spanish text, in English.

Only what has one sure reading. What is understood, but gets its English from the sentence (`lớp 5`, `kỷ niệm 65 năm`, a
date of the lunar calendar), is left to the model as a whole.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container, Iterable, Iterator
from decimal import Decimal

Found = tuple[int, int, tuple[str, ...]]
"""Start, end, and the English spellings, the usual one first; none where it is the model's."""


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# --- words

_MONTHS = "January February March April May June July August September October November December".split()
_WORDS = {
    **dict(enumerate("two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(), 2)),
    **dict(enumerate("fifteen sixteen seventeen eighteen nineteen twenty".split(), 15)),
    **dict(zip(range(30, 100, 10), "thirty forty fifty sixty seventy eighty ninety".split(), strict=True)),
}
_ORDINALS = dict(
    enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
            " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
        ).split(),
        1,
    )
)
_SPANISH_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago"),
            *("septiembre setiembre sept sep", "octubre oct", "noviembre nov", "diciembre dic"),
        ),
        1,
    )
    for name in names.split()
}
_VIETNAMESE_MONTHS = {
    **{name: number for number, name in enumerate("một hai ba tư năm sáu bảy tám chín mười".split(), 1)},
    "giêng": 1,
    "mười một": 11,
    "mười hai": 12,
    "chạp": 12,
}
_TENS = {
    name: 10 * ten
    for ten, name in enumerate("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), 2)
}
_ROMAN = r"(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|V?I{1,3}|V)"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}

_ALONE = r"(?<![\w/:.,+−-])"
_OVER = r"(?!\w|[:/.,-]\d|[/-][^\W\d_])"
_DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY = rf"(?P<day>{_DAY_NUMBER})"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>(?:1\d|20)\d\d)"

# --- dates

_MONTH_WORD = rf"(?P<word>{_one_of(_VIETNAMESE_MONTHS)})"
_OF_YEAR = rf"(?:(?: năm |[/.-]){_YEAR})?"
_NO_SPAN = r"(?! (?:ngày|tuần|tuổi|lần)\b)"
_VIETNAMESE_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:ngày )?{_ALONE}{_DAY}[/.-]{_MONTH}[/.-]{_YEAR}{_OVER}",
        rf"(?:ngày )?(?P<moon>mùng |mồng )?{_ALONE}{_DAY} tháng (?:{_MONTH}|{_MONTH_WORD}){_OF_YEAR}{_OVER}{_NO_SPAN}",
        rf"ngày (?P<moon>mùng |mồng )?{_DAY}[/.-]{_MONTH}{_OVER}(?! tháng)",
        rf"{_ALONE}(?P<bare>){_DAY}[/.-]{_MONTH}{_OVER}(?! tháng)",
        rf"(?<!\d )tháng (?:{_MONTH}|{_MONTH_WORD}){_OF_YEAR}{_OVER}{_NO_SPAN}",
    )
)
_VIETNAMESE_DAYS = re.compile(
    rf"(?P<sure>ngày |(?<=từ )|(?<=\())?(?<!tháng ){_ALONE}(?P<days>(?:{_DAY_NUMBER}, ?){{0,9}}{_DAY_NUMBER})"
    rf"(?P<link> ?[-–] ?| (?:đến|tới)(?: hết)? (?:ngày )?| và (?:ngày )?){_DAY}"
    rf"(?:(?P<sign>[/.-])| tháng )(?:{_MONTH}|{_MONTH_WORD}){_OF_YEAR}{_OVER}{_NO_SPAN}(?! tháng)",
    re.IGNORECASE,
)
_BEFORE_A_DAY = re.compile(
    r"(?:\b(?:hôm|sáng|trưa|chiều|tối|đêm|quốc khánh|dịp|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|đến nay)"
    r"(?: nay| qua| mai)?(?: |, | \(|\()|\d[/.-]\d\d? đến )$",
    re.IGNORECASE,
)
_BY_THE_MOON = re.compile(r" ?\(?(?:âm lịch|ÂL\b)", re.IGNORECASE)
# In small letters it may also go on: `mỗi tháng hai lần` is twice a month.
_BEFORE_A_MONTH = re.compile(r"\b(?:vào|trong|từ|đến|tới|đầu|cuối|giữa|hồi) $", re.IGNORECASE)
_AFTER_A_COUNT = re.compile(r" (?:người|đứa|đồng|triệu|con|năm|giờ|bên|lần)\b")

_SPANISH_MONTH = rf"(?P<word>{_one_of(name for name in _SPANISH_MONTHS if len(name) > 3)})\b"
_SPANISH_SHORT = rf"(?P<short>{_one_of(name for name in _SPANISH_MONTHS if len(name) == 3)})\b(?:\.(?=.))?"
_DEL_YEAR = rf"(?:,? (?:de |del |del año )?{_YEAR}(?![\w:]|[/.,-]\d))?"
_SPANISH_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ALONE}(?:{_DAY}|(?P<first>1(?:e?ro|er|\.?[º°])\.?|primero)) (?:de )?"
        rf"(?:{_SPANISH_MONTH}|{_SPANISH_SHORT}){_DEL_YEAR}(?!\w)",
        rf"(?<!\d de )\b{_SPANISH_MONTH} (?:de |del |del año |){_YEAR}{_OVER}",
    )
)
_SPANISH_DAYS = re.compile(
    rf"{_ALONE}(?P<days>(?:{_DAY_NUMBER}, ){{0,9}}{_DAY_NUMBER})(?P<link> ?[-–] ?| al? (?:día )?| [yo] (?:el )?){_DAY}"
    rf" (?:de )?{_SPANISH_MONTH}{_DEL_YEAR}(?!\w)",
    re.IGNORECASE,
)

# --- times

_PREPOSITION = "".join(f"|(?<=\\b{word} )" for word in "từ đến tới vào trước khoảng".split())
_VIETNAMESE_TIME = re.compile(
    rf"(?:(?<=lúc )|(?<=hồi ){_PREPOSITION})(?P<hour>\d\d?) ?(?P<unit>giờ|h|g|:(?=\d))"
    r"(?: ?(?P<minute>[0-5]\d)(?: ?phút|p\b)?)?"
    rf"(?P<part> (?:sáng|trưa|chiều|tối|đêm|khuya))?{_OVER}(?! (?:phút|giây))",
    re.IGNORECASE,
)
_SPANISH_TIME = re.compile(
    r"(?:(?<=las )|(?<=\bla )(?=1[:. h]))(?P<hour>\d\d?)(?:(?P<sign>[:.h])(?P<minute>[0-5]\d)(?!\d))?"
    r"(?P<unit> ?(?:horas|hrs?|h)\b\.?)?"
    r"(?P<part> ?[ap]\. ?m\b\.?| ?[ap]m\b| (?:de|por|en) la (?:mañana|tarde|noche|madrugada))?(?![\w:])",
    re.IGNORECASE,
)

_HALVES: dict[str, tuple[Container[int], Container[int]]] = {
    "sáng": (range(12), ()),
    "trưa": ((10, 11), (12, 1, 2)),
    "chiều": ((), range(1, 8)),
    "tối": ((), range(5, 12)),
    "đêm": (range(5), range(7, 12)),
    "khuya": (range(5), range(9, 12)),
    "madrugada": (range(7), ()),
    "mañana": (range(12), ()),
    "tarde": ((), range(1, 13)),
    "noche": ((), range(6, 12)),
}
"""Which hours of the clock a part of the day may have before noon, and which after."""

# --- decades, centuries, quarters

_PARTS = {
    **dict.fromkeys(("đầu", "principios", "comienzos", "inicios"), "early "),
    **dict.fromkeys(("giữa", "mediados"), "mid-"),
    **dict.fromkeys(("cuối", "finales", "fines"), "late "),
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
    language: tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for language, patterns in {
        "vi": (
            rf"{_PART}(?:(?:(?:những |các )(?:năm )?)?thập (?:niên|kỷ|kỉ)|những năm) (?P<one>{_DECADE}){_OVER}"
            r"(?: (?:của )?thế k[ỷỉ] (?:trước|20|XX)\b)?"
            rf"(?: và (?P<two>{_DECADE}){_OVER})?(?! ?(?:[–-]|đến|tới|và|,) ?\d)",
        ),
        "es": tuple(
            rf"{opening} (?P<one>{_DECADE}|{_one_of(_TENS)}){_OVER}(?: y (?P<two>{_DECADE}|{_one_of(_TENS)}){_OVER})?"
            r"(?: del (?:siglo (?:XX|20|pasado)|pasado siglo)\b)?(?! ?[–-] ?\d| [ay] \d)"
            for opening in (
                rf"(?:{_PARTE} de )?\b(?:los años|la década (?:de los años|de los|del|de)|el decenio de"
                r"|las décadas (?:de los|de))",
                rf"{_PARTE} de los",
            )
        ),
    }.items()
}
_CENTURY = rf"\d\d?|{_ROMAN}"
_CENTURIES = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        "vi": rf"{_PART}thế k[ỷỉ] (?:thứ )?(?P<one>{_CENTURY}){_OVER}(?: ?(?:-|–|và) ?(?P<two>{_CENTURY}){_OVER})?"
        r"(?P<before> (?:trước Công nguyên|TCN)\b)?(?! ?[–-] ?\d)",
        "es": rf"(?:{_PARTE} del|(?<!\w)(?P<article>el|del|al|los)) siglos? (?P<one>{_CENTURY}){_OVER}"
        rf"(?: y (?:el )?(?P<two>{_CENTURY}){_OVER})?(?P<before> a\. ?(?:de )?C\b\.?)?(?! ?[–-] ?\w)",
    }.items()
}
_ARTICLES = {"del": "of the ", "al": "to the "}
_TAKES_DEL = re.compile(r"\b(?:antes|después|partir|dentro|alrededor|cerca|fuera|través|largo) $", re.IGNORECASE)
_QUARTER = re.compile(rf"\bquý (?P<quarter>[1-4]|IV|I{{1,3}})(?:(?:[/-]| năm ){_YEAR})?{_OVER}", re.IGNORECASE)

# --- ordinals

_MEETINGS = (
    "aniversario asamblea bienal campeonato cita coloquio concurso conferencia congreso convención cumbre cumpleaños"
    " edición encuentro etapa evento feria festival foro jornada legislatura olimpiada período periodo pleno promoción"
    " reunión ronda salón seminario serie sesión simposio taller temporada torneo vuelta"
).split()
_SPANISH_ORDINALS = (
    re.compile(
        rf"{_ALONE}(?P<number>[1-9]\d{{0,2}})(?:e?r[oa]|er|d[oa]|t[oa]|m[oa]|v[oa]|n[oa]|\.?[ºª]|\.°)(?!\w)\.?"
        r"(?! ?(?:[CFNSWEO]\b|norte|sur|este|oeste|de latitud|de longitud))"
    ),
    re.compile(rf"{_ALONE}(?P<number>[2-9]|[1-9]\d\d?)(?= (?:{_one_of(_MEETINGS)})\b)", re.IGNORECASE),
    re.compile(
        rf"(?:(?<=\b[Ee]l )|(?<=\b[Ll]a )|(?<=[Dd]el )|(?<=\b[Aa]l )|(?<=\bsu )|(?<=\best[ea] )|(?<=^)|(?<=[“«\"]))"
        rf"(?P<number>{_ROMAN})(?= (?:{_one_of(_MEETINGS + [name.title() for name in _MEETINGS])})\b)"
    ),
)

# --- numbers

_DIGITS = r"[1-9]\d{0,2}(?:[.  ]\d{3}){1,4}(?:,\d{1,6})?|\d{1,15}(?:[.,]\d{1,6})?"
_SCALES = {
    "vi": {"nghìn tỷ": 12, "nghìn tỉ": 12, "ngàn tỷ": 12, "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9},
    "es": {"mil millones": 9, "millones": 6, "millón": 6, "billones": 12, "mil": 3},
}
_ENGLISH_SCALES = {6: "million", 9: "billion", 12: "trillion"}
_SHORT_SCALES = {6: ("m", "mn"), 9: ("bn", "b"), 12: ("tn", "trn")}
_NO_RATE = r"(?! (?:lệ|phú|trọng|giá|suất|số|mỉ)\b)"  # tỷ lệ, triệu phú
_SHARE = r"[  ]?%| por ciento| phần trăm"
_FIGURES = {
    language: re.compile(
        rf"{_ALONE}(?<!\d[  ])(?<!mil )(?<!millones )(?P<number>{_DIGITS}){_OVER}(?![  ]\d)"
        rf"(?:(?P<share>{_SHARE})|[  ](?P<scale>{_one_of(scales)})\b{_NO_RATE}"
        r"(?P<half> y medi[oa]\b| rưỡi\b)?(?![  ]\d))?"
    )
    for language, scales in _SCALES.items()
}
_RANGE = re.compile(
    rf"(?<![\w/:.,+–−-])(?<!\d[  ])(?P<one>{_DIGITS})(?P<dash> ?[-–] ?)(?P<two>{_DIGITS})"
    rf"(?![\w:]|[/.,–-]\d|[/-][^\W\d_]|[  ]\d| tháng| de (?:{_one_of(_SPANISH_MONTHS)})\b)(?P<share>{_SHARE})?"
)
_SCALED_RANGES = {
    language: re.compile(
        rf"{_ALONE}(?<!\d[  ])(?P<one>{_DIGITS})(?P<link> ?[-–] ?| (?:a|o|y|đến|tới|hoặc) )(?P<two>{_DIGITS})"
        rf"[  ](?P<scale>{_one_of(scales)})\b{_NO_RATE}(?!{_SHARE})"
    )
    for language, scales in _SCALES.items()
}
# `2 mil 300`, `mil 200 millones`, `3 millones 200 mil 500`, `2 tỷ 300 triệu`
_COMPOUNDS = {
    language: re.compile(
        rf"{_ALONE}(?<!\d[  ])(?:\d{{1,3}} )?(?:{words})(?: \d{{1,3}}(?: (?:{words})\b){{0,2}}){{1,5}}"
        rf"(?:[.,]\d\d?)?{_OVER}(?! \d| ?(?:{words})\b|{_SHARE})"
    )
    for language, words in {"es": "mil|millones|millón", "vi": "nghìn|ngàn|triệu|tỷ|tỉ"}.items()
}
_NUMBER_WORD = re.compile(  # `dos mil 300`
    r"(?:\b(?:un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|cien|ciento)"
    r"|\b(?:dieci|veinti)\w+|(?:nta|nte|cientos|cientas|mil|millón|millones)) $"
)
# After one of these English may want an ordinal, or the number before the noun.
_ORDINAL_BEFORE = re.compile(
    r"\b(?:thứ|lần|lớp|tầng|(?<!trong )vòng|quý|hiệp|đợt|phút|hạng|giải|tuần|khóa|khoá|nhiệm kỳ|thế kỷ|thế kỉ|tuổi"
    r"|kỷ niệm|kỷ niệm tròn|sinh nhật|vị trí|vị trí số|ca nhiễm số|ca bệnh số|quốc hội|đại hội|thập niên|thập kỷ"
    r"|những năm"
    r"|siglo|década de|década del|décadas de|decenio de|puesto|lugar|piso|calle|grado|aniversario|años) $",
    re.IGNORECASE,
)
_DECADE_BEFORE = re.compile(r"\b(?:[Ll]os|[Ss]us) (?:[2-9]0 y )?$")
_NOUN = re.compile(
    r" (?:(?:đến|tới|hoặc|hay|và|[aoy]) (?=\d)|(?!(?:del?|en|por|[aeouy]|ni|al?|que|con|como|para|se|fue|era"
    r"|tại|ở|của|và|cho|là|được|đã|sẽ|trong|với|từ|đến|trên|theo|có|để|khi|vào|ra|bị|do|nhằm|hoặc|thì|mà|nhưng"
    r"|không|thường)\b)[^\W\d_])"
)
_DIGITS_BEFORE = re.compile(
    r"(?:\b(?:ngày|mùng|số|điều|khoản|mục|trang|chương|bài|loại|nhóm|bảng|bản|đường|lộ|tuyến|quận|phường|khu|cấp|mức|kênh"
    r"|đội|tổ|cửa|phòng|câu|năm|top|tốp|bước|tỷ số|tập|phần|đoạn|cỡ|hệ số|nhà|thắng|thua|hòa"
    r"|día|del|el|al|las?|artículos?|número|capítulo|página|anexo|apartado|párrafo|avenida|ruta|carretera|tipo|fase"
    r"|categoría|nivel|versión|grupo|sala|cuadro|tabla|figura|gráfico|vuelo|línea|canal|distrito|opción|paso|clase|zona|tuýp|típ|interestatal|estatal|nacional"
    r"|resolución|núm|art|fig|no|entre)\.? |[$€£¥₫(#] ?)$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"\S [A-ZĐÁÉÍÓÚÑ]\w* $")
_DIGITS_AFTER = re.compile(
    r"[  ]?(?:[°º€$£-]|(?:min|s|USD|EUR|VND|VNĐ|CUP|km|kg|m|cm|mm|ha|tấn|lít|m2|km2|kWh|[KMGT]W|[MGT]B|độ)\b)"
)
_HOURS = re.compile(
    r" ?(?:giờ\b(?! (?:đồng hồ|qua|tới|liên tục|mỗi|một))|h\b|g\b)"
    r"|(?<=\bgiờ \d\d) phút|(?<=las \d) horas|(?<=las \d\d) horas"
)
_LIST_ITEM = re.compile(r"\s*[.)](?!\S)| (?:bis|ter)\b")


def figures(text: str, language: str) -> Iterator[Found]:
    """None over another; a longer reading wins over a shorter, a date over a number."""
    taken: set[int] = set()
    for reader in _READERS:
        for start, end, english in reader(text, language):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                if english:
                    yield start, end, english


def _days(text: str, language: str) -> Iterator[Found]:
    """Several days of one month: 3-7/10, del 3 al 7 de octubre."""
    for match in (_VIETNAMESE_DAYS if language == "vi" else _SPANISH_DAYS).finditer(text):
        parts = match.groupdict()
        days = parts["days"].replace(", ", ",").split(",")
        if int(days[-1]) < int(parts["day"]) and (parts.get("sure") is not None or not parts.get("sign")):
            yield match.start(), match.end(), _month_days(days, parts)


def _month_days(days: list[str], parts: dict[str, str | None]) -> tuple[str, ...]:
    link = (parts["link"] or "").split()[0]
    links = {"và": (" and ", " & "), "y": (" and ", " & "), "o": (" or ",)}.get(
        link, (" to ", "-", "–", " until ", " and ")
    )
    month = _MONTHS[_month(parts) - 1]
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


def _dates(text: str, language: str) -> Iterator[Found]:
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
    before = text[max(0, match.start() - 16) : match.start()]
    if _BEFORE_A_DAY.search(before):
        return False
    if "/" in match.group():
        return not before.endswith(("đến ", "từ ", "(")) or day < int(parts["month"] or 0)
    till = before.endswith("từ ") and re.match(r" đến (?:ngày )?\d\d?[.-]\d", text[match.end() : match.end() + 16])
    return not till and not (before.endswith("(") and text[match.end() : match.end() + 1] == ")" and day > 12)


def _is_no_month(match: re.Match[str], parts: dict[str, str | None]) -> bool:
    """`mỗi tháng hai lần`, `10 tháng năm 2025`: in small letters the month is often no month."""
    word = parts.get("word")
    if not word or parts.get("year") or word[0].isupper():
        return False
    before = match.string[max(0, match.start() - 8) : match.start()]
    sure = word != "năm" and (parts.get("day") or _BEFORE_A_MONTH.search(before))
    return not sure or _AFTER_A_COUNT.match(match.string, match.end()) is not None


def _is_by_the_moon(match: re.Match[str], parts: dict[str, str | None]) -> bool:
    """`mùng 5 tháng 5`, `tháng Chạp`."""
    lunar = parts.get("moon") or (parts.get("word") or "").casefold() in {"giêng", "chạp"}
    return bool(lunar and not parts.get("year")) or _BY_THE_MOON.match(match.string, match.end()) is not None


def _month(parts: dict[str, str | None]) -> int:
    if word := parts.get("word") or parts.get("short"):
        return _SPANISH_MONTHS.get(word.lower()) or _VIETNAMESE_MONTHS[word.lower()]
    return int(parts["month"] or 0)


def _date(day: int, month: int, year: str | None) -> tuple[str, ...]:
    name = _MONTHS[month - 1]
    names = (name, name[:3], f"{name[:3]}.", "Sept." if month == 9 else f"{name[:4]}.")
    if not day:
        return tuple(f"{spelled} {year}" if year else spelled for spelled in names[: None if year else 1])
    suffix = _suffix(day)
    end, plain_end = (f", {year}", f" {year}") if year else ("", "")
    return tuple(
        dict.fromkeys(
            spelled + ending
            for month_name in names
            for spelled in (
                f"{month_name} {day}",
                f"{day} {month_name}",
                f"{month_name} {day}{suffix}",
                f"{day}{suffix} {month_name}",
                f"{day}{suffix} of {month_name}",
            )
            for ending in dict.fromkeys((end if spelled[0].isalpha() else plain_end, plain_end, end))
        )
    )


def _suffix(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 % 10 != 1 else 0, "th")


def _times(text: str, language: str) -> Iterator[Found]:
    """`lúc 14h30`, `a las 3:10 p. m.`: half a day is told only where the text tells it."""
    for match in (_VIETNAMESE_TIME if language == "vi" else _SPANISH_TIME).finditer(text):
        half = _half_of_day(match, language)
        if half is not None and _is_time(match, language):
            yield match.start(), match.end(), _clock(int(match["hour"]) % 12 or 12, int(match["minute"] or 0), half)


def _is_time(match: re.Match[str], language: str) -> bool:
    """And not how long something lasts, or five provinces."""
    before = match.string[max(0, match.start() - 6) : match.start()].lower()
    if match["part"]:
        return True
    if language == "vi":
        return before.endswith(("lúc ", "hồi ")) or (match["unit"] != "giờ" and match["minute"] is not None)
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
    morning, evening = _HALVES[part.rsplit(maxsplit=1)[-1]]
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


def _periods(text: str, language: str) -> Iterator[Found]:
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
    numbers = [_number_of(word) for word in (parts["one"], parts["two"]) if word]
    if any(not 0 < number < 22 for number in numbers):
        return ()
    word = "century" if len(numbers) == 1 else "centuries"
    ending = " BC" if parts["before"] else ""
    return tuple(
        f"{opening}{' and '.join(spelled)} {word}{ending}"
        for spelled in ([f"{n}{_suffix(n)}" for n in numbers], [_ORDINALS[n] for n in numbers])
    )


def _opening(parts: dict[str, str | None]) -> str:
    return f"{'in ' if parts.get('at') else ''}the {_PARTS.get((parts.get('part') or '').lower(), '')}"


def _quarters(quarter: str, year: str | None) -> tuple[str, ...]:
    number = _number_of(quarter)
    names = (f"the {_ORDINALS[number]} quarter", f"the {number}{_suffix(number)} quarter", f"Q{number}")
    if not year:
        return names
    return tuple(f"{name}{link}{year}" for name in names for link in (" of ", " ", " in ", " of the year "))


def _number_of(word: str) -> int:
    """8, VIII."""
    if word.isdecimal():
        return int(word)
    values = [_ROMAN_VALUES[letter] for letter in word.upper()]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _ordinals(text: str, language: str) -> Iterator[Found]:
    """In Spanish, where they stand before the noun as in English: `la 41 sesión`, `el 7mo congreso`, `el XI Foro`."""
    if language == "es":
        for pattern in _SPANISH_ORDINALS:
            for match in pattern.finditer(text):
                number = _number_of(match["number"])
                words = (_ORDINALS[number],) if number in _ORDINALS else ()
                yield match.start(), match.end(), (f"{number}{_suffix(number)}", *words)


_SCORE_BEFORE = re.compile(r"\b(?:tỷ số|tỉ số|thắng|thua|hòa|hạ|bại|dẫn|gỡ|lệ)\b[^,;]{0,25}$", re.IGNORECASE)
_UNIT_AFTER = re.compile(
    r"[  ]?(?:%|°|º|(?:năm|ngày|tháng|tuần|giờ|phút|giây|lần|người|km|m|cm|mm|kg|g|tấn|tạ|triệu|tỷ|tỉ|nghìn|ngàn|đồng"
    r"|USD|euro|độ|tuổi|bàn|điểm|trận|con|cái|chiếc|em|học sinh|lít|ml|ha|m2|suất|loại|tầng|xe|nhà|ca|vụ|cây|quả|ly"
    r"|viên|lượt|mét|cấp|bước|dặm|inch|phần)\b)"
)


def _may_be_a_day(match: re.Match[str], one: str, two: str, language: str) -> bool:
    """In Vietnamese papers 5-10 and 5.10 may be a date, too."""
    if language != "vi" or not re.fullmatch(_DAY_NUMBER, one) or not re.fullmatch(r"0?[1-9]|1[0-2]", two):
        return False
    before = match.string[max(0, match.start() - 40) : match.start()]
    return not _SCORE_BEFORE.search(before) and not _UNIT_AFTER.match(match.string, match.end())


def _ranges(text: str, language: str) -> Iterator[Found]:
    """2026-2030, 3-1, 2,5-3 %."""
    for match in _RANGE.finditer(text):
        one, two = _value(match["one"]), _value(match["two"])
        if one is None or two is None or _may_be_a_day(match, match["one"], match["two"], language):
            yield match.start(), match.end(), ()
            continue
        first, last = _plain(match["one"], one), _plain(match["two"], two)
        dashes = ("-", "–", " to ", " and ", " - ", "%-", "% to ", "% and ")
        units = ("%", " per cent", " percent", " %") if match["share"] else ("",)
        yield (
            match.start(),
            match.end(),
            tuple(f"{first}{dash}{last}{unit}" for unit in units for dash in dashes if unit == "%" or dash[0] != "%"),
        )


def _scaled_ranges(text: str, language: str) -> Iterator[Found]:
    """`entre 3.500 y 4.000 millones`: the scale belongs to both."""
    for match in _SCALED_RANGES[language].finditer(text):
        one, two = _value(match["one"]), _value(match["two"])
        link = match["link"].strip()
        lone = link == "y" and not match.string[max(0, match.start() - 6) : match.start()].lower().endswith("entre ")
        if one is None or two is None or one >= two or lone:
            continue
        first, last = (_scaled(number, _SCALES[language][match["scale"]]) for number in (one, two))
        yield (
            match.start(),
            match.end(),
            _joined_range(first, last, {"y": " and ", "o": " or ", "hoặc": " or "}.get(link)),
        )


def _joined_range(first: tuple[str, ...], last: tuple[str, ...], link: str | None) -> tuple[str, ...]:
    """Scale by scale: 3.5 to 4 billion, or 800 million to 1.2 billion where they differ."""
    links = (link,) if link else (" to ", "-", "–", " and ")
    whole = [f"{one}{middle}{two}" for middle in links for one, two in zip(first, last, strict=False)]
    pairs = [(one.partition(" "), two.partition(" ")) for one, two in itertools.product(first[:2], last[:2])]
    short = [
        f"{one[0]}{middle}{two[0]} {two[2]}".rstrip() for middle in links for one, two in pairs if one[2] == two[2]
    ]
    return (*short, *whole)


def _compounds(text: str, language: str) -> Iterator[Found]:
    scales = _SCALES[language]
    for match in _COMPOUNDS[language].finditer(text):
        if _NUMBER_WORD.search(text[max(0, match.start() - 16) : match.start()]):
            yield match.start(), match.end(), ()
            continue
        whole, part = Decimal(0), Decimal(0)
        for word in match.group().split():
            power = scales.get(word)
            if power is None:
                part += Decimal(word.replace(",", "."))
            elif power == 3:
                part = (part or Decimal(1)) * 1000
            else:
                whole, part = whole + part * 10**power, Decimal(0)
        yield match.start(), match.end(), _written(whole + part)


def _written(number: Decimal) -> tuple[str, ...]:
    """2.3 billion, or 14,600 where it does not come out short."""
    full = (f"{number:,f}", f"{number:f}")
    for power, name in sorted(_ENGLISH_SCALES.items(), reverse=True):
        scaled = number / Decimal(10) ** power
        if scaled >= 1 and scaled * 1000 == (scaled * 1000).to_integral_value():
            short = f"{scaled.normalize():f}"
            return (
                f"{short} {name}",
                f"{number / Decimal(10) ** (power - 3):,f} {_ENGLISH_SCALES.get(power - 3)}",
                *full,
            )
    return full


def _numbers(text: str, language: str) -> Iterator[Found]:
    for match in _FIGURES[language].finditer(text):
        number = _value(match["number"])
        if number is None or (match["share"] is None and _HOURS.match(text, match.end("number"))):
            continue
        if match["share"]:
            yield match.start(), match.end(), _shares(match["number"], number)
        elif match["scale"]:
            half = Decimal("0.5") if match["half"] else Decimal(0)
            yield match.start(), match.end(), _scaled(number + half, _SCALES[language][match["scale"]])
        else:
            yield match.start(), match.end(), _counted(match, number, language)


def _value(written: str) -> Decimal | None:
    """None where it could be read in two ways (1,500), and where it is no number: a code that begins with 0."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:[.  ]\d{3})+(?:,\d+)?", written):
        return Decimal(re.sub(r"[.  ]", "", written).replace(",", "."))
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}|0\d.*", written):
        return None
    return Decimal(written.replace(",", "."))


def _plain(written: str, number: Decimal) -> str:
    """As in English, and without a mark where the source has none: a year, a flight, the number of a law."""
    return written if written.isdecimal() else f"{number:,f}"


def _shares(written: str, number: Decimal) -> tuple[str, ...]:
    plain = dict.fromkeys((f"{number:,f}", f"{number.normalize():,f}"))
    return tuple(f"{one}{unit}" for one in plain for unit in ("%", " per cent", " percent", " %", "pc", "-percent"))


def _scaled(number: Decimal, power: int) -> tuple[str, ...]:
    """1.250 tỷ is 1.25 trillion, and also 1,250 billion."""
    if power == 3:
        thousands = (number * 1000).normalize()
        return tuple(dict.fromkeys((f"{thousands:,f}", f"{thousands:f}", f"{number:,f} thousand", f"{number:,f}k")))
    spellings = [f"{number:,f} {_ENGLISH_SCALES[power]}"]
    if number >= 1000 and power < 12:
        spellings.insert(0, f"{(number / 1000).normalize():,f} {_ENGLISH_SCALES[power + 3]}")
    short = (f"{number:,f}{space}{scale}" for scale in _SHORT_SCALES[power] for space in ("", " "))
    return (*spellings, *(spelling.replace(" ", "-") for spelling in spellings), *short)


def _counted(match: re.Match[str], number: Decimal, language: str) -> tuple[str, ...]:
    """Small numbers are words in English where they count something."""
    written, text, start = match["number"], match.string, match.start()
    before = text[max(0, start - 24) : start]
    if number < 2 and number == number.to_integral_value():
        return ()
    day, _, month = written.partition(".")
    if _may_be_a_day(match, day, month, language):
        return ()
    if _ORDINAL_BEFORE.search(before) or (not before.strip() and _LIST_ITEM.match(text, match.end())):
        return ()
    if _DECADE_BEFORE.search(before) and re.fullmatch(r"[2-9]0", written) and not _NOUN.match(text, match.end()):
        return ()
    spelled = _plain(written, number)
    words = (_WORDS[int(number)],) if number in _WORDS and written.isdecimal() else ()
    spellings = tuple(dict.fromkeys((spelled, f"{number:,f}", f"{number:f}", *words)))
    counts = number <= 9 and _NOUN.match(text, match.end()) and not _DIGITS_AFTER.match(text, match.end())
    if words and counts and not _DIGITS_BEFORE.search(before) and not _NAME_BEFORE.search(before):
        return (*words, *spellings)
    return spellings


_READERS: tuple[Callable[[str, str], Iterator[Found]], ...] = (
    *(_days, _dates, _times, _periods, _ordinals),
    *(_scaled_ranges, _ranges, _compounds, _numbers),
)
