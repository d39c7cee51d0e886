"""The beat: the terms that tell a reader's subject, looked for in three languages.

A term is found by whole words. The text may leave marks out and never bear others: `Tô Lâm` is found in *To Lam*, and
not in *tỏ lắm*; `Cu Ba` is not found in *cụ bà*. A word of a term that begins with a capital needs one in the text,
so that `To Lam` is not found in *to lam*; a hyphen needs one too: `Cu-ba` is not found in *cu ba tuổi*. In an
address, which has neither marks nor capitals, a spelling counts only if one of its words has more than three letters.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from crawler.errors import CrawlerError
from storage.beat import Judgement, Mark
from storage.identity import digest
from storage.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from storage.beat import Words

SHIPPED = "beat.toml"
MATCHER = 1
"""Raise it with a change after which some text could be marked differently."""
HEADLINE = 3
"""What stands in a headline, a feed's entry or an address weighs so many times what stands in the body."""
WEIGHTS = range(1, 6)
SHORTEST = 3
"""Letters of a spelling, at least: shorter ones stand for something else too often."""

_WORD = re.compile(r"([^\W_]+)")
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


class BrokenBeat(CrawlerError):
    """A beat.toml that cannot be followed; nothing is marked by half of one."""

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        super().__init__(path, line, reason)
        self.path = path
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}{f', line {self.line}' if self.line else ''}: {self.reason}"


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a term, word by word."""

    term: str
    words: tuple[tuple[frozenset[str], bool, bool], ...]
    """For each word: its forms in a text, whether it must begin with a capital, and whether a hyphen must precede."""
    in_addresses: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A name or word that marks an article, with all its spellings, the first of which is its name."""

    name: str
    spellings: tuple[str, ...]
    about: str
    """What it is: a country, a person, an institution, a theme."""
    sides: frozenset[str]
    """The sides that whoever writes it names; a theme names none."""
    weight: int


class Beat:
    """Sides and terms, ready to look for. An article that names every side is on the beat."""

    def __init__(self, name: str, sides: Mapping[str, str], terms: Iterable[Term]) -> None:
        self.name = name
        self.sides = dict(sides)
        self.terms = {term.name: term for term in terms}
        self._by_first: dict[str, list[_Spelling]] = {}
        for term in self.terms.values():
            for text in term.spellings:
                spelling = _spelling(term.name, text)
                for form in spelling.words[0][0]:
                    self._by_first.setdefault(form, []).append(spelling)

    @cached_property
    def version(self) -> str:
        """Follows from what is looked for; comments and order change nothing."""
        terms = sorted(
            (term.name, term.weight, sorted(term.sides), sorted(term.spellings)) for term in self.terms.values()
        )
        return digest("beat", MATCHER, self.name, str(sorted(self.sides.items())), str(terms))

    def find(self, text: str, *, address: bool = False) -> set[str]:
        """The names of the terms in a text; lines are looked at one by one, so that none runs over an end."""
        return {term for line in text.splitlines() for term in self._in_line(line, address)}

    def _in_line(self, line: str, address: bool) -> Iterator[str]:
        pieces = _WORD.split(unicodedata.normalize("NFC", line))
        words = pieces[1::2]
        keys = [_key(word) for word in words]
        if self._by_first.keys().isdisjoint(keys):
            return
        for place, key in enumerate(keys):
            for spelling in self._by_first.get(key, ()):
                if _stands_at(spelling, pieces, keys, place, address):
                    yield spelling.term

    def judge(self, words: Words) -> Judgement:
        """Which terms an article names, how much that weighs, and whether it is on the beat.

        A source's own country counts as named: Granma need not say Cuba.
        """
        found = {
            "listing": self.find(words.listing),
            "address": self.find(_address_words(words.url), address=True),
            "title": self.find(words.title),
            "body": self.find(words.body),
        }
        headlines = found["listing"] | found["address"] | found["title"]
        everywhere = headlines | found["body"]
        named = {side for side, country in self.sides.items() if country == words.country}
        named.update(*(self.terms[term].sides for term in everywhere))
        lacking = [side for side in self.sides if side not in named]
        return Judgement(
            marks=tuple(Mark(place, term) for place, terms in found.items() for term in sorted(terms)),
            rank=sum(self.terms[term].weight * (HEADLINE if term in headlines else 1) for term in everywhere),
            lacks=f"off the beat: {' and '.join(lacking)} not named" if lacking else None,
        )


def _stands_at(spelling: _Spelling, pieces: list[str], keys: list[str], place: int, address: bool) -> bool:
    """Whether the words from `place` on are the spelling's; `pieces` are what separates the words, and the words."""
    if place + len(spelling.words) > len(keys) or (address and not spelling.in_addresses):
        return False
    for at, (forms, capital, hyphen) in enumerate(spelling.words, start=place):
        if keys[at] not in forms:
            return False
        if not address and (
            (capital and not pieces[2 * at + 1][0].isupper()) or (hyphen and not _joins(pieces[2 * at]))
        ):
            return False
    return True


def _joins(between: str) -> bool:
    return between.strip() in _HYPHENS


def _spelling(term: str, text: str) -> _Spelling:
    pieces = _WORD.split(unicodedata.normalize("NFC", text))
    words = pieces[1::2]
    return _Spelling(
        term,
        tuple(
            (frozenset({_key(word), fold(word).lower()}), word[0].isupper(), bool(n) and _joins(pieces[2 * n]))
            for n, word in enumerate(words)
        ),
        any(len(word) > SHORTEST for word in words),
    )


