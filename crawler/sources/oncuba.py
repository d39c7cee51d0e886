"""OnCuba News, a magazine of Cubans in Miami and in Havana, in Spanish and in English."""

from __future__ import annotations

import re

from crawler.sources.wordpress import WordPressSite


class OnCuba(WordPressSite):
    """WordPress under the theme JNews."""

    outlet = "OnCuba News"
    country = "US"
    timezone = "America/Havana"
    hosts = ("oncubanews.com", "www.oncubanews.com")
    title = "h1.jeg_post_title, h1.entry-title"
    lead = "h2.jeg_post_subtitle"
    body = ".content-inner, .entry-content"
    authors = ".jeg_meta_author a"


class OnCubaSpanish(OnCuba):
    name = "oncuba-es"
    language = "es"
    feeds = ("https://oncubanews.com/feed/",)
    article_url = re.compile(
        r"^https?://[^/]+/(?!(?:en|tag|autor|author|categoria|page)/)(?:[^/?#]+/){1,3}[^/?#-]+(?:-[^/?#-]+){2,}/?$"
    )
    minimum = 5
    evidence = "documented"
    seen = "2026-08"


class OnCubaEnglish(OnCuba):
    name = "oncuba-en"
    language = "en"
    feeds = ("https://oncubanews.com/en/feed/",)
    article_url = re.compile(
        r"^https?://[^/]+/en/(?!(?:tag|author|category|page)/)(?:[^/?#]+/){0,3}[^/?#-]+(?:-[^/?#-]+){2,}/?$"
    )
    minimum = 1
    evidence = "documented"
    seen = "2026-08"
