"""Vietnam Investment Review, the English weekly of the Ministry of Finance (until 2025: of Planning and Investment)."""

from __future__ import annotations

from crawler.sources.mastercms import MasterCmsSite


class VietnamInvestmentReview(MasterCmsSite):
    """Lists of 2026 name the feed; one of them counts it as dead."""

    name = "vir"
    outlet = "Vietnam Investment Review"
    language = "en"
    hosts = ("vir.com.vn", "www.vir.com.vn")
    feeds = ("https://vir.com.vn/rss_feed/",)
    sections = ("https://vir.com.vn/",)
    minimum = 5
    evidence = "documented"
    seen = "2026"
