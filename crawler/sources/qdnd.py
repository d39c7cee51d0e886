"""Quân đội Nhân dân, the daily of the People's Army. A Spanish edition is not known."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class QuanDoiNhanDan(VietnameseSite):
    """Answers with a redirect to the same address that sets a cookie; some report that it turns foreign addresses
    away. Names as public scrapers of 2022 and 2026 give them."""

    outlet = "Quân đội Nhân dân"
    title = "h1.post-title"
    lead = ".post-summary"
    body = ".post-content, div[itemprop=articleBody]"
    authors = ".post-author"
    published = "span.post-subinfo"
    cookies = True
    drop = (".post-author", "table.image")


class QuanDoiNhanDanVietnamese(QuanDoiNhanDan):
    name = "qdnd-vi"
    language = "vi"
    hosts = ("www.qdnd.vn", "qdnd.vn")
    feeds = (
        "https://www.qdnd.vn/rss/cate/tin-tuc-moi-nhat.rss",
        "https://www.qdnd.vn/rss/cate/quoc-phong-an-ninh-3424.rss",
        "https://www.qdnd.vn/rss/cate/chinh-tri-3429.rss",
        "https://www.qdnd.vn/rss/cate/quoc-te-3447.rss",
    )
    sitemaps = ("https://www.qdnd.vn/sitemaps/0/top300article.xml",)
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>\d{5,})(?:\.html)?$")
    # An appeal that closes every text.
    boilerplate = re.compile(r"\*?\s*Mời bạn đọc vào chuyên mục .{0,80} xem các tin, bài liên quan\.")
    minimum = 60
    evidence = "documented"
    seen = "2026-08"


class QuanDoiNhanDanEnglish(QuanDoiNhanDan):
    name = "qdnd-en"
    language = "en"
    hosts = ("en.qdnd.vn",)
    sections = (
        "https://en.qdnd.vn/military/intl-relations-and-cooperation",
        "https://en.qdnd.vn/politics/news",
    )
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>\d{5,})$")
    minimum = 3
    evidence = "documented"
    seen = "2026-10"
