"""Which of the wire's languages a text is in, and an honest "other".

Three kinds of evidence, the clear and cheap before the rest:

1. letters: another script, or the letters that only Vietnamese has, in words that are no names;
2. words: function words of all languages, and how many words the vocabularies of our three have; enough of them,
   speaking clearly for one language, decide;
3. otherwise langdetect's profiles, with the words and the source's claim as the prior.

langdetect has no profile of Galician, Malay, Latin, Esperanto and Basque: only words tell them, so a headline in
Galician may pass for Spanish. The prior is for a wire in three languages: two words that could be Spanish or
Portuguese are Spanish.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.function_words import FUNCTION_WORDS, LANGUAGES_OF
from pipeline.vocabulary import unmarked, vocabulary
from storage.records import LANGUAGES, OTHER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Verdict:
    """`language` is vi, es, en or other; `probability` is 0 where the text says nothing at all."""

    language: str
    probability: float
    evidence: Mapping[str, object]
    """What decided (`by`) and the figures behind it; plain JSON."""


_PROFILES = (
    *("af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt"),
    *("lv", "nl", "no", "pl", "pt", "ro", "sk", "sl", "so", "sq", "sv", "sw", "tl", "tr", "vi"),
)
_READ_AS = {"gl": "es", "eo": "es", "la": "en", "eu": "en"}
"""What langdetect takes the languages for of which it has no profile; their function words then divide the share."""
_PRIOR = {"en": 200.0, "es": 300.0, "vi": 200.0, "gl": 20.0, "ca": 12.0, "eo": 10.0, "pt": 5.0, "la": 5.0}
_PRIOR |= {"fr": 2.0, "it": 2.0, "id": 2.0}
"""Weights; every other language has 1. Set on half of the two-word texts (benchmarks/language.py): 20 for ours loses
one in six, 400 takes half the Portuguese ones for Spanish; sentences do not mind, but for Galician ones, which Spanish
profiles stand for."""

_WORD = 3.0
"""Log odds of one function word against a language that does not have it."""
_CLAIM = _WORD
"""A source's claim weighs one function word: it settles two words of which nothing is known, and no sentence."""
_NGRAM = 0.4
"""How much an n-gram counts: one, two and three letters at the same place are not three independent witnesses."""
_DECIDES = 9.0
"""Log odds at which function words need no second opinion: three words that the next language does not have."""

_KNOWS = {
    "en": {"en": 0.88, "": 0.12},
    "es": {"es": 0.88, "gl": 0.6, "pt": 0.45, "ca": 0.4, "it": 0.3, "fr": 0.2, "en": 0.2, "": 0.1},
    "vi": {"vi": 0.88, "": 0.1},
}
"""The share of a language's words that each vocabulary has: round guesses. Words with a capital may be names: they
speak only where a vocabulary has them."""
_GALICIAN = re.compile(r"x[aeiouáéíóú]\w+|\w*x[ei]\w+|\w+(?:[cstx]i[óo]ns|eir[oa]s?|dades?|axes?|\w[aeio]u|íns|áns)")
"""How Galician spells and ends words that Spanish has otherwise: *xente*, *relacións*, *primeiro*, *cidade*."""
_SPELLING = 1.5
"""Log odds for Galician of such a word, if neither Spanish nor English has it."""
_LETTERS = {"en": re.compile(r"[a-z]+"), "es": re.compile("[a-zñáéíóúü]+")}
_FOREIGN = 3.0
"""Log odds against a language of a word in small letters with a letter that the language has not."""

_QUOTED = 20
_SURE = 0.95
"""Letters, and the probability, from which a sentence counts as a quotation in another language. Names, brands and
exclamations are shorter."""

_READ = 2000
"""Characters that are read: more change nothing and cost time."""

