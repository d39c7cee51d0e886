"""Where a site says what is new: feeds, sitemaps and section pages, read into one shape. Nothing here
fetches."""

from crawler.discovery.listing import Entry, Listing
from crawler.discovery.reading import LARGEST, read_listing

LISTING_VERSION = 2
"""Raise it with a change after which some listing could read differently: unchanged listings are then read again."""

__all__ = ["LARGEST", "LISTING_VERSION", "Entry", "Listing", "read_listing"]
