"""What holds for every outlet of Viet Nam."""

from __future__ import annotations

from crawler.spider import NewsSpider


class VietnameseSite(NewsSpider):
    """The zone has had no summer time since 1975, and is named all the same, as every source names its own."""

    country = "VN"
    timezone = "Asia/Ho_Chi_Minh"
