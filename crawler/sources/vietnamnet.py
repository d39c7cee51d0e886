"""VietNamNet, the paper of the Ministry of Ethnic and Religious Affairs, whose English edition shares its host."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class VietNamNet(VietnameseSite):
    """Names as public scrapers of 2023 to 2026 agree on. Both editions number from one sequence."""

    outlet = "VietNamNet"
    hosts = ("vietnamnet.vn", "www.vietnamnet.vn")
    title = "h1.content-detail-title"
    lead = "h2.content-detail-sapo, div.content-detail-sapo"
    body = "div.maincontent, #maincontent"
    authors = ".article-detail-author__info .name"
    published = ".bread-crumb-detail__time"
    drop = (".vnn-template-noneditable", ".insert-wiki-content")


class VietNamNetVietnamese(VietNamNet):
    name = "vietnamnet-vi"
    language = "vi"
    feeds = ("https://vietnamnet.vn/rss/tin-moi-nhat.rss", "https://vietnamnet.vn/rss/the-gioi.rss")
    article_url = re.compile(r"^https?://[^/]+/(?!en/)[^?#]+?-(?P<id>\d{6,})\.html$")
    minimum = 60
    evidence = "live"
    seen = "2026-07"


class VietNamNetEnglish(VietNamNet):
    """Older articles are numbered with an E before the number."""

    name = "vietnamnet-en"
    language = "en"
    feeds = ("https://vietnamnet.vn/en/rss/home.rss",)
    sections = ("https://vietnamnet.vn/en",)
    article_url = re.compile(r"^https?://[^/]+/en/[^?#]+?-(?P<id>E?\d{4,})\.html$")
    minimum = 5
    evidence = "documented"
    seen = "2026"
