"""Báo Công Thương, the paper of the Ministry of Industry and Trade."""

from __future__ import annotations

from crawler.sources.mastercms import MasterCmsSite


class CongThuong(MasterCmsSite):
    name = "congthuong"
    outlet = "Công Thương"
    language = "vi"
    hosts = ("congthuong.vn", "www.congthuong.vn")
    feeds = ("https://congthuong.vn/rss/trang-chu.rss",)
    minimum = 40
    evidence = "documented"
    seen = "2026"
