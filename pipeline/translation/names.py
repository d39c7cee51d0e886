"""Names in Vietnamese and Spanish text: by their words, or by the word before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.translation.acronyms import is_acronym
from pipeline.translation.figure_words import ROMAN, unmarked
from pipeline.translation.gazetteer import (
    AMBIGUOUS_AFTER,
    BEFORE_A_PERSON,
    BEFORE_A_PLACE,
    BEFORE_HALF_A_NAME,
    CHINA,
    CONNECTORS,
    COUNTRIES_IN_VIETNAMESE,
    CUBAN_PLACES,
    ENGLISH_NAMES,
    ENGLISH_NAMES_NEAR_CHINA,
    FAMILY_NAMES,
    GIVEN_NAMES,
    NO_FOREIGN_NAMES,
    NO_NAMES,
    NO_PERSONS,
    NO_PLACES,
    NO_SURNAMES,
    RISKY_FAMILY_NAMES,
    SURELY_VIETNAMESE,
    SURNAMES,
    SURNAMES_AMONG_NO_NAMES,
    TITLES,
    TO_THE_CHINESE,
    VIETNAMESE_PLACES,
    WORDY_SURNAMES,
)
from pipeline.translation.lexicon import spanish_words

LONGEST_VIETNAMESE_NAME = 5
LONGEST_NAME = 7
LONGEST_NO_NAME = 3

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:[-'’][^\W\d_]+)*(?!\w|-\d)")
# Consonants, vowels, end; foreign words hardly ever have this shape.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
# Marks that only Vietnamese has: I-rắc is Iraq, and München is München.
_ONLY_VIETNAMESE_MARKS = re.compile("[ảạăắằẳẵặấầẩẫậđẻẽẹếềểễệỉĩịỏọốồổỗộơớờởỡợủũụưứừửữựỷỹỵ]", re.IGNORECASE)
# Of words that may be missing in the list: Consejería, Episcopado.
_SPANISH_ENDING = re.compile(
    r"(?:ía|[aiu]d[oa]|[cs]i[oó]n|[cs]ione|dad|dade|tura|ncia|ismo|ista|[aeo]ri[oa]|ic[oa]|mente|[dt]ora?|[dt]ore|miento"
    r"|eta|nte|ble)s?$"
)
_SPANISH_BEGINNING = re.compile(r"^(?:anti|auto|bio|ex|inter|micro|mini|multi|pre|pro|semi|sub|super|tele|ultra|vice)")
_ROMAN = re.compile(ROMAN)
_CAMEL = re.compile(r"[A-Za-z]{1,20}[a-z][A-Z][A-Za-z]{1,20}")
# Of no Spanish word: rituximab, oropouche.
_LOWER_WORD = re.compile(r"(?<![\w@#./'’-])(?:[a-z]{5,29}[bcfgkmptvwx]|(?=[a-z]{0,29}ou)[a-z]{6,30})(?![\w@./-])")
_HOUSE = re.compile(r"[1-9]\d{0,3}[a-z]?")
_LARGER_PLACE = re.compile(r", [A-ZĐ][^\W\d_]* [A-ZĐ]")
_OPENING = "".join((" \t", "\u00a0", "\"“«‘'(", "¿¡", "-–—"))

_GIVES_NAMES = re.compile(
    r"(?:^|\s)(?:(?:hurac[aá]n|cicl[oó]n|tif[oó]n|finca|granja|cooperativa|buque|barco|pesquero|petrolero|crucero|velero|yate"
    r"|motonave|draga|remolcador[a]?|embarcaci[oó]n|escala)(?: (?:escuela|tanque|mercante|hospital|estatal|ganadera))?"
    r"|tormenta(?: tropical)?|red social|parque (?:solar|fotovoltaico|eólico)(?: fotovoltaico)?"
    r"|(?:finca|granja|caserío|poblado|municipio|cementerio|necrópolis) de) $",
    re.IGNORECASE,
)
"""In Spanish text: what follows in capitals is the name, whatever its words."""

Run = list[re.Match[str]]


def _plain_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(unmarked(name) for name in names)


_PLAIN_FAMILY_NAMES = _plain_names(FAMILY_NAMES)
_PLAIN_RISKY = _plain_names(RISKY_FAMILY_NAMES) | {"Le", "Do", "To", "Vo", "Ta", "Dam", "Tang"}
_PLAIN_GIVEN_NAMES = _plain_names(GIVEN_NAMES)
_PLAIN_SURNAMES = _plain_names(SURNAMES)
_PLAIN_WORDY_SURNAMES = _plain_names(WORDY_SURNAMES)
_PLACES = VIETNAMESE_PLACES | CUBAN_PLACES | SURELY_VIETNAMESE
_PLAIN_PLACES = _plain_names(_PLACES)


def names(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Starts, ends, and the English."""
    if language == "es":
        yield from ((*word.span(), word.group()) for word in _LOWER_WORD.finditer(text) if _is_foreign_to_spanish(word))
    sentence = _Sentence(text, language, any(word in text for word in CHINA))
    for run in _runs(text):
        at = 0
        while at < len(run):
            rest = run[at : at + LONGEST_NAME + 1]
            skipped, length, english = sentence.name(rest)
            if length:
                start, end = rest[skipped].start(), rest[skipped + length - 1].end()
                yield start, end, english or text[start:end]
            at += max(1, skipped + length)


