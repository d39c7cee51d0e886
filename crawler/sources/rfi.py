"""Radio France Internationale in Vietnamese and in Spanish."""

from __future__ import annotations

import re

from crawler.sources.france_medias_monde import FranceMediasMondeSite


class Rfi(FranceMediasMondeSite):
    outlet = "RFI"
    hosts = ("www.rfi.fr", "rfi.fr")


class RfiVietnamese(Rfi):
    """One check of July 2026 found no feed that works, so the section pages are read too."""

    name = "rfi-vi"
    language = "vi"
    feeds = ("https://www.rfi.fr/vi/rss",)
    sections = ("https://www.rfi.fr/vi/", "https://www.rfi.fr/vi/vi%E1%BB%87t-nam/")
    article_url = re.compile(r"^https?://[^/]+/vi/[^?#]+/\d{8}-[^/?#]+$")
    minimum = 5
    evidence = "documented"
    seen = "2026-07"


class RfiSpanish(Rfi):
    name = "rfi-es"
    language = "es"
    feeds = ("https://www.rfi.fr/es/rss",)
    article_url = re.compile(r"^https?://[^/]+/es/[^?#]+/\d{8}-[^/?#]+$")
    minimum = 5
    evidence = "documented"
    seen = "2025-04"
