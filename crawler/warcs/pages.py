"""Which records of a WARC file are pages that are wanted, and of which articles."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.archive import Exchange
from crawler.archive.verdicts import is_address
from crawler.catalogue import source_for, sources
from crawler.decoding import decode
from crawler.discovery.listing import FUTURE, WRITTEN
from crawler.errors import InvalidURL
from crawler.source import AnySite, facts_of
from crawler.urls import normalise
from crawler.warcs.payloads import UnreadablePayload, decoded, payload_of, read_answer
from storage.moments import stamp
from storage.records import SourceFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.archive import Headers
    from crawler.archive.verdicts import Restored
    from crawler.source import Source
    from crawler.warcs.payloads import Answer
    from crawler.warcs.reading import Record

SAMPLE = 3_000
"""Characters that are enough to tell a language by."""
SEARCHED = 400_000
"""Bytes of a page in which they are looked for."""

# What is opened and never closed ends with the page: a search for its end from each of many would take hours.
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>(.*?)(?:</p>|(?=<p[\s>])|\Z)", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|noscript|template)\b.*?(?:</\1>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_LANG = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_HTML_TYPES = {"text/html", "application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pages are wanted; what is empty lets all through."""

    sources: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """Each with its subdomains."""
    languages: tuple[str, ...] = ()
    articles_only: bool = False
    """Of hosts that no source describes, only addresses in the form of an article's."""
    language_of: Callable[[str, str | None], str] | None = None
    """Text and the page's own claim in, ISO 639-1 out; needed with `languages`."""

    def as_json(self) -> str:
        return json.dumps(
            {
                "sources": sorted(self.sources),
                "hosts": sorted(self.hosts),
                "languages": sorted(self.languages),
                "articles_only": self.articles_only,
            }
        )


class Unwanted(Exception):
    """A record that gives no page, with the word under which it is counted."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True)
class Group:
    """A response with the records that belong to it."""

    record: Record
    request: Record | None = None
    verdict: Restored | None = None
    """What triwire said of it, where triwire wrote the file."""


@dataclass(frozen=True, slots=True)
class WarcPage:
    """A page that is wanted, with the article that it is of."""

    record: Record
    exchange: Exchange
    sha256: str
    moment: str
    """When it was captured, as a stamp."""
    key: str
    url: str
    """Normalised."""
    source: SourceFacts
    discoveries: tuple[dict[str, Any], ...]


def read_page(group: Group, choice: Choice, file: str) -> WarcPage:
    """The page in a response, if it is wanted. Raises Unwanted, for the cheapest reason first."""
    record, verdict = group.record, group.verdict
    if record.kind == "revisit":
        raise Unwanted("repeats of other records")
    if record.kind == "resource" and verdict is None:
        raise Unwanted("other records")
    if verdict is not None and verdict.outcome not in {"archived", "imported"}:
        raise Unwanted("answers without a page")
    answer = None if record.kind == "resource" else _answer(record)
    if answer is not None and answer.status != 200:
        raise Unwanted("answers without a page")
    url = _address(record, by_hand=answer is None)
    article = _described(verdict) if verdict is not None else _found(url, choice)
    _check_place(url, article.source, choice)
    if record.headers.get("warc-truncated"):
        raise Unwanted("cut short or damaged")
    body = _body(record, answer)
    if choice.languages:
        _check_language(answer, body, choice)
    moment = _moment(record)
    exchange = Exchange(
        url=record.url,
        status=answer.status if answer else None,
        request_headers=_request_headers(group.request),
        response_headers=answer.headers if answer else [],
        body=body,
        content_type=(answer.header("content-type") or None) if answer else record.headers.get("content-type"),
        ip=record.headers.get("warc-ip-address"),
        moment=moment,
    )
    # An article is there because something names it: where nobody else does, this file.
    discoveries = article.discoveries or ({"listing": f"warc:{file}", "url": url},)
    sha256 = hashlib.sha256(body).hexdigest()
    return WarcPage(record, exchange, sha256, moment, article.key, url, article.source, discoveries)


@dataclass(frozen=True, slots=True)
class _Article:
    """The article that a page is of."""

    key: str
    source: SourceFacts
    discoveries: tuple[dict[str, Any], ...] = ()


def _described(verdict: Restored) -> _Article:
    """By what triwire said of it; what a source is, the code knows better than an old file, or a stranger's."""
    known = sources().get(verdict.source.name)
    return _Article(verdict.key, facts_of(known) if known else verdict.source, verdict.discoveries)


