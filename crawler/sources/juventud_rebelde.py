"""Juventud Rebelde, the daily of Cuba's Young Communist League, and its English edition."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class JuventudRebelde(NewsSpider):
    """The page's h1 is the masthead, and captions are paragraphs inside the article."""

    outlet = "Juventud Rebelde"
    country = "CU"
    timezone = "America/Havana"
    article_url = re.compile(r"^https?://[^/]+/[a-z-]+/\d{4}-\d{2}-\d{2}/[^/?#]+$")
    title = "h2.title"
    lead = "section > h2.title ~ p"
    body = "article"
    authors = ".date"
    published = ".news-date"
    drop = (".text-img-more", ".img-footer")


class JuventudRebeldeSpanish(JuventudRebelde):
    name = "juventudrebelde-es"
    language = "es"
    hosts = ("www.juventudrebelde.cu", "juventudrebelde.cu")
    feeds = (
        "https://www.juventudrebelde.cu/get/rss/general",
        "https://www.juventudrebelde.cu/get/rss/grupo/generales/",
    )
    sitemaps = ("https://www.juventudrebelde.cu/sitemap.xml",)
    minimum = 10
    evidence = "live"
    seen = "2026-10"


class JuventudRebeldeEnglish(JuventudRebelde):
    """Hardly renewed: weeks pass between two articles."""

    name = "juventudrebelde-en"
    language = "en"
    hosts = ("english.juventudrebelde.cu",)
    feeds = ("https://english.juventudrebelde.cu/get/rss/general",)
    minimum = 1