def _runs(text: str) -> Iterator[Run]:
    """Words in capitals that follow one another with a space between, small connecting words among them."""
    run: Run = []
    for word in _WORD.finditer(text):
        between = text[run[-1].end() : word.start()] if run else ""
        if run and between != " " and not (between == ". " and len(run) > 1 and len(run[-1].group()) == 1):
            yield run
            run = []
        if (word.group()[0].isupper() and not is_acronym(word.group())) or (run and word.group() in CONNECTORS):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


NameFound = tuple[int, int, str]
"""How many words to pass over, how many the name has (0 where there is none), its English where it is another."""
_NO_NAME: NameFound = (0, 0, "")


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    language: str
    is_about_china: bool

    def name(self, run: Run) -> NameFound:
        """What the run begins with."""
        if english := self._english(run):
            return english
        skipped, place = _no_name(run), _place(run)
        if skipped >= max(place, 1):
            return skipped, 0, ""
        if length := place or self._person(run):
            return 0, length, ""
        if self.language == "vi":
            skipped, length = self._foreign(run)
            return skipped, length or self._announced(run), ""
        length = self._spanish(run) or _vietnamese_in_spanish(run) or self._called(run) or self._unknown(run)
        return 0, length or int(_CAMEL.fullmatch(run[0].group()) is not None), ""

    def _english(self, run: Run) -> NameFound | None:
        for length in range(min(3, len(run)), 0, -1):
            words = self.text[run[0].start() : run[length - 1].end()]
            english = ENGLISH_NAMES[self.language].get(words)
            if not english and self.is_about_china and self.language == "vi":
                english = ENGLISH_NAMES_NEAR_CHINA.get(words)
            if english:
                return None if self._goes_on(run[length:]) else (0, length, english)
        return None

    def _goes_on(self, rest: Run) -> bool:
        """In Vietnamese: as in `Sài Gòn Giải Phóng`, a newspaper."""
        return self.language == "vi" and bool(rest) and not rest[0].group().isascii() and not _no_name(rest)

    def _word_before(self, run: Run) -> str:
        """With a space between, else nothing."""
        before = re.search(r"([^\W_]+) $", self.text[max(0, run[0].start() - 20) : run[0].start()])
        return before[1] if before else ""

    def _begins(self, run: Run, after: str = "") -> bool:
        """Whether the run, or the word `after` which it stands, begins a sentence."""
        start = run[0].start() - (len(after) + 1 if after else 0)
        return not self.text[max(0, start - 4) : start].strip(_OPENING) or (
            self.text[max(0, start - 2) : start].strip() in {".", ":", "?", "!"}
        )

    def _person(self, run: Run) -> int:
        """The words of the Vietnamese name that a run begins with; 0 where it begins with none."""
        first = run[0].group()
        if first not in FAMILY_NAMES and not (first.isascii() and first in _PLAIN_FAMILY_NAMES):
            return 0
        length = 1
        while (
            length < min(len(run), LONGEST_VIETNAMESE_NAME)
            and _is_syllable(run[length].group())
            and not (first not in FAMILY_NAMES and not run[length].group().isascii())
            and not _no_name(run[length:])
        ):
            length += 1
        risky = first in (_PLAIN_RISKY if first.isascii() else RISKY_FAMILY_NAMES)
        middle = {match.group() for match in run[1:length]}
        if self.is_about_china and first in TO_THE_CHINESE and middle.isdisjoint({"Thị", "Văn", "Đình", "Hữu"}):
            return 0
        return length if length >= (3 if risky else 2) else 0

    def _foreign(self, run: Run) -> tuple[int, int]:
        """In Vietnamese text: where a name begins that is not Vietnamese, and its words."""
        length = 0
        certain = False
        for at, match in enumerate(run[:LONGEST_NAME]):
            word = match.group()
            if not _is_foreign(word) or word in COUNTRIES_IN_VIETNAMESE or (at and _no_name(run[at:])):
                break
            if word == "do" or (not at and word in CONNECTORS):  # which is also Vietnamese
                break
            certain = certain or not _is_syllable(word)
            length += 1
        while length and run[length - 1].group() in CONNECTORS:
            length -= 1
        before = self._word_before(run)
        if run[0].group() in NO_FOREIGN_NAMES or not certain:
            return 0, 0
        alone = run[0].group()
        if length == 1 and (len(alone) < 4 or ("-" in alone[:-1] and alone[alone.index("-") + 1].islower())):
            return 0, 0
        if length == 1 and before in {"người", "xứ", "nước", "phủ", "tiếng"}:
            return 0, 0
        comrade = self.text[max(0, run[0].start() - 9) : run[0].start()].lower() == "đồng chí "
        if length > 2 and before in AMBIGUOUS_AFTER and run[0].group() not in GIVEN_NAMES and not comrade:
            return length - 2, 2
        return 0, length

    def _announced(self, run: Run) -> int:
        """In Vietnamese text: all the words in capitals, where the word before them tells what they are."""
        words = [match.group() for match in run]
        if not all(map(_is_syllable, words)) or not 2 <= len(words) <= 4 or self.is_about_china:
            return 0
        before = self._word_before(run)
        if before[:1].isupper() and not self._begins(run, before):
            return 0
        before = before.lower()
        # An address: the number of a house, its street, and a larger place.
        is_street = _HOUSE.fullmatch(before) and _LARGER_PLACE.match(self.text, run[-1].end())
        if before in BEFORE_A_PLACE or is_street:
            return len(words) if NO_PLACES.isdisjoint(words) else 0
        return len(words) if before in BEFORE_A_PERSON else 0

    def _surname_alone(self, run: Run) -> int:
        """Within a Spanish sentence: `explicó Marrero`; with a hyphen anywhere: `Díaz-Canel`."""
        word = run[0].group()
        if _is_surname_pair(unmarked(word)):
            return 1
        within = re.search(r"[a-záéíóúüñ,] $", self.text[max(0, run[0].start() - 2) : run[0].start()]) is not None
        sure = _is_surname(word) and unmarked(word) not in _PLAIN_WORDY_SURNAMES
        return int(len(run) == 1 and within and sure)

    def _called(self, run: Run) -> int:
        """In Spanish text: all the words in capitals after one that gives names (`huracán`, `finca`, `red social`)."""
        head = _GIVES_NAMES.search(self.text[max(0, run[0].start() - 40) : run[0].start()])
        if not head:
            return 0
        length = 0
        for at, match in enumerate(run[:LONGEST_NAME]):
            word = match.group()
            if word in CONNECTORS and at:
                continue
            if at and (word in NO_NAMES or _place(run[at:])) and run[at - 1].group() in CONNECTORS:
                break
            length = at + 1
        first = run[0].group()
        return length if length > 1 or (first not in NO_NAMES and (len(first) > 2 or "social" in head.group())) else 0

    def _unknown(self, run: Run) -> int:
        """In Spanish text: the words that no Spanish text writes in small letters, and that English keeps.

        Behind the first, a surname may be any word, and one that stands before another such word, too.
        """
        length = 0
        for at, match in enumerate(run[:LONGEST_NAME]):
            word = match.group()
            if word in ({"van", "von", "der", "bin"} if at else {"Le", "The"}):
                continue
            if at and length == at and (_is_surname(word) or word in SURNAMES_AMONG_NO_NAMES):
                length = at + 1
            if word in NO_NAMES or word in CONNECTORS:
                break
            if _is_unknown(word):
                length = at + 1
            elif not length or at > length:
                break
        if length > 1:
            return length
        if re.match(r" del? (?:l[ao]s? )?[^\W\d_]", self.text[run[0].end() :][:9]) and _is_half(run):
            return 0
        part_of_more = self._word_before(run) in BEFORE_HALF_A_NAME
        certain = length == 1 and len(run[0].group()) > 3 and not self._begins(run) and not part_of_more
        return 1 if certain else self._surname_alone(run)

    def _spanish(self, run: Run) -> int:
        """In Spanish text: the words of a name with a given name or a title in front, or a surname at the end."""
        length = _spanish_words(run)
        words = [match.group() for match in run[:length]]
        if length < 2 or _ROMAN.fullmatch(words[-1]) or re.match(r" [IVX]+\b", self.text[run[length - 1].end() :][:6]):
            return 0
        if unmarked(words[0]) in _PLAIN_GIVEN_NAMES or self._word_before(run) in TITLES:
            return length
        surname = any(_is_surname(word) and unmarked(word) not in _PLAIN_WORDY_SURNAMES for word in words[1:])
        return length if surname and (not self._begins(run) or _is_surname(words[0])) else 0


