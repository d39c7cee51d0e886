"""Thời Đại, the paper of the Viet Nam Union of Friendship Organisations, whose beat the friendship with Cuba is."""

from __future__ import annotations

from crawler.sources.mastercms import MasterCmsSite


class ThoiDai(MasterCmsSite):
    """The addresses of articles are real; the feeds are those of the family and have not been seen."""

    outlet = "Thời Đại"


class ThoiDaiVietnamese(ThoiDai):
    name = "thoidai-vi"
    language = "vi"
    hosts = ("thoidai.com.vn", "www.thoidai.com.vn")
    feeds = ("https://thoidai.com.vn/rss_feed/",)
    sections = ("https://thoidai.com.vn/",)
    minimum = 10


class VietnamTimes(ThoiDai):
    """Vietnam Times, its English edition."""

    name = "thoidai-en"
    language = "en"
    hosts = ("vietnamtimes.thoidai.com.vn",)
    feeds = ("https://vietnamtimes.thoidai.com.vn/rss_feed/",)
    sections = ("https://vietnamtimes.thoidai.com.vn/",)
    minimum = 2
