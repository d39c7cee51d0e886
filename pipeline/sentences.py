"""Sentences of Vietnamese, Spanish and English news, by rule and without a model.

A full stop ends a sentence unless what stands before it is an abbreviation, an initial or a list number, or what
follows goes on in lower case. Nothing is lost but white space: the sentences of a paragraph hold its characters in
their order. Each mark is looked at with a few words on both sides and no more, so the time is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.abbreviations import (
    AFTER_HOURS,
    ALWAYS,
    BEFORE_LETTER,
    BEFORE_NUMBER,
    BEGINNINGS,
    DOMAINS,
    ENDS,
    EXCLAIMED,
    HOURS,
    INSTITUTION_NAMES,
    INSTITUTIONS,
    MAY_END,
    UNNAMED,
)

LONGEST = 120
"""Words in a sentence, about 200 tokens in Vietnamese: past that the models lose the thread, so a longer one is cut."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`paragraph` counts from 0; `text` has single spaces."""

    paragraph: int
    text: str


_PARAGRAPH = re.compile(r"\n\s*\n")
# Lines that are items of a list, or turns of a dialogue. A dash and a space may follow the place of a dateline.
_ITEM = re.compile(r"\n[^\S\n]*(?=[•▪◦●·*]|[-–](?![\d-])|—\S|\d{1,2}[.)]\s|\(?[a-zđ]\)\s)")
_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹¿¡-–—•*"
# Runs of marks are taken whole and from their first mark on: a page of dots costs what a page of letters costs. The
# last alternative is a capital where the space was forgotten.
_END = re.compile(
    rf"(?<![.!?…。！？])(?:(?:\. ){{2,}}\.|[.!?…]++|[。！？]++)[{re.escape(_CLOSERS)}]*+"
    r"(?=\s|$|[¿¡“«]?[A-ZÀ-ÞĂĐĨŨƠƯẠ-Ỹ])"
)
_AROUND = 80
"""Characters that are looked at on either side of a mark."""
_INITIAL = re.compile(r"(?:[^\W\d_]|Th|Ph|Ng|Nh|Tr|Ch|Kh|Gi)\.")
_INITIALS = re.compile(rf"{_INITIAL.pattern}|(?:[^\W\d_]\.)+")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.){2,}")
_SPANISH_ORDINAL = re.compile(r"\d+(?:r[oa]|d[oa]|t[oa]|m[oa]|v[oa]|n[oa]|er)\.")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[a-zđ])[.)]\.?")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s")
_LETTERED = re.compile(r"[a-zđ]\)\s")
_ROMAN = re.compile(r"[IVXLC]{2,}\b|[VX]\b")
_ORDINAL = re.compile(r"[IVX]+\.")
_CHAIN = re.compile(r"[^\W\d_]\.")
_PLAIN = re.compile(r"[^\W\d_]+,? ([^\W\d_])")
_LOCAL_TIME = re.compile(r"(?:\w+ ){1,2}time\b")
_ADDRESS = re.compile(r"@|www\.|://|[^\W\d_]/")
_LETTERS = re.compile(r"[^\W\d_]+$")
_WHOLE_WORD = re.compile(r"[^\W\d_](?:[^\W\d_A-Z]*)(?=[\s,])")
_CREDIT = re.compile(r"\((?:Ảnh|Nguồn|Fotos?|Fuente|Tomado de|Photos?|Source|Video)\b[^()]{1,80}\)(?= [^\W\d_a-z])")
_ATTRIBUTED = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]* ){1,4}"
    r"(?:said|says|asked|asks|added|replied|answered|wrote|told|cried|shouted|declared|tweeted|wondered|exclaimed)\b"
)
_DATELINE = re.compile(r"(?:[^\W\d_a-z][^\W\d_]+\s|(?:de|del|la|las|los)\s){0,4}[^\W\d_a-z][^\W\d_]+\.")
_ENGLISH_COUNTRIES = ("U.S.", "U.K.", "U.N.", "U.S.A.")  # U.S. Steel, U.S. Army, in any language
_CUTS = (";", ":", ",")
_ERAS = ("a. C.", "d. C.")


class _Stop(NamedTuple):
    """A mark that may end a sentence, and what stands around it, in NFC."""

    mark: str
    word: str
    """The word before, with the mark's first character and without what opens it."""
    previous: str
    sentence: str
    """The beginning of the sentence, up to the mark where it is short."""
    alone: bool
    """The word is all that the sentence has as yet."""
    following: str
    opened: str
    """What follows, without what opens it."""
    language: str


