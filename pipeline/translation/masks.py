"""Symbols that stand for names and figures while a sentence is translated.

A package that was trained with them says so in its metadata.json ("masks": "triwire-1"); others never see one. After
Luong and Manning 2015 and Post et al. 2019, who put placeholders for what a model cannot be trusted with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.translation.entities import entities
from pipeline.translation.figure_words import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.translation.entities import Entity

SCHEME = "triwire-1"
NAME_MASKS = "★■▲◆♥"
FIGURE_MASKS = "●♦▼▶○"
MASKS = NAME_MASKS + FIGURE_MASKS
"""What a vocabulary must hold whole. More names or figures than these in a sentence are left to the model."""

_MASK = re.compile(f"[{MASKS}]")
_MASK_AND_NEIGHBOURS = re.compile(
    rf"(?:\b(?P<before>in the|of the|to the|the|in|on|at|of|to) )?(?P<symbol>[{MASKS}])"
    r"(?P<after>(?:st|nd|rd|th)\b|%| ?per ?cent\b|\.)?",
    re.IGNORECASE,
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_OPENING_WORDS = frozenset(
    ("el", "la", "los", "las", "un", "una", "unos", "unas", "su", "sus", "este", "esta", "en", "con")
)
_PREPOSITIONS = {
    "on": re.compile(rf"{_MONTH} \d\d?\b.*|{_DAY}"),
    "in": re.compile(rf"{_MONTH}(?: \d{{4}})?|the .*(?:\d0s|century|quarter.*)"),
    "at": re.compile(r"\d\d?(?::\d\d)? (?:[ap]\.m\.|o'clock)|noon"),
}


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with symbols in it, and the English of each."""

    text: str
    english: dict[str, str]
    crowded: bool = False
    """There are more names or figures than symbols."""

    def unmask(self, translation: str) -> str | None:
        """The translation with its names and figures; None where a symbol is missing, doubled or strange."""
        if not self.english:
            return translation
        return self.fill(translation) if len(_MASK.findall(translation)) == len(self.english) else None

    def fill(self, translation: str) -> str | None:
        """The same where symbols may be missing."""
        found = _MASK.findall(translation)
        if len(set(found)) < len(found) or not set(found) <= set(self.english):
            return None
        filled = _MASK_AND_NEIGHBOURS.sub(self._fill, translation)
        return filled[:1].upper() + filled[1:]

    def fronted(self, english: str) -> Masked | None:
        """With what stands for a day, a place or a language first: what models forget there is forgotten least.

        `★ publicó el ● una nota` becomes `El ●, ★ publicó una nota`; None where it is neither of these.
        """
        symbol = next((symbol for symbol, name in self.english.items() if name == english), "")
        place = symbol and re.search(rf",? ?(?:\b(?P<before>el|los|en|hôm|vào|bằng) )?{symbol}(?=[ ,.;:]|$)", self.text)
        if not place or not (place["before"] or re.fullmatch(_DAY, english)):
            return None
        before = place["before"] or ("El" if " el " in f" {self.text.lower()} " else "")
        rest = f"{self.text[: place.start()]}{self.text[place.end() :]}".lstrip(" ,")
        if rest[1:2].islower() and rest.split(maxsplit=1)[0].lower() in _OPENING_WORDS:
            rest = rest[0].lower() + rest[1:]
        first = f"{before} {symbol}".strip()
        return Masked(f"{first[0].upper()}{first[1:]}, {rest}", self.english, self.crowded)

    def _fill(self, match: re.Match[str]) -> str:
        """A symbol does not tell a day from a month, so the word before it is put right: on August 14, in August."""
        english, before, after = self.english[match["symbol"]], match["before"] or "", match["after"] or ""
        if english.startswith(f"{before.lower()} "):
            before = ""
        elif before.lower().endswith("the") and english.startswith("the "):
            before = before[:-3].rstrip()
        if before.lower() in _PREPOSITIONS:
            right = next((word for word, kind in _PREPOSITIONS.items() if kind.fullmatch(english)), before.lower())
            before = right.capitalize() if before[0].isupper() else right
        if english.endswith("." if after == "." else ("st", "nd", "rd", "th", "%")):
            after = ""
        return f"{before} {english}{after}" if before else f"{english}{after}"


def mask(text: str, language: str, also: Iterable[Entity] = ()) -> Masked:
    """The same text where nothing is recognised, or where it holds one of the symbols itself.

    `also` are further stretches for which a symbol shall stand.
    """
    found = sorted({*entities(text, language), *also}, key=_start) if not _MASK.search(text) else []
    chosen = _chosen(found)
    return Masked(
        _replaced(text, [(entity.start, entity.end, symbol) for entity, symbol in chosen]),
        {symbol: entity.english[0] for entity, symbol in chosen},
        crowded=len(chosen) < len(found),
    )


def mask_pair(source: str, english: str, language: str) -> tuple[str, str]:
    """A sentence pair for training: masked on both sides where the English of a name or figure is found just once."""
    if _MASK.search(source) or _MASK.search(english):
        return source, english
    plain = unmarked(english).casefold()
    both = []
    taken: set[int] = set()
    for entity in entities(source, language):
        place = _place(entity, plain)
        if place is not None and taken.isdisjoint(range(*place)):
            taken.update(range(*place))
            both.append((entity, place))
    places = dict(both)
    chosen = _chosen([entity for entity, _ in both])
    return (
        _replaced(source, [(entity.start, entity.end, symbol) for entity, symbol in chosen]),
        _replaced(english, sorted((*places[entity], symbol) for entity, symbol in chosen)),
    )


def _start(entity: Entity) -> int:
    return entity.start


def _chosen(found: Sequence[Entity]) -> list[tuple[Entity, str]]:
    """Symbols in the order of the sentence; each kind has its own."""
    left = {True: list(NAME_MASKS), False: list(FIGURE_MASKS)}
    return [(entity, left[entity.is_name].pop(0)) for entity in found if left[entity.is_name]]


def _replaced(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    parts = []
    at = 0
    for start, end, symbol in changes:
        parts += [text[at:start], symbol]
        at = end
    return "".join((*parts, text[at:]))


def _place(entity: Entity, plain: str) -> tuple[int, int] | None:
    """Where in the English, unmarked and in small letters, the entity stands as a whole word, if just once."""
    for spelling in sorted(entity.english, key=len, reverse=True):
        wanted = re.escape(unmarked(spelling).casefold())
        found = list(re.finditer(rf"(?:(?<![\w.,])|(?<=vnd)|(?<=usd)){wanted}(?!\w|[.,]\d)", plain))
        if len(found) == 1:
            return found[0].span()
        if found:
            return None
    return None
