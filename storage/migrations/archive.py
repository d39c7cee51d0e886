"""The archive keeps every answer, changes files by day and size, and lets old ones go; foreign WARC files come in."""

STATEMENTS = """
ALTER TABLE archive_files ADD COLUMN day TEXT;
ALTER TABLE archive_files ADD COLUMN sha256 TEXT;
ALTER TABLE archive_files ADD COLUMN removed_at TEXT;

CREATE TABLE archive_answers (
    file TEXT NOT NULL REFERENCES archive_files(name),
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    article TEXT NOT NULL REFERENCES articles(id),
    url TEXT NOT NULL,
    status INTEGER,
    outcome TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    PRIMARY KEY (file, offset)
) STRICT;
CREATE INDEX archive_answers_article ON archive_answers(article);

CREATE TABLE imported_files (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    filter TEXT NOT NULL,
    counts TEXT NOT NULL DEFAULT '{}',
    broken TEXT NOT NULL DEFAULT '[]',
    next_offset INTEGER NOT NULL DEFAULT 0,
    next_record INTEGER NOT NULL DEFAULT 0,
    began_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
"""
