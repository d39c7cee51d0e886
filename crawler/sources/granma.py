"""Granma, the central organ of the Communist Party of Cuba, and its international edition."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Granma(NewsSpider):
    """The canonical link of every page is the home page: by it, all of Granma would be one article."""

    outlet = "Granma"
    country = "CU"
    timezone = "America/Havana"
    article_url = re.compile(r"^https?://[^/]+/[a-z-]+/\d{4}-\d{2}-\d{2}/[^/?#]+")
    title = "h1.g-story-heading"
    lead = "p.g-story-description"
    # Five elements carry itemprop=articleBody; only the first story-body-text is the article.
    body = "div[class*=story-body-text]"
    authors = ".g-story-author .byline-author"
    published = "time.dateline[datetime], .g-story-meta-footer"
    ignores_canonical = True


class GranmaSpanish(Granma):
    name = "granma-es"
    language = "es"
    hosts = ("www.granma.cu", "granma.cu")
    feeds = ("https://www.granma.cu/feed",)
    sections = ("https://www.granma.cu/archivo?page=1&q=&s=0",)
    archives = ("https://www.granma.cu/archivo?page={page}&q=&s=0",)
    minimum = 10
    evidence = "live"
    seen = "2026-07"


class GranmaEnglish(Granma):
    name = "granma-en"
    language = "en"
    hosts = ("en.granma.cu",)
    feeds = ("https://en.granma.cu/feed",)
    sections = ("https://en.granma.cu/archivo?page=1&q=&s=0",)
    archives = ("https://en.granma.cu/archivo?page={page}&q=&s=0",)
    minimum = 1
    evidence = "live"
    seen = "2026-04"
