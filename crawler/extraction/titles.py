"""Which of a page's titles is the headline."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crawler.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HARDLY = 0.5
"""Of the words of a title and an address, the share that may be common to any two that are about one subject."""

_SEPARATOR = re.compile(r" (?:\||-|--|–|—|::?|»|›|·|•|\\) | ?\| ?")


@dataclass(frozen=True, slots=True)
class Titles:
    """Every title of a page: what its readers see, and what its metadata state."""

    top: Sequence[str]
    """The page's top headings, or what stands where the source says that its headline stands."""
    lower: Sequence[str]
    """The headings below them."""
    described: str | None
    """JSON-LD's headline."""
    window: str | None
    """The title element."""
    stated: Sequence[str]
    """All that the metadata state, in order of trust."""


def choose_title(titles: Titles, names: frozenset[str], url: str) -> str | None:
    """The headline that readers see, where the metadata agree that it is one; else the first that the metadata state.

    `names` are the folded names of the site. On 134 pages with a known title the first heading is right on 103,
    og:title on 70 and JSON-LD on 54: metadata are shortened, written for search engines, or end with the site's
    name; but some sites' first heading is their own name. Where no metadata bear the heading out, the page's address
    may say that another title is the headline.
    """
    stated = _cleaned(titles.stated, names)
    top = _cleaned(titles.top, names)
    heading = next((text for text in top if any(_alike(text, title) for title in stated)), None)
    if heading is None:
        # Some templates set the headline below the top heading, which is the site's.
        lower = _cleaned(titles.lower, names)
        heading = next((text for text in lower if any(_alike(text, title, least=0.75) for title in stated)), None)
    if heading is None:
        return next(iter(stated or top), None)
    return heading if _borne_out(heading, stated) else _preferred(heading, titles, names, _slug(url))


def _preferred(heading: str, titles: Titles, names: frozenset[str], slug: frozenset[str]) -> str:
    """The heading that no metadata state, or the title of theirs from which the page's address was made: the one on
    which JSON-LD and the title element agree, or one that has the address's very words.

    That OpenGraph and the title element agree says nothing: both are written for search engines.
    """
    fit = _fit(heading, slug)
    described, window = (next(iter(_cleaned([title], names)), "") for title in (titles.described, titles.window))
    if described and folded(described) == folded(window) and _fit(described, slug) > fit:
        return described
    exact = (title for title in _cleaned(titles.stated, names) if set(_plain_words(title)) == slug)
    return next(exact, heading) if len(slug) > 1 and fit <= HARDLY else heading


def without_site(title: str, names: frozenset[str]) -> str:
    """The title without the site's name at its end or its beginning; empty for the name alone. Names are folded."""
    # Once for the name and once for a section that is named like the site; a loop without end would be the
    # page's choice.
    for _ in range(3):
        *_, last = (None, *_SEPARATOR.finditer(title))
        if last is None or not names_site(title[last.end() :], names):
            break
        title = title[: last.start()]
    first = _SEPARATOR.search(title)
    if first and folded(title[: first.start()]) in names:
        title = title[first.end() :]
    return "" if folded(title) in names else title


def names_site(text: str, names: frozenset[str]) -> bool:
    """Whether the text is the site's name, or the name with a few words before or after it."""
    letters = folded(text)
    if letters in names:
        return True
    return any(len(name) > 3 and len(letters) <= 3 * len(name) and name in letters for name in names)


def folded(text: str) -> str:
    """The letters and digits alone, for comparing names: `VOV.VN` and `vov vn` are one."""
    return "".join(_words(text))


def _cleaned(titles: Iterable[str | None], names: frozenset[str]) -> list[str]:
    found = (_without_label(without_site(one_line(title), names)) for title in titles if title)
    return [title for title in found if title]


def _without_label(title: str) -> str:
    """The title without the section or series that follows it behind a bar: `Inauguran puente en Bayamo | Cuba`."""
    before, bar, after = title.rpartition(" | ")
    return before if bar and len(before.split()) >= max(3, len(after.split())) else title


def _alike(one: str, other: str, least: float = 0.5) -> bool:
    words, others = set(_words(one)), set(_words(other))
    return 2 * len(words & others) >= least * (len(words) + len(others))


def _borne_out(heading: str, stated: Iterable[str]) -> bool:
    letters = folded(heading)
    return any(folded(title) == letters for title in stated)


def _slug(url: str) -> frozenset[str]:
    """The words of the page's address, those of the part that has the most."""
    most: list[str] = []
    for part in unquote(urlsplit(url).path).split("/"):
        words = _plain_words(re.sub(r"\.\w{2,5}$", "", part))
        most = words if len(words) >= len(most) else most
    return frozenset(most)


def _fit(title: str, slug: frozenset[str]) -> float:
    """How much of the words of a title and of an address is common to both, 0 to 1."""
    words = set(_plain_words(title))
    return 2 * len(words & slug) / (len(words) + len(slug)) if words else 0.0


def _plain_words(text: str) -> list[str]:
    """Words as addresses spell them: no marks, no apostrophes."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f'’]", "", letters))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