def split(text: str, language: str) -> list[Sentence]:
    """The sentences of all paragraphs, which blank lines separate; other white space is one space."""
    found: list[Sentence] = []
    number = 0
    for paragraph in _PARAGRAPH.split(text.strip()):
        sentences = split_paragraph(paragraph, language)
        found.extend(Sentence(number, sentence) for sentence in sentences)
        number += bool(sentences)
    return found


def split_paragraph(paragraph: str, language: str) -> list[str]:
    """The sentences of one paragraph; empty where it is blank. A line that is an item of a list begins a sentence."""
    items = (" ".join(item.split()) for item in _ITEM.split(paragraph))
    return [part for item in items for sentence in _sentences(item, language) for part in cut(sentence)]


def _sentences(text: str, language: str) -> list[str]:
    credit = _CREDIT.match(unicodedata.normalize("NFC", text[: 2 * _AROUND]))
    start = text.index(")") + 1 if credit else 0
    sentences = [text[:start]] if credit else []
    for match in _END.finditer(text, start):
        if match.end() == len(text) or _ends(text, start, match, language):
            sentences.append(text[start : match.end()].strip())
            start = match.end()
    if text[start:].strip():
        sentences.append(text[start:].strip())
    return sentences


def cut(sentence: str, longest: int = LONGEST) -> list[str]:
    """The sentence in parts of at most `longest` words, cut after a semicolon, colon or comma, else anywhere."""
    words = sentence.split()
    if len(words) <= longest:
        return [sentence]
    parts: list[str] = []
    start = 0
    while start < len(words):
        # What no person wrote is cut from its beginning on: halves of halves of a whole book would be slow.
        window = words[start : start + 16 * longest]
        at = halfway(window) if len(window) > longest else len(window)
        parts += cut(" ".join(window[:at]), longest)
        start += at
    return parts


