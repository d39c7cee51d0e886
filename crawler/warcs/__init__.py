"""Reading anyone's WARC files: records, damage, and the pages in them."""

from crawler.warcs.digests import digest_problem, wrong_digest
from crawler.warcs.payloads import Answer, UnreadablePayload, decoded, payload_of, read_answer
from crawler.warcs.reading import Broken, NotAWarc, Record, WarcReader, open_warc, read_record_at
from crawler.warcs.streams import Position

__all__ = [
    "Answer",
    "Broken",
    "NotAWarc",
    "Position",
    "Record",
    "UnreadablePayload",
    "WarcReader",
    "decoded",
    "digest_problem",
    "open_warc",
    "payload_of",
    "read_answer",
    "read_record_at",
    "wrong_digest",
]
