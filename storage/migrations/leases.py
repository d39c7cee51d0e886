"""A host is leased by one process at a time, and what its robots.txt says is kept for all of them."""

STATEMENTS = """
ALTER TABLE hosts ADD COLUMN owner TEXT;
ALTER TABLE hosts ADD COLUMN taken_at REAL NOT NULL DEFAULT 0;

CREATE TABLE robots (
    site TEXT PRIMARY KEY,
    status INTEGER,
    rules TEXT NOT NULL DEFAULT '',
    refusal TEXT,
    fetched_at REAL NOT NULL,
    good_until REAL NOT NULL,
    CHECK (status IS NOT NULL OR refusal IS NOT NULL)
) STRICT;

CREATE INDEX captures_sha256 ON captures(sha256);
"""
