"""Facts of a sentence that are left to the model, and the forms of which one must stand in its English.

A witness is a country, a day of the week, a small number: the model knows best how to say it (Cuba, Cuban), so it has
no symbol. But where none of its forms comes out, something was lost; then it is tried again, with a symbol at last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pipeline.translation.countries import COUNTRIES
from pipeline.translation.entities import Entity, entities
from pipeline.translation.figure_words import (
    MONTHS,
    ORDINALS,
    ROMAN,
    SPANISH_MONTHS,
    WORDS,
    number_of,
    suffix,
    unmarked,
)
from pipeline.translation.glossary import terms

Fact = tuple[bool, tuple[str, ...]]
"""Whether it is a name, and its English forms, the one for a symbol first."""

_GLOSSARY_KINDS = frozenset(("company", "media", "organisation", "place"))
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SPANISH_DAYS = "lunes martes miércoles jueves viernes sábado domingo".split()
_VIETNAMESE_DAYS = "Hai Ba Tư Năm Sáu Bảy".split()
_SPANISH_NUMBERS = "dos tres cuatro cinco seis siete ocho nueve diez once doce".split()
_SPANISH_ORDINALS = "segundo tercero cuarto quinto sexto séptimo octavo noveno décimo".split()
_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "Anh:English,Pháp:French,Nga:Russian,Đức:German,Tây Ban Nha:Spanish,Bồ Đào Nha:Portuguese,Trung:Chinese,"
        "Trung Quốc:Chinese,Hoa:Chinese,Nhật:Japanese,Hàn:Korean,Lào:Lao,Khmer:Khmer,Việt:Vietnamese,Italia:Italian,"
        "Ả-rập:Arabic,Ả Rập:Arabic"
    ).split(",")
)
_VIETNAMESE_NUMBERS = "hai ba tư năm sáu bảy tám chín mười".split()
_OTHERWISE = {2: ("both", "couple", "pair", "double", "twice", "dual", "half"), 3: ("triple",), 4: ("quarter",)}
"""What else a small number can become."""

_TOKEN = re.compile(r"\w+")
_CODE = re.compile(r"(?<![\w.,-])(?:[A-Z]{1,5}\d{1,4}|\d{1,4}[A-Z]{1,3})(?![\w.,-])")
_NUMBER = re.compile(r"(?<![\w.,/:+-])\d{1,3}(?![\w/:%º°-]|[.,]\d)")
_ROMAN = re.compile(rf"(?:lần thứ )?(?<![\w.-])(?=[IVXL]{{2}}){ROMAN}(?![\w.-])")
_SCALE_AFTER = re.compile(r" (?:mil|mill[oó]n|millones|cientos|tercios?|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ|chục)\b")


def missing(text: str, translation: str, language: str) -> tuple[Entity, ...]:
    """The names, figures and witnesses of a text that are not in its English in any form."""
    said = f" {_words(translation)} "
    return tuple(
        fact for fact in facts(text, language) if not any(f" {_words(form)} " in said for form in fact.english)
    )


@lru_cache(maxsize=4096)
def facts(text: str, language: str) -> tuple[Entity, ...]:
    found = entities(text, language)
    rest = list(text)
    for entity in found:
        rest[entity.start : entity.end] = "\0" * (entity.end - entity.start)
    return (*found, *witnesses("".join(rest), language))


def witnesses(text: str, language: str) -> Iterator[Entity]:
    """Those of a text in which nothing stands where its names and figures were."""
    taken: set[int] = set()
    for start, end, (is_name, forms) in _found(text, language):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield Entity(start, end, is_name, forms)


def _found(text: str, language: str) -> Iterator[tuple[int, int, Fact]]:
    if language not in _TABLES:
        return
    for match in _CODE.finditer(text):
        yield *match.span(), (True, (match.group(),))
    for match in _ROMAN.finditer(text):
        number = number_of(match.group().split()[-1])
        yield *match.span(), (False, (f"{number}{suffix(number)}", *_numbered(number), match.group().split()[-1]))
    for pattern, table in _TABLES[language]():
        for match in pattern.finditer(text):
            if not _SCALE_AFTER.match(text, match.end()):
                yield *match.span(), table[match.group()]
    for match in _NUMBER.finditer(text):
        if not _SCALE_AFTER.match(text, match.end()):
            yield *match.span(), (False, (match.group(), *_numbered(int(match.group()))))


def _words(text: str) -> str:
    """In small letters, without marks, with one space between."""
    return " ".join(_TOKEN.findall(unmarked(text).casefold()))


def _numbered(number: int) -> tuple[str, ...]:
    """five, 5, 5th, fifth."""
    words = [names[number] for names in (WORDS, ORDINALS) if number in names]
    return (*words[:1], str(number), f"{number}{suffix(number)}", *words[1:], *_OTHERWISE.get(number, ()))


Table = tuple[re.Pattern[str], dict[str, Fact]]


def _table(entries: Iterable[tuple[str, Fact]]) -> Table:
    """The longest name first; what begins with a small letter may begin a sentence."""
    table: dict[str, Fact] = {}
    for name, (is_name, forms) in entries:
        for spelled in (name, name[:1].upper() + name[1:]):
            table[spelled] = is_name, tuple(dict.fromkeys((*table.get(spelled, (is_name, ()))[1], *forms)))
    names = "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])"), table


def _named(language: str) -> Iterator[tuple[str, Fact]]:
    """Countries and their languages, and what the glossary names."""
    for country in COUNTRIES:
        noun, *others = country.english
        for name in country.names(language):
            yield name, (True, (*others, noun) if name in country.adjectives else country.english)
    for term in terms():
        if term.kind in _GLOSSARY_KINDS:
            for spelling in term.spellings(language):
                yield spelling, (True, term.en)


@cache
def _spanish() -> tuple[Table, ...]:
    days = [
        (before + name, (False, (day, f"{day}s")))
        for name, day in zip(_SPANISH_DAYS, _DAYS, strict=True)
        for before in ("", "este ", "pasado ", "próximo ")
    ]
    months = [(name, (False, (MONTHS[number - 1],))) for name, number in SPANISH_MONTHS.items() if len(name) > 4]
    months.append(("mayo", (False, ("May",))))
    numbers = [(name, (False, _numbered(number))) for number, name in enumerate(_SPANISH_NUMBERS, 2)]
    ordinals = [
        (name[:-1] + ending, (False, (ORDINALS[number], *_numbered(number))))
        for number, name in enumerate(_SPANISH_ORDINALS, 2)
        for ending in ("o", "a", "os", "as", "")
        if ending or name == "tercero"
    ]
    return _table(_named("es")), _table([*days, *months, *numbers, *ordinals])


@cache
def _vietnamese() -> tuple[Table, ...]:
    days = list(zip(_VIETNAMESE_DAYS, _DAYS, strict=False))
    ordinals = [(name, (ORDINALS[number], *_numbered(number))) for number, name in enumerate(_VIETNAMESE_NUMBERS, 2)]
    counted = [
        *((f"thứ {name}", (False, (day,))) for name, day in days),
        *((f"thứ {name.lower()}", (False, (day,))) for name, day in days),
        *((f"thứ {name}", (False, forms)) for name, forms in ordinals),
        *((f"lần thứ {name}", (False, forms)) for name, forms in ordinals),
        *((name, (False, ("Sunday",))) for name in ("chủ nhật", "chủ Nhật", "Chủ Nhật")),
    ]
    languages = [(f"tiếng {name}", (True, (english,))) for name, english in _LANGUAGES.items()]
    return _table([*_named("vi"), *languages]), _table(counted)


_TABLES = {"vi": _vietnamese, "es": _spanish}
