"""From a survey to a class: the facts that were seen, and those that are known of the country."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.errors import CrawlerError
from crawler.extraction import Page, examine
from crawler.extraction.page import read_document
from crawler.source import Source
from storage.search import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.discovery import Entry
    from crawler.surveying.site import Answer, Survey
    from storage.records import Extraction

COUNTRIES = {
    "vn": ("VN", "Asia/Ho_Chi_Minh"),
    "cu": ("CU", "America/Havana"),
    "es": ("ES", "Europe/Madrid"),
    "mx": ("MX", "America/Mexico_City"),
    "ar": ("AR", "America/Argentina/Buenos_Aires"),
    "bo": ("BO", "America/La_Paz"),
    "br": ("BR", "America/Sao_Paulo"),
    "cl": ("CL", "America/Santiago"),
    "co": ("CO", "America/Bogota"),
    "do": ("DO", "America/Santo_Domingo"),
    "ec": ("EC", "America/Guayaquil"),
    "ni": ("NI", "America/Managua"),
    "pa": ("PA", "America/Panama"),
    "pe": ("PE", "America/Lima"),
    "pr": ("PR", "America/Puerto_Rico"),
    "sv": ("SV", "America/El_Salvador"),
    "uy": ("UY", "America/Montevideo"),
    "ve": ("VE", "America/Caracas"),
    "uk": ("GB", "Europe/London"),
    "fr": ("FR", "Europe/Paris"),
    "de": ("DE", "Europe/Berlin"),
    "it": ("IT", "Europe/Rome"),
    "pt": ("PT", "Europe/Lisbon"),
    "la": ("LA", "Asia/Vientiane"),
    "kh": ("KH", "Asia/Phnom_Penh"),
}
"""Top-level domain to country and the zone of its capital; a `.com` says nothing."""
LANGUAGES = ("vi", "es", "en")


class NothingToPropose(CrawlerError):
    """What a class needs was not seen."""

    def __init__(self, url: str, missing: str) -> None:
        super().__init__(url, missing)
        self.url = url
        self.missing = missing

    def __str__(self) -> str:
        return f"no class can be proposed for {self.url}: {self.missing}"


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of the site, before anything that is guessed."""

    name: str | None = None
    outlet: str | None = None
    language: str | None = None
    country: str | None = None
    timezone: str | None = None


@dataclass(frozen=True)
class Proposal:
    """A source as a class, ready to be written."""

    name: str
    outlet: str
    language: str
    country: str
    timezone: str
    hosts: tuple[str, ...]
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    sections: tuple[str, ...]
    article_url: str
    minimum: int
    page: Answer
    """An article, as the site sent it."""
    read: Extraction
    """What is read from it by these facts."""
    doubts: tuple[str, ...]
    """What a person should look at, a sentence each."""

    @property
    def module(self) -> str:
        """Name of the file under crawler/sources/."""
        return self.name.replace("-", "_")

    def as_source(self) -> type[Source]:
        """The class itself, without a spider: enough to read a page by."""
        facts = {
            "name": self.name,
            "outlet": self.outlet,
            "language": self.language,
            "country": self.country,
            "timezone": self.timezone,
            "hosts": self.hosts,
            "article_url": re.compile(self.article_url),
        }
        return type(_class_name(self.name), (Source,), facts)

    def as_text(self, day: datetime) -> str:
        """The module, as it would stand in crawler/sources/."""
        seen = f"{day.day} {day:%B %Y}"
        listings = {"feeds": self.feeds, "sitemaps": self.sitemaps, "sections": self.sections}
        lines = [
            f'"""{self.outlet}."""',
            "",
            "from __future__ import annotations",
            "",
            "import re",
            "",
            "from crawler.spider import NewsSpider",
            "",
            "",
            f"class {_class_name(self.name)}(NewsSpider):",
            f'    """As `triwire sources add` saw it on {seen}; nobody has read its pages yet."""',
            "",
            *(
                f"    {name} = {_literal(value)}"
                for name, value in {
                    "name": self.name,
                    "outlet": self.outlet,
                    "language": self.language,
                    "country": self.country,
                    "timezone": self.timezone,
                    "hosts": self.hosts,
                    **{name: urls for name, urls in listings.items() if urls},
                }.items()
            ),
            f"    article_url = re.compile({_raw(self.article_url)})",
            f"    minimum = {self.minimum}",
            '    evidence = "live"',
            f'    seen = "{day:%Y-%m}"',
            "",
        ]
        return "\n".join(lines)