_NOT_PROSE = re.compile(r"(?:https?://|www\.)\S+|\S{1,99}@\S{1,99}|[@#]\w+")
_WORDS = re.compile(r"[^\W\d_]+")
_ONLY_VIETNAMESE = re.compile("[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0đĐ]")
_SYLLABLE = re.compile(
    "(?:ngh?|th|tr|ch|ph|nh|kh|gh|gi|qu|[bcdghklmnprstvx])?"
    "(?:uye|uya|oai|oay|uay|uoi|ieu|yeu|uou|uyu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    "(?:ng|nh|ch|[cmnpt])?"
)


def identify(text: str, claim: str | None = None) -> Verdict:
    """The language of `text`; `claim` is what its source says. A claim tips a doubtful text and never a clear one."""
    # Cut first: on a megabyte without a space the patterns would take hours.
    prose = _NOT_PROSE.sub(" ", unicodedata.normalize("NFC", text[: 4 * _READ]))[:_READ]
    words = _WORDS.findall(prose)
    letters = sum(map(len, words))
    if letters < 2:
        return Verdict(OTHER, 0.0, {"by": "nothing to read", "letters": letters, "claim": claim})
    latin = _latin_share(words)
    if latin < 0.5:
        return Verdict(OTHER, round(1.0 - latin / 2, 4), {"by": "script", "latin": round(latin, 3), "claim": claim})
    words = _plain(words)
    vietnamese = sum(1 for word in words if _ONLY_VIETNAMESE.search(word)) / len(words)
    facts: dict[str, object] = {"words": len(words), "vietnamese": round(vietnamese, 3), "claim": claim}
    if vietnamese >= 0.34:
        return Verdict("vi", round(1.0 - 0.4 * math.exp(-len(words) * vietnamese), 4), {"by": "letters"} | facts)
    return _by_words(words, vietnamese, claim, facts)


def sentence_language(sentence: str, article: str) -> str:
    """The language of a sentence of an article in `article`: another one only where that is clear."""
    if sum(map(str.isalpha, sentence)) < _QUOTED:
        return article
    verdict = identify(sentence, article)
    return verdict.language if verdict.probability >= _SURE else article


def _by_words(words: Sequence[str], vietnamese: float, claim: str | None, facts: dict[str, object]) -> Verdict:
    lowered = [word.lower() for word in words]
    known = [word for word in lowered if word in LANGUAGES_OF]
    weights = _weights(known, words, vietnamese, claim)
    ranked = sorted(weights, key=lambda code: (-weights[code], code))
    best, margin = ranked[0], weights[ranked[0]] - weights[ranked[1]]
    hits = sum(1 for word in known if best in LANGUAGES_OF[word])
    facts |= {"function_words": hits, "best": best, "margin": round(margin, 2)}
    if margin >= _DECIDES and hits >= max(3, 0.15 * len(words)):
        language = best if best in LANGUAGES else OTHER
        return Verdict(language, round(1.0 - math.exp(-margin), 4), {"by": "function words"} | facts)
    probabilities = _langdetect(lowered, weights)
    shares = {code: sum(p for name, p in probabilities if name == code) for code in LANGUAGES}
    shares[OTHER] = max(0.0, 1.0 - sum(shares.values()))
    language = max(shares, key=lambda code: (shares[code], code))
    facts["langdetect"] = {name: round(p, 4) for name, p in probabilities if p >= 0.01}
    return Verdict(language, round(shares[language] * _trust(lowered), 4), {"by": "langdetect"} | facts)


def _trust(words: Sequence[str]) -> float:
    """How far the profiles are to be believed: they are as sure of two words as of two hundred."""
    return 1.0 - 0.5 * math.exp(-sum(map(len, words)) / 15)


