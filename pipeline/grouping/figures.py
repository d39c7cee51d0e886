"""The figures of a text, written the same way whatever the language: `6,5 tỷ`, `6.500 millones`, `6.5 billion`."""

from __future__ import annotations

import re
from decimal import Decimal

_CURRENCY = re.compile(r"\b(?:VNĐ|VND|USD|US|EUR|CUP|MLC)(?=\d)")
_FIGURE = re.compile(r"(?<![A-Za-zÀ-ỹ\d])(?<![A-Z]-)\d+(?:[.,\u00a0\u202f]\d+)*(?![A-Za-zÀ-ỹ]*\d)")
# A time of day is told by another clock in another language (3 p.m., 15 giờ), and means little besides.
_TIME = re.compile(
    r"\d{1,2}(?:[.:h]\d{2})?\s?(?:[ap]\.?m\b\.?)|\b\d{1,2}[:h]\d{2}\b"
    r"|\b\d{1,2} ?giờ(?: \d{1,2}(?: phút)?)?(?= (?:sáng|trưa|chiều|tối|đêm|ngày|hôm|\())"
    r"|\b\d{1,2} giờ \d{1,2}\b",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")
_GROUPS = re.compile(r"\d{1,3}(?:\D\d{3})+")
_LONGEST = 18

_SCALES = {
    "vi": {"nghìn tỷ": 12, "nghìn tỉ": 12, "tỷ": 9, "tỉ": 9, "triệu": 6, "nghìn": 3, "ngàn": 3},
    "es": {"mil millones": 9, "millones": 6, "millón": 6, "billones": 12, "mil": 3},
    "en": {"trillion": 12, "billion": 9, "million": 6, "thousand": 3},
}
"""Powers of ten, the longer word before the shorter one that it begins with."""

_WORDED = {
    "en": """two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13
    fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40
    fifty:50 first:1 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 twice:2""",
    "es": """dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12 trece:13
    catorce:14 quince:15 dieciséis:16 diecisiete:17 dieciocho:18 diecinueve:19 veinte:20 treinta:30
    cuarenta:40 cincuenta:50 primer:1 primera:1 primero:1 segundo:2 segunda:2 tercer:3 tercera:3 tercero:3
    cuarto:4 cuarta:4 quinto:5 quinta:5 sexto:6 sexta:6 séptimo:7 séptima:7 octavo:8 octava:8 noveno:9
    novena:9 décimo:10 décima:10""",
}
_WORDED_NUMBERS = {language: dict(re.findall(r"(\w+):(\d+)", table)) for language, table in _WORDED.items()}
# Vietnamese "năm" is five and year, "ba" three and father: only what follows "thứ" (not a weekday) or
# "mười" is a number.
_VI_ORDINAL = re.compile(r"(?:lần|ngày|kỳ|khóa|đợt) thứ (nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b")
_VI_TEEN = re.compile(r"\bmười (một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)\b")
_VI_DIGITS = {
    word: number
    for number, words in enumerate(
        ("nhất một", "hai", "ba", "tư bốn", "năm lăm", "sáu", "bảy", "tám", "chín", "mười"), start=1
    )
    for word in words.split()
}


_ORDINALS = {
    "en": re.compile(r"\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"),
    "es": re.compile(r"\b(tercer[ao]?|cuart[ao]|quint[ao]|sext[ao]|séptim[ao]|octav[ao]|noven[ao]|décim[ao])\b"),
}
_COUNTED = {
    "en": re.compile(r"\b(?:day|no\.|number|week|round|game|phase|part) (\d{1,3})\b|\b(\d{1,3})(?:st|nd|rd|th)\b"),
    "es": re.compile(r"\b(?:día|jornada|no\.|número|semana|ronda|fase|parte) (\d{1,3})\b"),
    "vi": re.compile(r"\b(?:(?:lần|kỳ|khóa|đợt|số|tuần|vòng|lượt|phần) (?:thứ )?|ngày thứ )(\d{1,3})\b(?![/.-]\d)"),
}


def read_figures(text: str, language: str) -> frozenset[str]:
    """Figures written in digits, as plain decimals: `1.500` and `1,500` are `1500`, `8,5` is `8.5`."""
    if language == "es":
        text = _SPACED.sub("\u00a0", text)
    text = _CURRENCY.sub("\\g<0> ", _TIME.sub("·", text))
    found = set()
    for match in _FIGURE.finditer(text):
        value = _plain(match[0])
        if value is not None:
            found.add(f"{(value * _scale(text[match.end() : match.end() + 14], language)).normalize():f}")
    return frozenset(found)


def read_worded(text: str, language: str) -> frozenset[str]:
    """Figures written in words, where the word means nothing else; ordinals too ("fourth day")."""
    lower = text.casefold()
    if language == "vi":
        ordinals = {str(_VI_DIGITS[match[1]]) for match in _VI_ORDINAL.finditer(lower)}
        return frozenset(ordinals | {str(10 + _VI_DIGITS[match[1]]) for match in _VI_TEEN.finditer(lower)})
    table = _WORDED_NUMBERS.get(language, {})
    return frozenset(table[word] for word in re.findall(r"\w+", lower) if word in table)


def read_ordinals(text: str, language: str) -> frozenset[str]:
    """The place in a series that a text gives itself: `fourth day`, `lần thứ tư`, `día 4`, `No. 7`."""
    lower = text.casefold()
    found = (
        {match[match.lastindex or 0] for match in _COUNTED[language].finditer(lower)} if language in _COUNTED else set()
    )
    if language in _ORDINALS:
        found |= {_WORDED_NUMBERS[language][word] for word in _ORDINALS[language].findall(lower)}
    if language == "vi":
        found |= {str(_VI_DIGITS[match[1]]) for match in _VI_ORDINAL.finditer(lower)}
    return frozenset(found)


def weight(figure: str) -> float:
    """How much two texts that share the figure have in common: `2` next to nothing, `1710` much, a year little."""
    digits = figure.replace(".", "").strip("0")
    if len(figure) == 4 and figure[:2] in {"19", "20"}:
        return 0.4
    return {0: 0.3, 1: 0.3, 2: 1.0}.get(len(digits), 2.0) if "." not in figure else 1.5


def _plain(written: str) -> Decimal | None:
    if len(written) > _LONGEST:
        return None
    separators = [c for c in written if not c.isdigit()]
    if not separators:
        return Decimal(written)
    if len(set(separators)) == 1 and _GROUPS.fullmatch(written) and not written.startswith("0"):
        return Decimal("".join(c for c in written if c.isdigit()))
    if len(set(separators)) == 1 and len(separators) > 1:
        return None  # 12.11.2025 or an address: no figure
    whole, _, part = written.rpartition(separators[-1])
    return Decimal("".join(c for c in whole if c.isdigit()) + "." + part)


def _scale(following: str, language: str) -> int:
    rest = following.lstrip(" \u00a0\u202f").casefold()
    for word, power in _SCALES.get(language, {}).items():
        if rest.startswith(word) and not rest[len(word) : len(word) + 1].isalpha():
            return int(10**power)
    return 1
