"""VTC News, the site of the digital television that VOV runs."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class VtcNews(VietnameseSite):
    name = "vtcnews"
    outlet = "VTC News"
    language = "vi"
    hosts = ("vtcnews.vn", "www.vtcnews.vn", "vtc.vn")
    feeds = ("https://vtcnews.vn/rss/feed.rss",)
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-ar(?P<id>\d+)\.html$")
    title = "h1.font28, h1.title-detail"
    lead = "h2.font18, h2.sapo"
    body = "div.edittor-content, div[itemprop=articleBody]"
    authors = ".author-make span"
    published = ".time-update"
    drop = (".author-make",)
    minimum = 60
    evidence = "documented"
    seen = "2026"
