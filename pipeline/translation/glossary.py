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

from pipeline.translation.figure_words import Found, one_of, unmarked
from pipeline.translation.gazetteer import COUNTRIES_IN_VIETNAMESE, NO_NAMES
from pipeline.translation.lexicon import spanish_words

FILE = Path(__file__).parents[1] / "glossary" / "beat.tsv"
NAMING_KINDS = frozenset(("company", "institution", "media", "organisation", "party", "place"))

# A name that goes on is another one: Radio Rebelde, but not in `Radio Rebelde Santiago`.
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
        name = match.group()
        before = text[max(0, match.start() - 4) : match.start()]
        in_a_row = " " not in name and (before[-2:-1].isalpha() and before.split()[-1][:1].isupper())
        holy = (
            language == "es"
            and before.lower().endswith("la ")
            and kept[name][0] == name
            and name.casefold() in spanish_words()
        )
        if not (_GOES_ON.match(text, match.end()) or in_a_row or holy):
            yield match.start(), match.end(), kept[name]


@cache
def _kept(language: str) -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    kept = {}
    for term in terms():
        for spelling in term.spellings(language):
            if term.kind in NAMING_KINDS and _is_kept(spelling, term):
                kept |= {name: (name, *term.en) for name in (spelling, unmarked(spelling))}
            elif " " not in spelling and spelling.istitle() and spelling.upper() in term.en:
                kept[spelling] = spelling.upper(), *term.en  # Uneac
    return kept, re.compile(rf"(?<![\w-])(?:{one_of(map(re.escape, kept))})(?!\w)")


def _is_kept(spelling: str, term: Term) -> bool:
    """Where English has it so first of all; no acronym, and no country, of which it may want the adjective."""
    plain = unmarked(spelling).casefold()
    if spelling.isupper() or plain != unmarked(term.en[0]).casefold():
        return False
    if " " in spelling or (term.kind == "place" and not term.vi):
        return True
    return spelling not in NO_NAMES | COUNTRIES_IN_VIETNAMESE and plain not in spanish_words()
