"""Countries, bodies and cities that the wire names, under one code in all its languages."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_COLUMNS = {"vi": 1, "es": 2, "en": 3}


def read_places(text: str, language: str) -> frozenset[str]:
    """Codes such as `CU` and `CU-HAB`; a city brings its country's code only where the text names the country."""
    pattern, codes = _spellings(language)
    return frozenset(codes[found] for found in pattern.findall(text)) if codes else frozenset()


def without_places(text: str, language: str) -> str:
    """The text with its places blanked: a name that every language spells its own way is no shared name."""
    pattern, codes = _spellings(language)
    return pattern.sub("·", text) if codes else text


@cache
def _spellings(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    codes: dict[str, str] = {}
    table = files("pipeline.grouping").joinpath("places-1.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            columns = line.split("\t")
            for spelling in columns[_COLUMNS[language]].split("|") if language in _COLUMNS else ():
                codes[spelling] = columns[0]
                if language != "vi" or " " in spelling:
                    codes[spelling.upper()] = columns[0]
    # The longest spelling wins; within a word nothing is a place.
    longest_first = "|".join(re.escape(one) for one in sorted(codes, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)"), codes
