"""CubaNet, a site of Cuban reporters edited in Miami, and its English section."""

from __future__ import annotations

import re

from crawler.sources.wordpress import WordPressSite


class CubaNet(WordPressSite):
    outlet = "CubaNet"
    country = "US"
    timezone = "America/New_York"
    hosts = ("www.cubanet.org", "cubanet.org")


class CubaNetSpanish(CubaNet):
    name = "cubanet-es"
    language = "es"
    feeds = ("https://www.cubanet.org/feed/",)
    article_url = re.compile(
        r"^https?://[^/]+/(?!(?:english|category|tag|author|page)/)(?:[^/?#]+/){0,2}[^/?#-]+(?:-[^/?#-]+){3,}/?$"
    )
    minimum = 10
    evidence = "documented"
    seen = "2026-10"


class CubaNetEnglish(CubaNet):
    name = "cubanet-en"
    language = "en"
    feeds = ("https://www.cubanet.org/english/feed/",)
    article_url = re.compile(r"^https?://[^/]+/english/(?:[^/?#]+/){0,2}[^/?#-]+(?:-[^/?#-]+){3,}/?$")
    minimum = 1
