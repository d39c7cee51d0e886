"""Articles that a person brings in: text or HTML files, with what the person says about them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.archive import ArchiveWriter, Exchange
from crawler.archivist import store_page
from crawler.catalogue import source_for
from crawler.decoding import decode
from crawler.errors import CrawlerError
from crawler.source import AnySite, facts_of
from crawler.text import without_controls
from crawler.urls import normalise
from storage import frontier
from storage.articles import newest_capture
from storage.database import rows, writing
from storage.frontier import Fetch, Sighting
from storage.listings import visit_listing
from storage.records import Dated, Extraction, SourceFacts

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from storage.articles import Capture

IMPORTED = SourceFacts("imported", "Imported by hand", None, None, "UTC", 0)
LISTING = "person:import"
"""Stands where a feed's URL would: what a person says of an article is kept as a listing's word is."""

LONGEST_HEADLINE = 150
SENTENCE_END = re.compile(r"[.;:…]\s*$")
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
DATELINE = re.compile(r"^[^a-zà-ỹ]{3,40}\s*[—–-]\s|^.{3,60}\([^)]{2,40}\)\s*[—–-]")


class NothingInFile(CrawlerError):
    """A file without a word in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} holds no text"


class NotText(CrawlerError):
    """A file of another kind: a PDF, a picture, a program."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} is neither text nor HTML that can be read: save it as UTF-8 text first"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a file; what is None is read from the file if it can be."""

    url: str | None = None
    published: datetime | None = None
    title: str | None = None


def bring_in(db: Database, archive: ArchiveWriter, path: Path, said: Said) -> tuple[str, bool]:
    """Store a file as an article and queue it; returns the article's id and whether anything is new.

    Without a URL the hash of the file identifies it, so that bringing it in twice brings it in once.
    Raises NothingInFile, InvalidURL.
    """
    body = path.read_bytes()
    text = decode(body, None)
    if not text.strip():
        raise NothingInFile(path)
    if len(NO_TEXT.findall(text)) * 200 > len(text):
        raise NotText(path)
    sha256 = hashlib.sha256(body).hexdigest()
    url = normalise(said.url) if said.url else f"urn:sha256:{sha256}"
    source = source_for(url) if said.url else AnySite
    key = source.key(url) if said.url else url
    sighting = Sighting(key, url, said.title, None, said.published, None)
    with writing(db):
        frontier.save_source(db, IMPORTED)
        name = IMPORTED.name
        if source is not AnySite:
            name = source.name
            frontier.save_source(db, facts_of(source))
        visit_listing(db, LISTING, IMPORTED.name)
        before = _said_of(db, frontier.resolve(db, key, url))
        db.conn.execute(
            "DELETE FROM discoveries WHERE listing = ? AND article = ?", [LISTING, frontier.resolve(db, key, url)]
        )
        frontier.discover(db, name, LISTING, [sighting])
        article = str(frontier.resolve(db, key, url))
    newest = newest_capture(db, article)
    fetch = Fetch(article, url, sighting.declared)
    if newest is not None and newest[2] == sha256 and before == _said_of(db, article):
        frontier.settle(db, fetch, "archived")
        return article, False
    store_page(db, archive, fetch, Exchange(url, None, [], [], body, _content_type(body)), anew=True)
    return article, True


def _said_of(db: Database, article: str | None) -> list[dict[str, object]]:
    """What a person has said of an article."""
    return rows(db, "SELECT title, published FROM discoveries WHERE article = ? AND listing = ?", [article, LISTING])


def _content_type(body: bytes) -> str:
    return (
        "text/html" if re.search(rb"<(?:html|body|article|p|div|h1)\b", body[:20_000], re.IGNORECASE) else "text/plain"
    )


def is_plain_text(content_type: str | None) -> bool:
    """Whether a capture is text and no page."""
    return (content_type or "").partition(";")[0].strip().lower() == "text/plain"


def read_plain_text(body: bytes) -> Extraction:
    """A text file as an article: the first line is the headline if it reads like one, the rest are paragraphs.

    Lines are paragraphs unless blank lines separate them: people save both ways.
    """
    text = without_controls(unicodedata.normalize("NFC", decode(body, "text/plain")))
    blocks = re.split(r"\n\s*\n", text) if re.search(r"\S\s*\n\s*\n\s*\S", text) else text.splitlines()
    if len(blocks) > 1 and "\n" in blocks[0].strip():
        # A headline over its first paragraph, with blank lines only further down.
        blocks = [*blocks[0].strip().splitlines(), *blocks[1:]]
    paragraphs = [line for line in (" ".join(part.split()) for block in blocks for part in block.splitlines()) if line]
    title = None
    if len(paragraphs) > 1 and _is_headline(paragraphs[0]):
        title, *paragraphs = paragraphs
    return Extraction(
        title=title,
        body="\n\n".join(paragraphs),
        lead=None,
        authors=(),
        published=None,
        updated=None,
        section=None,
        canonical_url=None,
        image_url=None,
        declared_language=None,
    )


def _is_headline(line: str) -> bool:
    return len(line) <= LONGEST_HEADLINE and not SENTENCE_END.search(line) and not DATELINE.search(line)


def amend(db: Database, capture: Capture, extraction: Extraction) -> Extraction:
    """What a person said of the article goes before what the page says."""
    for said in _said_of(db, capture.article):
        title, published = said["title"], said["published"]
        if title:
            extraction = replace(extraction, title=str(title))
        if published:
            extraction = replace(extraction, published=Dated(datetime.fromisoformat(str(published)), "person"))
    return extraction
