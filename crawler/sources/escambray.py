"""Escambray, the paper of Sancti Spíritus, and its English edition."""

from __future__ import annotations

import re

from crawler.sources.wordpress import WordPressSite


class Escambray(WordPressSite):
    """WordPress under the theme Sahifa, as a public spider of 2022 read it."""

    outlet = "Escambray"
    country = "CU"
    timezone = "America/Havana"
    article_url = re.compile(r"^https?://[^/]+/\d{4}/[^/?#]+/?$")
    title = "h1.post-title"
    lead = "#article-summary p"
    body = "div.entry"
    authors = ".post-meta-author"
    published = ".tie-date"
    drop = (*WordPressSite.drop, "#article-summary")


class EscambraySpanish(Escambray):
    name = "escambray-es"
    language = "es"
    hosts = ("www.escambray.cu", "escambray.cu")
    feeds = ("https://www.escambray.cu/feed/",)
    minimum = 5
    evidence = "documented"
    seen = "2022-09"


class EscambrayEnglish(Escambray):
    name = "escambray-en"
    language = "en"
    hosts = ("en.escambray.cu",)
    feeds = ("http://en.escambray.cu/feed/",)
    minimum = 1
