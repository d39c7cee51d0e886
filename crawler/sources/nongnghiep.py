"""Nông nghiệp và Môi trường, the paper of the ministry of farming, which reports on the rice grown in Cuba."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class NongNghiep(VietnameseSite):
    """The lead is the only part of its page that public code names; the rest is taken to be like it."""

    outlet = "Nông nghiệp và Môi trường"
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-d(?P<id>\d+)\.html$")
    lead = "h2.main-intro.detail-intro"
    body = "div.content.detail-content, div.detail-content-body"
    authors = ".detail-author"
    published = ".detail-date"
    drop = (".detail-author",)


class NongNghiepVietnamese(NongNghiep):
    name = "nongnghiep-vi"
    language = "vi"
    hosts = ("nongnghiepmoitruong.vn", "www.nongnghiepmoitruong.vn", "nongnghiep.vn")
    feeds = ("https://nongnghiepmoitruong.vn/feed.rss", "https://nongnghiepmoitruong.vn/nong-nghiep.rss")
    minimum = 20
    evidence = "documented"
    seen = "2026"


class NongNghiepEnglish(NongNghiep):
    """Vietnam Agriculture News."""

    name = "nongnghiep-en"
    language = "en"
    hosts = ("van.nongnghiepmoitruong.vn", "vietnamagriculture.nongnghiep.vn")
    feeds = ("https://van.nongnghiepmoitruong.vn/feed.rss",)
    sections = ("https://van.nongnghiepmoitruong.vn/",)
    minimum = 1
