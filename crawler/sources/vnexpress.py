"""VnExpress, the most read news site of Viet Nam, and its international edition."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class VnExpress(VietnameseSite):
    """The lead stands outside the body. JSON-LD often names the outlet as the author: the byline is the last
    paragraph of the text, set to the right."""

    outlet = "VnExpress"
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>\d{7})\.html$")
    title = "h1.title-detail, h1.title_post"
    lead = "p.description, span.lead_post_detail"
    body = "article.fck_detail, div.fck_detail"
    authors = 'p.author_mail strong, .fck_detail p[style*="text-align:right"] strong, .author a'
    published = "span.date, .author .time"
    drop = (
        "p.author_mail",
        '.fck_detail p[style*="text-align:right"]',
        ".tplCaption",
        ".box_brief_info",
        ".box-tinlienquanv2",
    )


class VnExpressVietnamese(VnExpress):
    """Selectors checked on pages of 2023 and 2025."""

    name = "vnexpress-vi"
    language = "vi"
    hosts = ("vnexpress.net", "www.vnexpress.net")
    feeds = ("https://vnexpress.net/rss/tin-moi-nhat.rss", "https://vnexpress.net/rss/the-gioi.rss")
    sections = ("https://vnexpress.net/thoi-su", "https://vnexpress.net/the-gioi")
    minimum = 100
    evidence = "live"
    seen = "2026-08"


class VnExpressInternational(VnExpress):
    name = "vnexpress-en"
    language = "en"
    hosts = ("e.vnexpress.net",)
    feeds = ("https://e.vnexpress.net/rss/news.rss", "https://e.vnexpress.net/rss/world.rss")
    minimum = 15
    evidence = "documented"
    seen = "2026"
