"""The articles of the demo newsroom as their desks wrote them: text files without markup, all invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from triwire.demo.outlets import OUTLETS, Outlet

FOLDER = Path(__file__).parent / "articles"
LATER = ".edition-"
"""`storm.edition-2.txt` takes the place of `storm.txt` from the second edition on."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text and where its site shows it.

    Paragraphs mark bold type by `**`. `feed_url` and `sitemap_url` are the addresses in the listings, and
    `moved_from` answers with a redirect. One that is `gone` is still in its feed, and its page answers 404.
    `letters` is the Unicode form in which the page writes its text.
    """

    outlet: Outlet
    url: str
    title: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    section: str
    lead: str
    caption: str
    paragraphs: tuple[str, ...]
    feeds: tuple[str, ...]
    feed_url: str
    sitemap_url: str
    moved_from: str | None
    gone: bool
    language: str
    letters: str

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def body(self) -> str:
        """The paragraphs as a reader sees them, two line ends between."""
        return "\n\n".join(self.paragraphs).replace("**", "")

    @property
    def summary(self) -> str:
        """What a feed says of it: the lead, or the first paragraph where the outlet writes none."""
        return self.lead or self.paragraphs[0].replace("**", "")


def read_articles(edition: int) -> tuple[Article, ...]:
    """Every article as it stands in this edition, by outlet and newest first."""
    return tuple(article for outlet in OUTLETS for article in _read_outlet(outlet, edition))


def _read_outlet(outlet: Outlet, edition: int) -> list[Article]:
    firsts = [path for path in sorted((FOLDER / outlet.source).glob("*.txt")) if LATER not in path.name]
    articles = [_read_article(outlet, _latest(path, edition)) for path in firsts]
    return sorted(articles, key=lambda article: article.published, reverse=True)


def _latest(first: Path, edition: int) -> Path:
    """The newest text of an article that this edition may show."""
    texts = [first.with_suffix(f"{LATER}{number}.txt") for number in range(edition, 1, -1)]
    return next((text for text in texts if text.exists()), first)


def _read_article(outlet: Outlet, path: Path) -> Article:
    head, _, text = path.read_text(encoding="utf-8").strip().partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    url = facts["url"]
    moved_from = facts.get("moved_from")
    published = datetime.fromisoformat(facts["published"])
    feeds = facts.get("feeds", outlet.feeds[0])
    return Article(
        outlet=outlet,
        url=url,
        title=facts["title"],
        published=published,
        updated=datetime.fromisoformat(facts["updated"]) if "updated" in facts else published,
        authors=tuple(facts["authors"].split("; ")) if "authors" in facts else (),
        section=facts["section"],
        lead=facts.get("lead", ""),
        caption=facts.get("caption", ""),
        paragraphs=tuple(text.split("\n\n")),
        # A dash stands for no feed: such an article is found through the sitemap or a section page alone.
        feeds=() if feeds == "-" else tuple(feeds.split(", ")),
        feed_url=facts.get("feed_url", moved_from or url),
        sitemap_url=facts.get("sitemap_url", url),
        moved_from=moved_from,
        gone="gone" in facts,
        language=facts.get("language", outlet.language),
        letters=facts.get("letters", "NFC"),
    )
