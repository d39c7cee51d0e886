"""Numbers, shares, dates and times of Vietnamese and Spanish text, in English.

Only what has one sure reading. What is understood, but gets its English from the sentence (`lớp 5`, `kỷ niệm 65 năm`, a
date of the lunar calendar), is left to the model as a whole.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from pipeline.translation import dates
from pipeline.translation.figure_words import (
    ALONE,
    DAY_NUMBER,
    ORDINALS,
    OVER,
    ROMAN,
    SPANISH_MONTHS,
    WORDS,
    Found,
    compiled,
    number_of,
    one_of,
    suffix,
    unmarked,
    vietnamese,
)

# --- ordinals

_MEETINGS = (
    "aniversario asamblea bienal campeonato cita coloquio concurso conferencia congreso convención cumbre cumpleaños"
    " edición encuentro etapa evento feria festival foro jornada legislatura olimpiada período periodo pleno promoción"
    " reunión ronda salón seminario serie sesión simposio taller temporada torneo vuelta"
).split()
_SPANISH_ORDINALS = (
    re.compile(
        rf"{ALONE}(?P<number>[1-9]\d{{0,2}})(?:e?r[oa]|er|d[oa]|t[oa]|m[oa]|v[oa]|n[oa]|\.?[ºª]|\.°)(?!\w)\.?"
        r"(?! ?(?:[CFNSWEO]\b|norte|sur|este|oeste|de latitud|de longitud))"
    ),
    re.compile(rf"{ALONE}(?P<number>[2-9]|[1-9]\d\d?)(?= (?:{one_of(_MEETINGS)})\b)", re.IGNORECASE),
    re.compile(
        rf"(?:(?<=\b[Ee]l )|(?<=\b[Ll]a )|(?<=[Dd]el )|(?<=\b[Aa]l )|(?<=\bsu )|(?<=\best[ea] )|(?<=^)|(?<=[“«\"]))"
        rf"(?P<number>{ROMAN})(?= (?:{one_of(_MEETINGS + [name.title() for name in _MEETINGS])})\b)"
    ),
)

_LABELS = {"categoría": "category", "fase": "phase", "capítulo": "chapter", "grado": "grade"}
_LABELLED = re.compile(rf"\b(?P<label>{one_of(_LABELS)}) (?P<number>[1-9]|1\d){OVER}(?! ?%)", re.IGNORECASE)

# --- numbers

_DIGITS = r"[1-9]\d{0,2}(?:[.  ]\d{3}){1,4}(?:,\d{1,6})?|\d{1,15}(?:[.,]\d{1,6})?"
_SCALES = {
    "vi": {"nghìn tỷ": 12, "nghìn tỉ": 12, "ngàn tỷ": 12, "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9},
    "es": {"mil millones": 9, "millones": 6, "millón": 6, "billones": 12, "mil": 3},
}
_PLAIN_SCALES = {unmarked(word): power for scales in _SCALES.values() for word, power in scales.items()}
_ENGLISH_SCALES = {6: "million", 9: "billion", 12: "trillion"}
_SHORT_SCALES = {6: ("m", "mn"), 9: ("bn", "b"), 12: ("tn", "trn")}
_NO_RATE = r"(?! (?:lệ|phú|trọng|giá|suất|số|mỉ|hang)\b)"  # tỷ lệ, triệu phú, `2 ngan hang`
_SHARE = r"[  ]?%| por ciento| phần trăm"
_FIGURES = {
    language: compiled(
        rf"{ALONE}(?<!\d[  ])(?<!mil )(?<!millones )(?P<number>{_DIGITS}){OVER}(?![  ]\d)"
        rf"(?:(?P<share>{_SHARE})|[  ](?P<scale>{one_of(scales)})\b{_NO_RATE}"
        r"(?P<half> y medi[oa]\b| rưỡi\b)?(?![  ]\d))?",
        language,
        re.NOFLAG,
    )
    for language, scales in _SCALES.items()
}
_RANGE = vietnamese(
    rf"(?<![\w/:.,+–−-])(?<!\d[  ])(?P<one>{_DIGITS})(?P<dash> ?[-–] ?)(?P<two>{_DIGITS})"
    rf"(?![\w:]|[/.,–-]\d|[/-][^\W\d_]|[  ]\d| tháng| de (?:{one_of(SPANISH_MONTHS)})\b)(?P<share>{_SHARE})?",
    re.NOFLAG,
)
_SCALED_RANGES = {
    language: compiled(
        rf"{ALONE}(?<!\d[  ])(?P<one>{_DIGITS})(?P<link> ?[-–] ?| (?:a|o|y|đến|tới|hoặc) )(?P<two>{_DIGITS})"
        rf"[  ](?P<scale>{one_of(scales)})\b{_NO_RATE}(?!{_SHARE})",
        language,
        re.NOFLAG,
    )
    for language, scales in _SCALES.items()
}
# `2 mil 300`, `mil 200 millones`, `3 millones 200 mil 500`, `2 tỷ 300 triệu`
_COMPOUNDS = {
    language: compiled(
        rf"{ALONE}(?<!\d[  ])(?:\d{{1,3}} )?(?:{words})(?: \d{{1,3}}(?: (?:{words})\b){{0,2}}){{1,5}}"
        rf"(?:[.,]\d\d?)?{OVER}(?! \d| ?(?:{words})\b|{_SHARE})",
        language,
        re.NOFLAG,
    )
    for language, words in {"es": "mil|millones|millón", "vi": "nghìn|ngàn|triệu|tỷ|tỉ"}.items()
}
_NUMBER_WORD = re.compile(  # `dos mil 300`
    r"(?:\b(?:un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|cien|ciento)"
    r"|\b(?:dieci|veinti)\w+|(?:nta|nte|cientos|cientas|mil|millón|millones)) $"
)
# After one of these English may want an ordinal, or the number before the noun.
_ORDINAL_BEFORE = vietnamese(
    r"\b(?:thứ|lần|lớp|tầng|(?<!trong )vòng|quý|hiệp|đợt|phút|hạng|giải|tuần|khóa|khoá|nhiệm kỳ|thế kỷ|thế kỉ|tuổi"
    r"|kỷ niệm|kỷ niệm tròn|sinh nhật|vị trí|vị trí số|ca nhiễm số|ca bệnh số|quốc hội|đại hội|thập niên|thập kỷ"
    r"|những năm"
    r"|siglo|década de|década del|décadas de|decenio de|puesto|lugar|piso|calle|grado|aniversario|años) $",
)
_DECADE_BEFORE = re.compile(r"\b(?:[Ll]os|[Ss]us) (?:[2-9]0 y )?$")
_NOUN = re.compile(
    r" (?:(?:đến|tới|hoặc|hay|và|[aoy]) (?=\d)|(?!(?:del?|en|por|[aeouy]|ni|al?|que|con|como|para|se|fue|era"
    r"|tại|ở|của|và|cho|là|được|đã|sẽ|trong|với|từ|đến|trên|theo|có|để|khi|vào|ra|bị|do|nhằm|hoặc|thì|mà|nhưng"
    r"|không|thường)\b)[^\W\d_])"
)
_DIGITS_BEFORE = vietnamese(
    r"(?:\b(?:ngày|mùng|số|điều|khoản|mục|trang|chương|bài|loại|nhóm|bảng|bản|đường|lộ|tuyến|quận|phường|khu|cấp|mức|kênh"
    r"|đội|tổ|cửa|phòng|câu|năm|top|tốp|bước|tỷ số|tập|phần|đoạn|cỡ|hệ số|nhà|thắng|thua|hòa"
    r"|día|del|el|al|las?|artículos?|número|capítulo|página|anexo|apartado|párrafo|avenida|ruta|carretera|tipo|fase"
    r"|categoría|nivel|versión|grupo|sala|cuadro|tabla|figura|gráfico|vuelo|línea|canal|distrito|opción|paso|clase|zona|tuýp|típ|interestatal|estatal|nacional"
    r"|resolución|núm|art|fig|no|entre)\.? |[$€£¥₫(#] ?)$",
)
_NAME_BEFORE = re.compile(r"\S [A-ZĐÁÉÍÓÚÑ]\w* $")
_DIGITS_AFTER = re.compile(
    r"[  ]?(?:[°º€$£-]|(?:min|s|USD|EUR|VND|VNĐ|CUP|km|kg|m|cm|mm|ha|tấn|lít|m2|km2|kWh|[KMGT]W|[MGT]B|độ)\b)"
)
_HOURS = vietnamese(
    r" ?(?:giờ\b(?! (?:đồng hồ|qua|tới|liên tục|mỗi|một))|h\b|g\b)"
    r"|(?<=\bgiờ \d\d) phút|(?<=las \d) horas|(?<=las \d\d) horas",
    re.NOFLAG,
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


def _ordinals(text: str, language: str) -> Iterator[Found]:
    """In Spanish, where they stand before the noun as in English: `la 41 sesión`, `el 7mo congreso`, `el XI Foro`."""
    if language == "es":
        for pattern in _SPANISH_ORDINALS:
            for match in pattern.finditer(text):
                number = number_of(match["number"])
                words = (ORDINALS[number],) if number in ORDINALS else ()
                yield match.start(), match.end(), (f"{number}{suffix(number)}", *words)


def _labelled(text: str, language: str) -> Iterator[Found]:
    """`de categoría 3`: a number alone would lose its word."""
    if language == "es":
        for match in _LABELLED.finditer(text):
            word, number = _LABELS[match["label"].lower()], int(match["number"])
            yield match.start(), match.end(), tuple(f"{word}{link}{number}" for link in (" ", "-"))


_SCORE_BEFORE = vietnamese(r"\b(?:tỷ số|tỉ số|thắng|thua|hòa|hạ|bại|dẫn|gỡ|lệ)\b[^,;]{0,25}$")
_UNIT_AFTER = vietnamese(
    r"[  ]?(?:%|°|º|(?:năm|ngày|tháng|tuần|giờ|phút|giây|lần|người|km|m|cm|mm|kg|g|tấn|tạ|triệu|tỷ|tỉ|nghìn|ngàn|đồng"
    r"|USD|euro|độ|tuổi|bàn|điểm|trận|con|cái|chiếc|em|học sinh|lít|ml|ha|m2|suất|loại|tầng|xe|nhà|ca|vụ|cây|quả|ly"
    r"|viên|lượt|mét|cấp|bước|dặm|inch|phần)\b)",
    re.NOFLAG,
)


def _may_be_a_day(match: re.Match[str], one: str, two: str, language: str) -> bool:
    """In Vietnamese papers 5-10 and 5.10 may be a date, too."""
    if language != "vi" or not re.fullmatch(DAY_NUMBER, one) or not re.fullmatch(r"0?[1-9]|1[0-2]", two):
        return False
    return not _SCORE_BEFORE.ends(match.string, match.start(), 40) and not _UNIT_AFTER.match(match.string, match.end())


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
        first, last = (_scaled(number, _PLAIN_SCALES[unmarked(match["scale"])]) for number in (one, two))
        yield (
            match.start(),
            match.end(),
            _joined_range(first, last, {"y": " and ", "o": " or ", "hoac": " or "}.get(unmarked(link))),
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
    for match in _COMPOUNDS[language].finditer(text):
        if _NUMBER_WORD.search(text[max(0, match.start() - 16) : match.start()]):
            yield match.start(), match.end(), ()
            continue
        whole, part = Decimal(0), Decimal(0)
        for word in match.group().split():
            power = _PLAIN_SCALES.get(unmarked(word))
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
            yield match.start(), match.end(), _scaled(number + half, _PLAIN_SCALES[unmarked(match["scale"])])
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
    if _ORDINAL_BEFORE.ends(text, start, 24) or (not before.strip() and _LIST_ITEM.match(text, match.end())):
        return ()
    if _DECADE_BEFORE.search(before) and re.fullmatch(r"[2-9]0", written) and not _NOUN.match(text, match.end()):
        return ()
    spelled = _plain(written, number)
    words = (WORDS[int(number)],) if number in WORDS and written.isdecimal() else ()
    spellings = tuple(dict.fromkeys((spelled, f"{number:,f}", f"{number:f}", *words)))
    counts = number <= 9 and _NOUN.match(text, match.end()) and not _DIGITS_AFTER.match(text, match.end())
    if words and counts and not _DIGITS_BEFORE.ends(text, start, 24) and not _NAME_BEFORE.search(before):
        return (*words, *spellings)
    return spellings


_READERS: tuple[Callable[[str, str], Iterator[Found]], ...] = (
    *(dates.days, dates.dates, dates.times, dates.periods, _ordinals, _labelled),
    *(_scaled_ranges, _ranges, _compounds, _numbers),
)