def propose(survey: Survey, given: Given, text_language: Mapping[str, int] | None = None) -> Proposal:
    """The class that the survey suggests. `text_language` are votes of a language detector on the articles' texts.

    Raises NothingToPropose where no article was found, or where the country or the language cannot be told.
    """
    if survey.form is None:
        raise NothingToPropose(
            survey.start, "neither its feeds, its sitemaps nor its links show how articles are addressed"
        )
    if not survey.pages:
        raise NothingToPropose(survey.start, "none of its articles could be had")
    top = COUNTRIES.get(survey.host.rpartition(".")[2].partition(":")[0], ("", ""))
    country, timezone = given.country or top[0], given.timezone or top[1]
    if not country or not timezone:
        raise NothingToPropose(survey.start, "its domain names no country: give --country and --timezone")
    facts = {"hosts": _hosts(survey), "timezone": timezone, "article_url": re.compile(survey.form.pattern)}
    looked = type("Looked", (Source,), facts)
    readings = [(page, examine(_fetched(page), looked).extraction) for page in survey.pages]
    page, read = max(readings, key=lambda reading: len(reading[1].body))
    declared = Counter(reading.declared_language for _, reading in readings)
    language = given.language or _language(text_language or {}, declared)
    if language is None:
        raise NothingToPropose(survey.start, "its language cannot be told: give --language")
    outlet = given.outlet or _outlet(page, survey)
    feeds = tuple(found.url for found in survey.feeds)
    sitemaps = tuple(found.url for found in survey.sitemaps)
    proposal = Proposal(
        name=given.name or name_of(survey.host),
        outlet=outlet,
        language=language,
        country=country,
        timezone=timezone,
        hosts=_hosts(survey),
        feeds=feeds,
        sitemaps=sitemaps,
        sections=() if feeds or sitemaps else (survey.start,),
        article_url=survey.form.pattern,
        minimum=minimum_of(survey.entries()),
        page=page,
        read=read,
        doubts=(),
    )
    return _with_doubts(proposal, survey, declared)


def _with_doubts(proposal: Proposal, survey: Survey, declared: Counter[str | None]) -> Proposal:
    form, read = survey.form, proposal.read
    doubts = []
    if form is not None and form.fits < form.of:
        doubts.append(f"{form.of - form.fits} of {form.of} listed addresses do not fit article_url")
    if form is not None and form.others > max(form.of, 10):
        doubts.append(f"{form.others} other links of the page fit article_url too: are they articles?")
    if not proposal.feeds:
        doubts.append("no feed was found: are there any?")
    doubts += [f"the page gave no {field}: a selector is needed" for field in read.missing]
    if not read.authors:
        doubts.append("the page gave no author")
    others = [language for language in declared if language and language != proposal.language]
    if others:
        doubts.append(f"its pages declare {', '.join(others)} and are taken for {proposal.language}")
    doubts.append("minimum is half of what a day of its feed brings: is that a quiet day?")
    return replace(proposal, doubts=tuple(doubts))


def _hosts(survey: Survey) -> tuple[str, ...]:
    bare = survey.host.removeprefix("www.")
    other = bare if survey.host != bare else f"www.{bare}"
    # Another edition's host (en.example.com) has no www.
    return (survey.host, other) if bare.count(".") < 2 or survey.host != bare else (survey.host,)


def _fetched(page: Answer) -> Page:
    return Page(page.url, page.body, page.content_type)


def _language(votes: Mapping[str, int], declared: Counter[str | None]) -> str | None:
    """What the texts are in, else what the pages say."""
    told = [language for language, _ in Counter(dict(votes)).most_common() if language in LANGUAGES]
    said = [language for language, _ in declared.most_common() if language in LANGUAGES]
    return next(iter([*told, *said]), None)


def _outlet(page: Answer, survey: Survey) -> str:
    """The name under which the site signs its pages, else its host."""
    from crawler.extraction.meta import Meta

    document = read_document(_fetched(page))
    stated = Meta(document).first("og:site_name", "application-name")
    return (stated or survey.host.removeprefix("www."))[:60].replace('"', "")


def name_of(host: str) -> str:
    """`www.ejemplo.com.cu` is `ejemplo`, `en.ejemplo.cu` is `ejemplo-en`."""
    labels = urlsplit(f"//{host}").hostname or host
    parts = labels.removeprefix("www.").split(".")
    size = 3 if len(parts) > 2 and parts[-2] in {"com", "org", "net", "gov", "gob", "edu", "co"} else 2
    registered, before = parts[-size:], parts[:-size]
    words = [registered[0], *(label for label in before if len(label) == 2)]
    plain = fold(unicodedata.normalize("NFC", "-".join(words))).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _class_name(name: str) -> str:
    joined = "".join(part.capitalize() for part in re.split(r"[^a-z0-9]+", name) if part)
    return joined if joined[:1].isalpha() else f"Source{joined}"


def minimum_of(entries: Sequence[Entry]) -> int:
    """Half of what a usual day brings, by the dates in its feed; 1 where they do not tell."""
    days = Counter(entry.published.astimezone(UTC).date() for entry in entries if entry.published)
    # The first day of a feed is cut off, and the last one is not over.
    whole = sorted(days)[1:-1]
    if not whole:
        return 1
    counts = sorted(days[day] for day in whole)
    return max(1, counts[len(counts) // 2] // 2)


def _literal(value: object) -> str:
    if isinstance(value, tuple):
        items = ", ".join(_literal(item) for item in value)
        line = f"({items},)" if len(value) == 1 else f"({items})"
        if len(line) <= 100:
            return line
        return "(\n" + "".join(f"        {_literal(item)},\n" for item in value) + "    )"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _raw(pattern: str) -> str:
    return f'r"{pattern}"'
