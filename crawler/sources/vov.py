"""The Voice of Viet Nam."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class VovEnglish(NewsSpider):
    """The selectors follow vov.vn; the English site's own pages have not been seen."""

    name = "vov-en"
    outlet = "VOV"
    language = "en"
    country = "VN"
    timezone = "Asia/Ho_Chi_Minh"
    hosts = ("english.vov.vn",)
    feeds = ("https://english.vov.vn/rss/home.rss",)
    sections = ("https://english.vov.vn/en/politics", "https://english.vov.vn/en/politics/diplomacy")
    article_url = re.compile(r"^https?://[^/]+/en/[^?#]+?-post(?P<id>\d+)\.vov$")
    title = ".article-title"
    body = ".row.article-content, div.text-long"
    published = ".col-md-4.mb-2"
    # A Vietnamese footer on English pages, which a language detector would count.
    boilerplate = re.compile(r"Mời quý độc giả theo dõi VOV\.VN.*", re.DOTALL)
    minimum = 5
