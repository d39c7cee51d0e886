"""France 24 in Spanish."""

from __future__ import annotations

import re

from crawler.sources.france_medias_monde import FranceMediasMondeSite


class France24Spanish(FranceMediasMondeSite):
    name = "france24-es"
    outlet = "France 24"
    language = "es"
    hosts = ("www.france24.com", "france24.com")
    feeds = ("https://www.france24.com/es/rss",)
    article_url = re.compile(r"^https?://[^/]+/es/[^?#]+/\d{8}-[^/?#]+$")
    minimum = 10
    evidence = "documented"
    seen = "2026"