@lru_cache(maxsize=65_536)
def _key(word: str) -> str:
    """The word in small letters, with its tone at the end: *hòa* and *hoà* are one word."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(sorted(letter for letter in letters if letter in _TONES))
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones


def _address_words(url: str) -> str:
    """What an address says, without its host: a source's name is no word of its articles."""
    return unquote(urlsplit(url).path, errors="replace")


def shipped_beat() -> str:
    """The text of the beat that comes with triwire."""
    return files("crawler").joinpath(SHIPPED).read_text(encoding="utf-8")


def read_beat_file(path: Path) -> str:
    """The text of a beat.toml of one's own. Raises BrokenBeat."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BrokenBeat(str(path), None, f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BrokenBeat(str(path), None, "is not UTF-8: save it as that") from error


@cache
def parse_beat(text: str, path: str = SHIPPED) -> Beat:
    """The beat that a file describes. Raises BrokenBeat, with the line where it is known."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenBeat(path, None, str(error)) from error
    return _Reader(text, path).beat(given)


class _Reader:
    """Turns what TOML gives into a beat, and finds the line of what is wrong."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.names: dict[str, str] = {}

    def beat(self, given: Mapping[str, Any]) -> Beat:
        self._check_keys(given, {"name", "sides", "terms"}, "", 0)
        name = given.get("name")
        if not isinstance(name, str) or not name.strip():
            raise self._error('name = "…" is missing: what is the beat called?', "name")
        sides = given.get("sides")
        if not isinstance(sides, dict) or not sides:
            raise self._error(
                '[sides] is missing: "Name" = "CC", a line a side, with its country (ISO 3166-1)', "sides"
            )
        for side, country in sides.items():
            if not isinstance(country, str) or not re.fullmatch(r"[A-Z]{2}|", country):
                raise self._error(f"side {side!r} needs a country in two capitals, or an empty text", side)
        groups = given.get("terms")
        if not isinstance(groups, list) or not groups:
            raise self._error("[[terms]] is missing: there is nothing to look for", "terms")
        terms = [term for number, group in enumerate(groups) for term in self._group(group, number, sides)]
        for side in sides:
            if not any(side in term.sides for term in terms):
                raise self._error(f"no term names side {side!r}, so nothing could be on the beat", side)
        return Beat(name, sides, terms)

    def _group(self, group: object, number: int, sides: Mapping[str, str]) -> Iterator[Term]:
        start = self._start_of(number)
        if not isinstance(group, dict):
            raise self._error("[[terms]] must be a table", "terms", start)
        self._check_keys(group, {"about", "side", "weight", "words"}, "[[terms]]", start)
        about, weight, words = group.get("about"), group.get("weight"), group.get("words")
        if not isinstance(about, str) or not about:
            raise self._error('about = "…" is missing: countries, persons, themes', "about", start)
        if type(weight) is not int or weight not in WEIGHTS:
            raise self._error(f"weight must be a whole number from {WEIGHTS[0]} to {WEIGHTS[-1]}", "weight", start)
        named = group.get("side", [])
        named = [named] if isinstance(named, str) else named
        if not isinstance(named, list) or any(side not in sides for side in named):
            raise self._error(f"side must be one of {', '.join(sides)}, or a list of them", "side", start)
        if not isinstance(words, list) or not words:
            raise self._error('words = ["…"] is missing', "words", start)
        for line in words:
            if not isinstance(line, str):
                raise self._error(f"{line!r} is no text: write it in quotes", str(line), start)
            yield self._term(line, about, frozenset(named), weight, start)

    def _term(self, line: str, about: str, sides: frozenset[str], weight: int, start: int) -> Term:
        spellings = tuple(dict.fromkeys(" ".join(spelling.split()) for spelling in line.split("|")))
        for spelling in spellings:
            words = _WORD.findall(unicodedata.normalize("NFC", spelling))
            if sum(map(len, words)) < SHORTEST:
                raise self._error(f"{spelling!r} is too short: three letters at least", line, start)
            key = str(_spelling("", spelling).words)
            if self.names.get(key, spellings[0]) != spellings[0]:
                raise self._error(f"{spelling!r} is there twice; the other belongs to {self.names[key]!r}", line, start)
            self.names[key] = spellings[0]
        return Term(spellings[0], spellings, about, sides, weight)

    def _check_keys(self, given: Mapping[str, Any], known: set[str], where: str, start: int) -> None:
        for key in given:
            if key not in known:
                place = f" in {where}" if where else ""
                raise self._error(f"{key!r}{place} is not known; there are: {', '.join(sorted(known))}", key, start)

    def _start_of(self, number: int) -> int:
        """Index of the line that opens this group."""
        starts = [n for n, line in enumerate(self.lines) if line.strip().startswith("[[terms]]")]
        return starts[number] if number < len(starts) else 0

    def _error(self, reason: str, needle: str, start: int = 0) -> BrokenBeat:
        """The error with the first line from `start` on that holds `needle`; else with the group's own line."""
        for n in range(start, len(self.lines)):
            if needle in self.lines[n]:
                return BrokenBeat(self.path, n + 1, reason)
        return BrokenBeat(self.path, start + 1 if start else None, reason)
