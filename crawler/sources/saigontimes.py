"""The Saigon Times group's economic weekly, in Vietnamese and English."""

from __future__ import annotations

from crawler.sources.wordpress import WordPressSite


class SaigonTimes(WordPressSite):
    """WordPress under the tagDiv theme, whose names a public scraper gives, undated."""

    outlet = "The Saigon Times"
    country = "VN"
    timezone = "Asia/Ho_Chi_Minh"
    title = "h1.tdb-title-text, h1.entry-title"
    lead = ".tdb_single_content h6"
    body = "div.tdb_single_content, div.td-post-content"
    authors = ".tdb-author-name, .td-post-author-name a"
    published = "time.entry-date"
    drop = (*WordPressSite.drop, ".tdb_single_content h6", ".td_block_related_posts", ".td-a-rec")


class SaigonTimesVietnamese(SaigonTimes):
    """Kinh tế Sài Gòn. The sitemap is named in public code; the feed is WordPress's own."""

    name = "saigontimes-vi"
    language = "vi"
    hosts = ("thesaigontimes.vn", "www.thesaigontimes.vn")
    feeds = ("https://thesaigontimes.vn/feed/",)
    sitemaps = ("https://thesaigontimes.vn/sitemap_index.xml",)
    minimum = 10
    evidence = "documented"
    seen = "2026"


class SaigonTimesEnglish(SaigonTimes):
    name = "saigontimes-en"
    language = "en"
    hosts = ("english.thesaigontimes.vn",)
    feeds = ("https://english.thesaigontimes.vn/feed/",)
    minimum = 3
    evidence = "documented"
    seen = "2026"
