"""Scrapy's settings where they depart from its defaults, each with its reason."""

from __future__ import annotations

import os

BOT_NAME = "triwire"
SPIDER_MODULES = ["crawler.sources"]
NEWSPIDER_MODULE = "crawler.sources"

# An honest user agent says who is asking and where to complain: set TRIWIRE_CONTACT to a page or a mail address of
# yours. It is added to USER_AGENT, which itself cannot be changed.
TRIWIRE_CONTACT = os.environ.get("TRIWIRE_CONTACT", "")
USER_AGENT = "triwire/0.1 (news research)"
ROBOTSTXT_USER_AGENT = "triwire"

# Where the results go; TRIWIRE_DATABASE in the environment, or `-s TRIWIRE_DATABASE=PATH`.
TRIWIRE_DATABASE = os.environ.get("TRIWIRE_DATABASE", "news.db")
# Minutes until a new listing is due again for `triwire crawl`; then the interval follows what is found, between ten
# minutes and a day. `scrapy crawl NAME` always visits.
TRIWIRE_POLL_MINUTES = 30
# Visit listings that are not due.
TRIWIRE_NOW = True
# Visit listings at all; `triwire crawl --since` does not.
TRIWIRE_VISIT = True
# Sitemap entries declared older than this are left alone; 0 takes them all.
TRIWIRE_BACKFILL_DAYS = 30
# Real host -> "127.0.0.x:port", as JSON. Only the demo, the tests and the benchmarks set it; it lifts the ban on
# private addresses for exactly these hosts.
TRIWIRE_LOCAL_HOSTS = "{}"
# Seconds between two requests to such a host, in place of TRIWIRE_DELAY; with 0 a crawl-delay is not heeded either.
TRIWIRE_LOCAL_DELAY = 0
# An archive file is closed at this size (millions of bytes), and at the end of its day.
TRIWIRE_ARCHIVE_MEGABYTES = 500
# The beat that ranks what is fetched and translated: a file like crawler/beat.toml, or `default`. Empty keeps the one
# that the database follows.
TRIWIRE_BEAT = os.environ.get("TRIWIRE_BEAT", "")
# Fetch only what is on the beat; the rest is held back until `triwire retry held`.
TRIWIRE_BEAT_ONLY = False
# Ages at which an article is looked at again, counted from when it was first archived; `off` for never.
TRIWIRE_RECHECKS = "1h 6h 1d 7d"
# Run `triwire process` beside the crawl, so that what it finds is translated and grouped when it ends.
TRIWIRE_PROCESS = True

# Scrapy's defaults are impolite: no robots.txt, eight requests at a time, no delay.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0  # the pace is kept by crawler.pace.Pace, in the database, for all processes at once
TRIWIRE_DELAY = 5.0  # seconds between two requests to a host, at least 1; Granma asks for at least 4
COOKIES_ENABLED = False  # crawler.cookies.HostCookies serves the sources that say `cookies = True`
# A proxy resolves names itself, so that the guard would see nothing.
HTTPPROXY_ENABLED = False

# 2.19 opens a port through which Python can be run in the crawler, and a telnet console.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

# A hostile or broken server must not hold the crawl, fill the memory or lead it in circles.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False
# A failed request is tried again by the frontier, minutes later, not at once.
RETRY_ENABLED = False
# Pages that listings name again are filtered by the frontier, which outlives the process.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# A page yields one item. Scrapy makes as many tasks for each answer, a hundred by default, and reads a callback's
# source text anew for each answer, to warn of a mistake in it: together a fifth of the time of a fetch.
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False

# Every status reaches the spider: 404 is news too. The others have nothing to do here, and each is one more generator
# round what every callback gives: the download handler refuses long addresses, nothing is limited by depth, and no
# site needs to hear where its address was found.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}

DOWNLOAD_HANDLERS = {
    "http": "crawler.download.GuardedHandler",
    "https": "crawler.download.GuardedHandler",
    # No spider here has reason to read these, and a hostile listing might.
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
TWISTED_DNS_RESOLVER = "crawler.guard.PublicResolver"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.Robots": 100,
    "crawler.cookies.HostCookies": 700,
}
ITEM_PIPELINES = {"crawler.archiving.ArchivePipeline": 100}
# Named, not imported: the crawler knows nothing of what comes after it.
EXTENSIONS = {"triwire.extension.ProcessBesideCrawl": 100}

LOG_LEVEL = "INFO"
