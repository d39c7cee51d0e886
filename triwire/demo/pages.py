"""The HTML of the demo newsroom: small pages with the markup and the bad habits of the real sites."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import UTC
from html import escape
from html.entities import codepoint2name
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triwire.demo.outlets import Outlet
    from triwire.demo.texts import Article

FOLDER = Path(__file__).parent / "sites"
WORDS: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
MONTHS = {"es": "octubre", "en": "october"}
"""Granma writes months in words; everything it has here is of October."""


def inline(paragraph: str) -> str:
    """The paragraph with its bold type, which takes in the space before it, as VNA's editors do."""
    return re.sub(r"( ?)\*\*(.+?)\*\*", r"<strong>\1\2</strong>", escape(paragraph))


def decimal(text: str) -> str:
    """The text in ASCII, as `Vi&#7879;t Nam`."""
    return escape(text).encode("ascii", "xmlcharrefreplace").decode()


def named(text: str) -> str:
    """The text with the accented letters of Latin-1 by name, as `cooperaci&oacute;n`."""
    return "".join(f"&{name};" if ord(c) > 127 and (name := codepoint2name.get(ord(c))) else c for c in escape(text))


def texturized(text: str) -> str:
    """The text with quotes and ampersands by number, as WordPress writes titles in pages and feeds."""
    return escape(text).replace("&amp;", "&#038;").replace("“", "&#8220;").replace("”", "&#8221;")


def people(names: Sequence[str]) -> list[dict[str, str]]:
    """Authors as JSON-LD has them."""
    return [{"@type": "Person", "name": name} for name in names]


def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.filters.update(inline=inline, decimal=decimal, named=named, texturized=texturized)
    environment.globals.update(people=people)
    return environment


ENVIRONMENT = _environment()


def article_page(article: Article, neighbours: Sequence[Article]) -> bytes:
    """The page of an article, with its neighbours in the box of related links."""
    outlet = article.outlet
    local = article.published.astimezone(ZoneInfo(outlet.timezone))
    html = ENVIRONMENT.get_template(f"{outlet.family}.html").render(
        article=article,
        outlet=outlet,
        words=WORDS[outlet.language],
        neighbours=neighbours,
        local=local,
        month=MONTHS.get(outlet.language),
        utc=article.published.astimezone(UTC),
    )
    return unicodedata.normalize("NFD", html).encode() if article.letters == "NFD" else html.encode()


def section_page(outlet: Outlet, articles: Sequence[Article]) -> bytes:
    """A page that lists articles, by relative links."""
    return _plain_page("section", outlet, articles)


def missing_page(outlet: Outlet) -> bytes:
    """What the site answers where it has nothing."""
    return _plain_page("missing", outlet, ())


def _plain_page(template: str, outlet: Outlet, articles: Sequence[Article]) -> bytes:
    words = WORDS[outlet.language]
    html = ENVIRONMENT.get_template(f"{template}.html").render(outlet=outlet, articles=articles, words=words)
    return html.encode()