def halfway(words: list[str]) -> int:
    """How many of the words (two at least) belong to the first half: to the mark nearest the middle."""
    middle = len(words) / 2
    near = range(max(1, len(words) // 5), len(words) - len(words) // 5)
    for mark in _CUTS:
        marked = [at for at in near if words[at - 1].endswith(mark)]
        if marked:
            return min(marked, key=lambda at: abs(at - middle))
    return int(middle)


def _ends(text: str, start: int, match: re.Match[str], language: str) -> bool:
    """Whether the mark, which is not the last of its paragraph, ends the sentence that began at `start`."""
    after = unicodedata.normalize("NFC", text[match.end() : match.end() + _AROUND])
    following = after.lstrip()
    opened = following.lstrip(_OPENERS + " ")
    # A letter before a bracket is an item of a list: a) ... b) ...
    if not opened or (opened[0].islower() and not _LETTERED.match(opened)):
        return False
    at = match.start() + 1
    before = unicodedata.normalize("NFC", text[max(start, at - _AROUND) : at])
    words = before.rsplit(maxsplit=2)
    sentence = before if at - start <= _AROUND else text[start : start + _AROUND]
    word = words[-1].lstrip(_OPENERS)
    previous = words[-2] if len(words) > 1 else ""
    alone = at - start <= _AROUND and len(words) == 1
    stop = _Stop(match.group(), word, previous, sentence.lstrip(), alone, following, opened, language)
    if after == following:
        return _ends_without_space(stop, words[-1])
    if not stop.mark.startswith("."):
        return _exclamation_ends(stop)
    if stop.mark.startswith(("..", ". .")) or stop.mark[-1] in _CLOSERS:
        return True
    return _full_stop_ends(stop)


def _exclamation_ends(stop: _Stop) -> bool:
    """The same for a question, an exclamation and an ellipsis of one character."""
    if stop.mark.startswith("…") and stop.following.startswith((",", ";")):
        return False
    if stop.mark[-1] in _CLOSERS and _ATTRIBUTED.match(stop.opened):
        return _first_word(stop.opened) in BEGINNINGS
    return stop.mark != "!" or not stop.word[0].isupper() or stop.word[:-1].casefold() not in EXCLAIMED


def _full_stop_ends(stop: _Stop) -> bool:
    bare = stop.word.rstrip(".").casefold()
    certain = bare in ENDS or f"{stop.previous} {stop.word}".endswith(_ERAS) or _is_next_item(stop)
    if certain or _goes_on(stop, bare):
        return certain
    if bare in HOURS and stop.previous[-1:].isdigit():
        named = _first_word(stop.opened) in AFTER_HOURS or _LOCAL_TIME.match(stop.opened) is not None
        return stop.opened[0].isalnum() and not named
    shortened = bare in MAY_END[stop.language]
    initial = not shortened and stop.word[0].isupper() and _INITIALS.fullmatch(stop.word) is not None
    if initial and (stop.following[0] in '"“«' or stop.previous.casefold() in BEFORE_LETTER):
        return True
    # EE.UU. Washington ..., J. Smith: nothing in the text tells, but the words that begin sentences are few.
    doubtful = initial or shortened or _DOTTED.fullmatch(stop.word) is not None
    dashed = stop.following[0] in "-–—" and stop.following[1:2] in "-–— "
    if not doubtful:
        return not (dashed and _DATELINE.fullmatch(stop.sentence))
    if stop.alone or dashed or _is_capitals(stop.opened):
        return False
    return _first_word(stop.opened) in BEGINNINGS or _is_plain(stop, initial=initial)


def _goes_on(stop: _Stop, bare: str) -> bool:
    """What stands before the stop asks for more."""
    always = ALWAYS[stop.language]
    last = bare.rpartition(".")[2]
    if bare in always or (last in always and len(last) > 1):
        return True
    if bare in INSTITUTIONS:
        return _first_word(stop.opened) in INSTITUTION_NAMES or not _is_plain(stop, initial=False)
    numbered = stop.opened[0].isdigit() or _ROMAN.match(stop.opened) is not None
    if (numbered and bare in BEFORE_NUMBER[stop.language]) or (stop.alone and _LIST_NUMBER.fullmatch(stop.word)):
        return True
    if len(bare) == 1 and bare.isalpha() and _CHAIN.match(stop.opened):
        return True
    return _is_ordinal(stop)


def _is_ordinal(stop: _Stop) -> bool:
    if stop.language == "es" and _SPANISH_ORDINAL.fullmatch(stop.word):
        return True
    return _ORDINAL.fullmatch(stop.word) is not None and stop.previous.casefold() in {"the", "el", "la"}


def _ends_without_space(stop: _Stop, token: str) -> bool:
    """hôm nay.Ông nói: the space after the mark was forgotten. VOV.VN, J.Biden and TP.Vinh have none to forget."""
    if not _WHOLE_WORD.match(stop.opened) or not stop.opened[0].isupper() or _ADDRESS.search(token):
        return False
    letters = _LETTERS.search(token[:-1])
    if letters is None:
        # A figure or a closing mark; not 1.Tên at the beginning, nor the dots that a text begins with.
        said = any(character.isalnum() for character in token)
        return said and not (stop.alone and _LIST_NUMBER.fullmatch(stop.word))
    word = letters[0]
    if stop.mark != ".":
        return len(word) > 1
    known = ALWAYS[stop.language] | BEFORE_NUMBER[stop.language] | MAY_END[stop.language]
    if word.casefold() in known or "." in token[:-1] or _INITIAL.fullmatch(stop.word):
        return False
    if word.islower():
        # os.Path, de.Stress: only Vietnamese has many words as short as that.
        return len(word) > (1 if stop.language == "vi" else 2) and _first_word(stop.opened) not in DOMAINS
    # Man.City, FreeVPN.One: after a name, only what surely begins a sentence.
    return word.istitle() and len(word) > 1 and _first_word(stop.opened) in BEGINNINGS


def _is_next_item(stop: _Stop) -> bool:
    """1. ... 2. ...: the sentence is an item of a numbered list, and the next number follows."""
    number, item = _NUMBERED.match(stop.opened), _NUMBERED.match(stop.sentence)
    return number is not None and item is not None and int(number[1]) == int(item[1]) + 1


def _is_plain(stop: _Stop, *, initial: bool) -> bool:
    """A capital and then a small letter: in Vietnamese and Spanish, names after an abbreviation have two capitals."""
    following = _PLAIN.match(stop.opened)
    if stop.language == "en" or following is None or not following[1].islower() or stop.word in _ENGLISH_COUNTRIES:
        return False
    return not initial or stop.word[1:2].islower() or stop.previous.casefold() in UNNAMED


def _is_capitals(text: str) -> bool:
    """A headline: there, capitals tell nothing."""
    words = text.split()[:4]
    return len(words) > 1 and all(word == word.upper() for word in words) and any(len(word) > 3 for word in words)


def _first_word(text: str) -> str:
    return re.split(r"[\s,;:]", text, maxsplit=1)[0].rstrip(".").casefold()
