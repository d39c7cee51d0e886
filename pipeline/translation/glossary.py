"""Names of the beat that English keeps as they are: Prensa Latina, Casa de las Américas, Trinidad.

What English says otherwise (the Ministry of Health) is left to the model, which knows where its article goes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.translation.countries import COUNTRIES
from pipeline.translation.figure_words import Found, one_of, unmarked
from pipeline.translation.lexicon import spanish_words

FILE = Path(__file__).parents[1] / "glossary" / "beat.tsv"
NAMING_KINDS = frozenset(("company", "institution", "media", "organisation", "party", "place"))

_COUNTRIES = frozenset(name for country in COUNTRIES for name in (*country.spanish, *country.vietnamese))

# A name that goes on is another one: Radio Rebelde, but not in `Radio Rebelde Santiago`.
_NAME_BEFORE = re.compile(r"(?<!\w)[A-ZÁÉÍÓÚÑ][^\W\d_]{2,} $")
_GOES_ON = re.compile(r" [A-ZĐÁÉÍÓÚÑ]|[-/]\w")


@dataclass(frozen=True, slots=True)
class Term:
    kind: str
    vi: tuple[str, ...]
    es: tuple[str, ...]
    en: tuple[str, ...]

    def spellings(self, language: str) -> tuple[str, ...]:
        return self.vi if language == "vi" else self.es


@cache
def terms() -> tuple[Term, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            Term(row["kind"], *(tuple(filter(None, row[code].split("|"))) for code in ("vi", "es", "en")))
            for row in rows
        )


def glossary_names(text: str, language: str) -> Iterator[Found]:
    """The longest of each; none inside a longer name."""
    kept, pattern = _kept(language)
    for match in pattern.finditer(text):
        within = language == "es" and _is_behind_more(match, kept)
        if not within and not _GOES_ON.match(text, match.end()):
            yield match.start(), match.end(), kept[match.group()]


def _is_behind_more(match: re.Match[str], kept: dict[str, tuple[str, ...]]) -> bool:
    """José Trinidad, Luong Hai Phong, la Santísima Trinidad, la Trinidad; but Agencia Prensa Latina."""
    name, before = match.group(), match.string[max(0, match.start() - 20) : match.start()]
    is_word = kept[name][0] == name and name.casefold() in spanish_words()
    return _NAME_BEFORE.search(before) is not None or (is_word and before.lower().endswith("la "))


@cache
def _kept(language: str) -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    kept: dict[str, tuple[str, ...]] = {}
    for term in terms():
        for spelling in term.spellings(language):
            if _is_kept(spelling, term) and (language == "es" or term.kind != "place"):
                for name in (spelling, unmarked(spelling)):
                    kept[name] = (name, *term.en) if language == "vi" or len(name.split()) > 3 else term.en
            elif " " not in spelling and spelling.istitle() and spelling.upper() in term.en:
                kept[spelling] = spelling.upper(), *term.en  # Uneac
    return kept, re.compile(rf"(?<![\w-])(?:{one_of(map(re.escape, kept))})(?!\w)")


def _is_kept(spelling: str, term: Term) -> bool:
    """Where English has it so first of all, or at all if it is long (Isla de la Juventud).

    No acronym, and no country, of which English may want the adjective.
    """
    plain = unmarked(spelling).casefold()
    english = term.en if len(spelling.split()) > 3 else term.en[:1]
    if (
        term.kind not in NAMING_KINDS
        or spelling.isupper()
        or plain not in {unmarked(name).casefold() for name in english}
    ):
        return False
    is_sure = " " in spelling or term.kind == "place" or plain not in spanish_words()
    return is_sure and spelling not in _COUNTRIES
