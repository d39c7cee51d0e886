"""Viet Nam News, the English daily of the Vietnam News Agency."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class VietNamNews(VietnameseSite):
    """Its feeds declare utf-16 over UTF-8 bytes. `#abody` is the page of today; the `vnnews-` names are those of 2019
    to 2021."""

    name = "vietnamnews"
    outlet = "Viet Nam News"
    language = "en"
    hosts = ("vietnamnews.vn", "www.vietnamnews.vn")
    feeds = (
        "https://vietnamnews.vn/rss/politics-laws.rss",
        "https://vietnamnews.vn/rss/society.rss",
        "https://vietnamnews.vn/rss/world.rss",
        "https://vietnamnews.vn/rss/economy.rss",
    )
    article_url = re.compile(r"^https?://[^/]+/[a-z/-]+/(?P<id>\d{5,})/[^/]+\.html$")
    title = "h3.vnnews-tt-post"
    body = "#abody, div.vnnews-text-post"
    authors = "span.vnnews-user-post"
    published = "div.vnnews-time-post span"
    # The page of today puts pictures and links to other articles in divs, and the text in paragraphs.
    drop = ("#abody div:not(:has(p))", "#abody table", ".picture")
    minimum = 5
    evidence = "documented"
    seen = "2026"