def _place(run: Run) -> int:
    for length in (5, 4, 3, 2, 1):
        words = " ".join(match.group() for match in run[:length])
        if len(run) >= length and (words in _PLACES or (words.isascii() and words in _PLAIN_PLACES)):
            return length
    return 0


def _no_name(run: Run) -> int:
    """The words of what only looks like the beginning of a name."""
    words = [unmarked(match.group()).casefold() for match in run[:LONGEST_NO_NAME]]
    return next((length for length in range(len(words), 0, -1) if " ".join(words[:length]) in NO_PERSONS), 0)


def _is_foreign(word: str) -> bool:
    """Not written as Vietnamese is: no syllable with marks, nor syllables tied by hyphens (I-rắc, Pa-ki-xtan)."""
    parts = word.split("-")
    if any(not part.isascii() and (_is_syllable(part) or _ONLY_VIETNAMESE_MARKS.search(part)) for part in parts):
        return False
    return len(parts) == 1 or (len(parts) == 2 and not all(_SYLLABLE.fullmatch(part) for part in parts))


_ONLY_VIETNAMESE = re.compile(r"(?:ngh?|nh|ph|th|kh).*|.*(?:ng|nh)", re.IGNORECASE)


def _vietnamese_in_spanish(run: Run) -> int:
    words = [match.group() for match in run]
    length = next((at for at, word in enumerate(words) if not _is_syllable(word) or word in NO_NAMES), len(words))
    certain = any(_ONLY_VIETNAMESE.fullmatch(unmarked(word)) for word in words[:length])
    return length if certain and 2 <= length <= LONGEST_VIETNAMESE_NAME else 0


