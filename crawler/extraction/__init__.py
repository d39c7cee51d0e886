"""From a page's bytes to an article's fields, with the page alone: nothing is fetched, and no clock is
read."""

from crawler.extraction.page import Page
from crawler.extraction.reading import Reading, examine, extract
from crawler.extraction.record import as_json

EXTRACTION_VERSION = 3
"""Stored with every extraction. Raise it with a change after which some stored page could read differently:
another order of evidence, another selector of a source, another trafilatura. What was read under an older
version is then read again from the archive, and a difference counts as the extractor's and not as an edit of
the article."""

__all__ = ["EXTRACTION_VERSION", "Page", "Reading", "as_json", "examine", "extract"]
