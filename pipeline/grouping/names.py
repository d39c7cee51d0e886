"""Names as they survive translation: runs of capitalised words, without marks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.grouping.wording import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_][\w'’]*")
_WITHIN = re.compile(r"[ -]+(?:(?:de la|de los|de las|del|de|y|da|of the|of|van|von) )?")
_SENTENCE_END = re.compile(r"(?:^|[.!?:…]\s+|\n\s*|[“\"«(¿¡]\s*)$")
_POSSESSIVE = re.compile(r"['’]s?$")
_NAMES_KEPT = 60

# A Vietnamese syllable without its marks. There are so few that one alone is no evidence, in any of the
# languages.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|gh|gi|kh|ph|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?",
    re.IGNORECASE,
)
_OPENERS = {
    "en": """a an the in on at of for to by from as with after before during earlier meanwhile he she it
    they we his her its their this that these those there two three four five six seven eight nine ten some
    about more most many over under but and if when while where who what how why one both each all no not so
    yet still only also since until""",
    "es": """el la los las un una unos unas en de del al a por para con sin tras según durante entre desde
    hasta sobre y e o u pero si cuando como donde quien que su sus este esta estos estas ese esa eso esto
    más también además mientras dos tres cuatro cinco seis siete ocho nueve diez ambos cada todo todos no ya
    hoy ayer asimismo igualmente""",
    "vi": """ngày theo tại trong ông bà anh chị em các những một hai ba bốn sáu bảy tám chín mười năm tháng
    sau trước khi từ đến để với và hay hoặc nhưng cũng đã đang sẽ được bị do vì nên nếu thì là có không chỉ
    mới còn cùng trên dưới về đây đó này kia họ tôi chúng bên phía hiện nhân dịp đồng phát buổi lễ cuộc
    đoàn""",
}  # fmt: skip
_OPENING_WORDS = {language: frozenset(words.split()) for language, words in _OPENERS.items()}

# Titles and offices stand before a name in one language and after it, in small letters, in another.
_TITLE_WORDS = """ong ba anh chi dong thuong tuong trung dai thieu chu tich bo truong thu pho tong giam doc
    giao su tien si mr mrs ms dr prof president minister deputy vice general colonel lieutenant major senior
    captain chairman secretary senor senora presidente ministro ministra director"""
_EVERYWHERE = "vietnamese vietnamita vietnamitas cuban cubans cubano cubana spanish espanol american chinese covid"
_TITLES = frozenset(f"{_TITLE_WORDS} {_EVERYWHERE}".split())
_CALENDAR_WORDS = """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday"""

# Everybody on the beat is named with them.
_FAMOUS = re.compile(r"\b(?:fidel|castro|castro ruz|ho chi minh|jose marti|red cross|cruz roja|chu thap)\b")
_CALENDAR = frozenset(_CALENDAR_WORDS.split())


def read_names(text: str, language: str) -> tuple[str, ...]:
    """Names in the order they appear, each once: `Trịnh Văn Quyết` as `trinh van quyet`.

    A single capitalised word that opens a sentence is no name unless it also stands inside one.
    """
    inside, opening = dict[str, None](), dict[str, None]()
    for start, words in _runs(text):
        opens = bool(_SENTENCE_END.search(text[max(0, start - 4) : start]))
        led = opens and words[0].casefold() in _OPENING_WORDS.get(language, frozenset())
        kept = words[1:] if led else words
        name = " ".join(fold(_POSSESSIVE.sub("", word)) for word in kept)
        if len(name) >= 3 and name not in _CALENDAR:
            (opening if opens and not led and len(kept) == 1 else inside)[name] = None
    known = {word for name in inside for word in name.split()}
    confirmed = [name for name in opening if name in known and name not in inside]
    return (*inside, *confirmed)[:_NAMES_KEPT]


def _runs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Capitalised words that stand together, with where the first begins; small linking words may stand between."""
    words: list[str] = []
    start = end = 0
    for match in _WORD.finditer(text):
        if not match[0][0].isupper():
            continue
        if words and _WITHIN.fullmatch(text, end, match.start()):
            words.append(match[0])
        else:
            if words:
                yield start, words
            start, words = match.start(), [match[0]]
        end = match.end()
    if words:
        yield start, words


def name_grams(names: tuple[str, ...]) -> frozenset[str]:
    """What two languages' spellings of a name have in common: its longer words and its pairs of words.

    `huy` alone says nothing and `khac huy` much; `armenteros` is enough by itself.
    """
    grams = set[str]()
    for name in names:
        parts = [part for part in _FAMOUS.sub(" ", name).split() if part not in _TITLES]
        grams.update(part for part in parts if len(part) >= 4 and not _SYLLABLE.fullmatch(part))
        grams.update(f"{a} {b}" for a, b in pairwise(parts) if len(a) > 1 and len(b) > 1)
    return frozenset(grams)
