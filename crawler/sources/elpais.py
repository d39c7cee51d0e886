"""El País, a Spanish daily with an edition for the Americas."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class ElPais(NewsSpider):
    """Names as on a page saved in 2024."""

    name = "elpais"
    outlet = "EL PAÍS"
    language = "es"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("elpais.com", "www.elpais.com")
    feeds = (
        "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/portada",
        "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/section/america/portada",
    )
    article_url = re.compile(r"^https?://[^/]+/(?:[a-z0-9-]+/)+\d{4}-\d{2}-\d{2}/[^/?#]+\.html$")
    title = "h1.a_t"
    lead = "h2.a_st"
    body = ".a_c"
    drop = ("#cta_id",)
    minimum = 50
    evidence = "documented"
    seen = "2026-09"