def _found(url: str, choice: Choice) -> _Article:
    """By the address alone. Raises Unwanted for one that is no article's by the rules of its source."""
    source = source_for(url)
    if (source is not AnySite or choice.articles_only) and not source.is_article(url):
        raise Unwanted("addresses of no article")
    return _Article(source.key(url), _facts(source, url))


def _answer(record: Record) -> Answer:
    try:
        return read_answer(record)
    except UnreadablePayload as error:
        raise Unwanted(error.kind) from error


def _address(record: Record, *, by_hand: bool) -> str:
    try:
        return record.url if by_hand and is_address(record.url) else normalise(record.url)
    except InvalidURL as error:
        raise Unwanted("no address") from error


def _facts(source: type[Source], url: str) -> SourceFacts:
    """A host that no source describes is an outlet of its own, since stories are told by how many outlets tell them."""
    if source is not AnySite:
        return facts_of(source)
    host = urlsplit(url).hostname or ""
    return SourceFacts(f"imported:{host}", host.removeprefix("www."), None, None, "UTC", 0)


def _check_place(url: str, source: SourceFacts, choice: Choice) -> None:
    host = urlsplit(url).hostname or ""
    if choice.hosts and not any(host == one or host.endswith(f".{one}") for one in choice.hosts):
        raise Unwanted("other hosts")
    if choice.sources and source.name not in choice.sources:
        raise Unwanted("other sources")


def _body(record: Record, answer: Answer | None) -> bytes:
    try:
        body = payload_of(record) if answer is None else decoded(answer)
    except UnreadablePayload as error:
        raise Unwanted(error.kind) from error
    if not body.strip():
        raise Unwanted("empty")
    if answer is not None and not _is_html(answer, body):
        raise Unwanted("no HTML")
    return body


def _is_html(answer: Answer, body: bytes) -> bool:
    declared = answer.header("content-type").partition(";")[0].strip().lower()
    return declared in _HTML_TYPES if declared else bool(_HTML.search(body[:4096]))


def _check_language(answer: Answer | None, body: bytes, choice: Choice) -> None:
    if choice.language_of is None:
        raise ValueError("a choice of languages needs language_of")
    text = decode(body[:SEARCHED], answer.header("content-type") if answer else None)
    declared = _LANG.search(text[:4000])
    claim = declared[1] if declared else (answer.header("content-language") if answer else "")
    sample = sample_of(text)
    claim = claim[:2].lower()
    if (choice.language_of(sample, claim or None) if sample else claim) not in choice.languages:
        raise Unwanted("other languages")


def sample_of(html: str) -> str:
    """Some text of a page, enough to tell its language: of its paragraphs if it has any, else of all it shows."""
    visible = _UNSEEN.sub(" ", html)
    text = " ".join(_pieces(visible)) or _TAG.sub(" ", visible)
    return " ".join(text.split())[:SAMPLE]


def _pieces(html: str) -> Iterator[str]:
    total = 0
    for match in _PARAGRAPH.finditer(html):
        piece = _TAG.sub(" ", match[1]).strip()
        # Shorter ones are buttons and bylines.
        if len(piece) > 20:
            yield piece
            total += len(piece)
            if total >= SAMPLE:
                return


def _moment(record: Record) -> str:
    try:
        moment = datetime.fromisoformat(record.headers.get("warc-date", ""))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unwanted("without a date") from error
    if moment > max(datetime.now(UTC), WRITTEN) + FUTURE:
        # It would answer whatever a listing declares until then, and the article would never be asked for again.
        raise Unwanted("dated in the future")
    return stamp(moment)


def _request_headers(request: Record | None) -> Headers:
    if request is None or request.block is None:
        return []
    lines = request.block.split(b"\r\n\r\n", 1)[0].decode("latin-1").splitlines()[1:]
    return [(name.strip(), text.strip()) for name, _, text in (line.partition(":") for line in lines)]
