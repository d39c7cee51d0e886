"""Sentences of Vietnamese, Spanish and English news, by rule and without a model.

A full stop ends a sentence unless what stands before it is an abbreviation, an initial or a list number, or what
follows goes on in lower case. Joining the sentences of a paragraph with spaces gives the paragraph back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.abbreviations import ALWAYS, BEFORE_NUMBER, ENDS, MAY_END

LONGEST = 120
"""Words in a sentence, about 200 tokens in Vietnamese: past that the models lose the thread, so a longer one is cut."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`paragraph` counts from 0; `text` has single spaces."""

    paragraph: int
    text: str


_PARAGRAPH = re.compile(r"\n\s*\n")
_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹¿¡-–—•*"
_END = re.compile(rf"(?:[.!?…]+|[。！？]+)[{re.escape(_CLOSERS)}]*(?=\s|$)")
_INITIAL = re.compile(r"(?:[^\W\d_]|Th|Ph|Ng|Nh|Tr|Ch|Kh|Gi)\.")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,4}\.){2,}")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[a-zđ])[.)]\.?")
_QUOTE_ENDS = re.compile(rf"[{re.escape(_CLOSERS)}]+$")
_CUTS = (";", ":", ",")
_ERAS = ("a. C.", "d. C.")


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
    """The sentences of one paragraph; empty where it is blank."""
    text = " ".join(paragraph.split())
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() == len(text) or _ends(text, start, match, language):
            sentences.append(text[start : match.end()].strip())
            start = match.end()
    if text[start:].strip():
        sentences.append(text[start:].strip())
    return [part for sentence in sentences for part in cut(sentence)]


def cut(sentence: str, longest: int = LONGEST) -> list[str]:
    """The sentence in parts of at most `longest` words, cut after a semicolon, colon or comma, else anywhere."""
    words = sentence.split()
    if len(words) <= longest:
        return [sentence]
    at = halfway(words)
    return [*cut(" ".join(words[:at]), longest), *cut(" ".join(words[at:]), longest)]


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
    mark = match.group()
    following = text[match.end() : match.end() + 60].lstrip()
    opened = following.lstrip(_OPENERS + " ")
    if not opened:
        return False
    starts = not opened[0].islower()
    if not mark.startswith("."):
        # «¡Viva Cuba!», exclamó: what goes on in lower case is the same sentence.
        return starts and not (mark.startswith("…") and following.startswith((",", ";")))
    if not starts:
        return False
    if mark.startswith(".."):
        return True
    word = _word_before(text[start : match.start() + 1])
    closed = len(_QUOTE_ENDS.findall(mark)) > 0
    quoted = following[0] in '"“«' and _INITIAL.fullmatch(word) is not None
    return closed or quoted or _stop_ends(word, text[start : match.start() + 1].strip(), opened, language)


def _stop_ends(word: str, so_far: str, opened: str, language: str) -> bool:
    bare = word.rstrip(".").casefold()
    numbered = opened[0].isdigit() or opened[0] in "IVX"
    if bare in ENDS or so_far.endswith(_ERAS):
        return True
    if bare in ALWAYS[language] or (numbered and bare in BEFORE_NUMBER[language]):
        return False
    if so_far == word and _LIST_NUMBER.fullmatch(word):
        return False
    initial = _INITIAL.fullmatch(word) is not None and word[0].isupper()
    # EE.UU. Washington ..., J. Smith: nothing in the text tells, but the words that begin sentences are few.
    doubtful = initial or bare in MAY_END[language] or _DOTTED.fullmatch(word) is not None
    return not doubtful or _begins_sentence(opened)


def _word_before(text: str) -> str:
    return text.rsplit(" ", 1)[-1].lstrip(_OPENERS)


_BEGINNINGS = frozenset(
    word
    for words in (
        "the this that these those it he she they we in on at but and after when while if as a an there however",
        "his her their its some many most several both one two more our you what who where how no not so since",
        "because despite",
        "el la los las un una este esta en por para según pero y al se lo no además tras sin desde durante como",
        "cuando su sus ese esa esto estos estas aunque también muchos pocos algunos varios otros cada mientras sobre",
        "ông bà anh chị các những trong tại theo đây đó khi sau trước tuy nhưng và với ngoài để do nếu từ",
        "cuộc việc hai bên đồng nó họ chúng tôi bà cô mỗi nhiều một đến lúc hiện vì bởi cũng sự người bạn đội phải",
    )
    for word in words.split()
)


def _begins_sentence(opened: str) -> bool:
    first = re.split(r"[\s,;:]", opened, maxsplit=1)[0]
    return first.casefold() in _BEGINNINGS
