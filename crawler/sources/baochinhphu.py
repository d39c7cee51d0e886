"""Báo Chính phủ (VGP), the paper of the Government of Viet Nam."""

from __future__ import annotations

import re

from crawler.sources.vccorp import VccorpSite


class BaoChinhPhu(VccorpSite):
    outlet = "Báo Chính phủ"


class BaoChinhPhuVietnamese(BaoChinhPhu):
    """Its feeds stand at the root and date in U.S. order, without a zone."""

    name = "baochinhphu-vi"
    language = "vi"
    hosts = ("baochinhphu.vn", "www.baochinhphu.vn")
    feeds = ("https://baochinhphu.vn/home.rss", "https://baochinhphu.vn/quoc-te.rss")
    minimum = 40
    evidence = "live"
    seen = "2026-08"


class BaoChinhPhuEnglish(BaoChinhPhu):
    """VGP News. The pages declare Vietnamese, and their texts end with the agency's mark."""

    name = "baochinhphu-en"
    language = "en"
    hosts = ("en.baochinhphu.vn",)
    sections = (
        "https://en.baochinhphu.vn/politics.html",
        "https://en.baochinhphu.vn/foreign-affairs.html",
        "https://en.baochinhphu.vn/defense.html",
    )
    # Signs of the translators' desk, a paragraph of their own.
    boilerplate = re.compile(r"(?:Source:\s*)?VGP\.?/?|/\.")
    minimum = 3
    evidence = "live"
    seen = "2026-10"