def _weights(known: Sequence[str], words: Sequence[str], vietnamese: float, claim: str | None) -> dict[str, float]:
    """Log weight of each language before langdetect has looked."""
    codes = sorted({*_PROFILES, *FUNCTION_WORDS})
    weights = {code: math.log(_PRIOR.get(code, 1.0)) for code in codes}
    for word in known:
        for code in codes:
            weights[code] -= _WORD * (code not in LANGUAGES_OF[word])
    for name, known_words in vocabulary().items():
        has, lacks = _familiar(words, name, known_words)
        for code in codes:
            share = _KNOWS[name].get(code, _KNOWS[name][""])
            weights[code] += has * math.log(share) + lacks * math.log(1.0 - share)
    weights["gl"] += _SPELLING * sum(1 for word in words if word.islower() and _is_galician(word))
    for code, letters in _LETTERS.items():
        weights[code] -= _FOREIGN * sum(1 for word in words if word.islower() and not letters.fullmatch(word))
    weights["vi"] += 10.0 * vietnamese
    if claim in LANGUAGES:
        weights[claim] += _CLAIM
    return weights


def _familiar(words: Sequence[str], name: str, known: frozenset[str]) -> tuple[int, int]:
    """How many of the words the vocabulary has, and how many it lacks that are no names."""
    lowered = [unmarked(word.lower()) if name == "vi" else word.lower() for word in words]
    has = [low in known and (name != "vi" or _SYLLABLE.fullmatch(low) is not None) for low in lowered]
    lacks = sum(1 for word, it in zip(words, has, strict=True) if not it and word[0].islower() and len(word) > 1)
    return sum(has), lacks


def _is_galician(word: str) -> bool:
    return not any(word in vocabulary()[name] for name in ("es", "en")) and _GALICIAN.fullmatch(word) is not None


def _plain(words: list[str]) -> list[str]:
    """Without the words that have a capital where Vietnamese names could be among them: *Trịnh Văn Quyết meets*."""
    lower = [word for word in words if word[0].islower()]
    named = any(_ONLY_VIETNAMESE.search(word) for word in words)
    return lower if named and len(lower) >= 0.15 * len(words) else words


def _latin_share(words: Sequence[str]) -> float:
    letters = "".join(words)
    beyond = sum(1 for letter in letters if letter > "\u024f")
    vietnamese = sum(1 for letter in letters if "\u1e00" <= letter <= "\u1eff")
    return 1.0 - (beyond - vietnamese) / len(letters)


@cache
def _profiles() -> tuple[dict[str, int], NDArray[np.float32]]:
    """langdetect's n-grams, and the log probability of each (rows) in each of `_PROFILES` (columns).

    langdetect itself draws n-grams at random until it is sure, so that a pair of words is counted fifty times over.
    Each n-gram once is exact, needs no seed and no lock, and is ten times as fast.
    """
    import numpy as np
    from langdetect import detector_factory

    factory = detector_factory.DetectorFactory()
    directory = Path(detector_factory.PROFILES_DIRECTORY)
    factory.load_json_profile([(directory / code).read_text(encoding="utf-8") for code in _PROFILES])
    smoothing = detector_factory.Detector.ALPHA_DEFAULT / detector_factory.Detector.BASE_FREQ
    table = np.log(np.array(list(factory.word_lang_prob_map.values())) + smoothing)
    return {str(gram): row for row, gram in enumerate(factory.word_lang_prob_map)}, table.astype(np.float32)


def _langdetect(words: Sequence[str], weights: Mapping[str, float]) -> list[tuple[str, float]]:
    """Languages and probabilities, the likeliest first."""
    from langdetect.utils.ngram import NGram

    rows, table = _profiles()
    text = f" {NGram.normalize_vi(' '.join(words))} "
    grams = (text[at : at + size] for size in (1, 2, 3) for at in range(len(text) - size + 1))
    found = [rows[gram] for gram in grams if gram in rows and gram != " "]
    likelihood = dict(zip(_PROFILES, _NGRAM * table[found].sum(axis=0, dtype="float64"), strict=True))
    scores = {code: weight + float(likelihood[_READ_AS.get(code, code)]) for code, weight in weights.items()}
    top = max(scores.values())
    odds = {code: math.exp(score - top) for code, score in scores.items()}
    total = sum(odds.values())
    return sorted(((code, share / total) for code, share in odds.items()), key=lambda pair: (-pair[1], pair[0]))
