"""The Hanoi Times, the English paper of the capital."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class HanoiTimes(VietnameseSite):
    """A full stop stands before the number, on older articles a hyphen. The names of the page's parts are those of a
    public scraper, undated; lists name four feeds, none of which has been seen."""

    name = "hanoitimes"
    outlet = "The Hanoi Times"
    language = "en"
    hosts = ("hanoitimes.vn", "www.hanoitimes.vn")
    feeds = ("https://hanoitimes.vn/rss/home.rss",)
    sections = ("https://hanoitimes.vn/",)
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?[.-](?P<id>\d{5,})\.html$")
    title = "h1.ArticleHeader_headline, h1.sc-longform-header-title"
    lead = "div.StandardArticleBody_body, .sc-longform-header-sapo"
    body = "div.art_content, div.b-maincontent"
    authors = ".ArticleHeader_author, .sc-longform-header-author"
    published = ".ArticleHeader_date, .sc-longform-header-date"
    minimum = 5