def _spanish_words(run: Run) -> int:
    """How far words in capitals go that may be one person's name: not over `de` before a place, nor an institution."""
    words = [match.group() for match in run[:LONGEST_NAME]]
    length = 0
    for at, word in enumerate(words):
        if (word in NO_NAMES and not (at and word in SURNAMES_AMONG_NO_NAMES)) or (at == 0 and word in CONNECTORS):
            break
        if word in CONNECTORS:
            continue
        joint = words[length:at]
        if joint == ["de"] and not (_is_surname(word) or word in {"Armas", "León", "Jesús", "Quesada", "Gaulle"}):
            break
        length = at + 1
    return length


def _is_half(run: Run) -> bool:
    """Loma del Sol: a word of the language behind `del` or `de la` belongs to the name."""
    words = [match.group() for match in run[1:4]]
    behind = next((word for word in words if word not in CONNECTORS), "")
    joint = words[: words.index(behind)] if behind else []
    return joint not in ([], ["de"]) and behind not in NO_NAMES and not _is_unknown(behind)


def _is_foreign_to_spanish(word: re.Match[str]) -> bool:
    written = word.group()
    return written not in spanish_words() and "estadou" not in written


def _is_unknown(word: str) -> bool:
    if re.match("[A-Z]{2,}-", word) or _SPANISH_ENDING.search(word):
        return False
    parts = re.split("[-'’]", unmarked(word).casefold())
    return spanish_words().isdisjoint(parts + [_SPANISH_BEGINNING.sub("", part) for part in parts])


def _is_surname(word: str) -> bool:
    plain = unmarked(word)
    ends_like_one = len(plain) > 4 and plain.endswith("ez") and word not in NO_SURNAMES
    return plain in _PLAIN_SURNAMES or ends_like_one or _is_surname_pair(plain)


def _is_surname_pair(plain: str) -> bool:
    first, hyphen, _ = plain.partition("-")
    return bool(hyphen) and first in _PLAIN_SURNAMES


def _is_syllable(word: str) -> bool:
    """Whether the word has the shape of a Vietnamese syllable, with or without its marks."""
    return len(word) < 8 and word[0].isupper() and _SYLLABLE.fullmatch(unmarked(word)) is not None
