"""Small pages of ours, and a source to read them by."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from crawler.extraction import Page, Reading, examine
from crawler.source import Source

if TYPE_CHECKING:
    from datetime import datetime

TEXT = "La delegación recorrió tres fábricas y conversó con los obreros sobre los planes del año próximo. " * 3
URL = "https://www.ejemplo.cu/cuba/una-nota"


class Example(Source):
    name = "example"
    outlet = "El Ejemplo"
    country = "CU"
    timezone = "America/Havana"
    body = ".story"
    drop = (".box",)
    boilerplate = re.compile("Síganos en .*")


def read(
    body: str | bytes = "",
    head: str = "",
    *,
    source: type[Source] = Example,
    url: str = URL,
    header: str | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    listed: datetime | None = None,
) -> Reading:
    page = body if isinstance(body, bytes) else f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return examine(Page(url, page, header, headers), source, listed)


def jsonld(**fields: object) -> str:
    return block(json.dumps({"@type": "NewsArticle", **fields}))


def block(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)
