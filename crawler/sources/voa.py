"""VOA Tiếng Việt, the Vietnamese service of the Voice of America."""

from __future__ import annotations

from crawler.sources.usagm import UsagmSite


class VoaVietnamese(UsagmSite):
    """Fewer articles since the cuts of 2025."""

    name = "voa-vi"
    outlet = "VOA Tiếng Việt"
    language = "vi"
    hosts = ("www.voatiengviet.com", "voatiengviet.com")
    feeds = ("https://www.voatiengviet.com/api/zbuyil-vomx-tpeqpum",)
    minimum = 1
    evidence = "documented"
    seen = "2026"
