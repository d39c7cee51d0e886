"""EFE, the Spanish news agency, whose copy many of the other sources run under headlines of their own."""

from __future__ import annotations

import re

from crawler.sources.wordpress import WordPressSite


class Efe(WordPressSite):
    """WordPress laid out with Elementor; an item ends with a list of what else the agency sells of it."""

    name = "efe"
    outlet = "EFE"
    language = "es"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("efe.com", "www.efe.com")
    feeds = ("https://efe.com/feed/",)
    article_url = re.compile(r"^https?://[^/]+/[a-z-]+/\d{4}-\d{2}-\d{2}/[^/?#]+/?$")
    title = "h1.elementor-heading-title, h1.entry-title"
    body = ".elementor-widget-theme-post-content, .entry-content"
    signatures = ("Agencia EFE", "Redacción EFE", "EFE Noticias")
    boilerplate = re.compile(r"(?:\((?:foto|vídeo|audio|infografía)\)\s*)+|EFE", re.IGNORECASE)
    minimum = 30
    evidence = "documented"
    seen = "2025-12"
