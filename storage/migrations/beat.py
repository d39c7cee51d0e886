"""The beat: which articles a reader wants first, and by which terms."""

STATEMENTS = """
CREATE TABLE beats (
    version TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('shipped', 'own')),
    file TEXT NOT NULL,
    current INTEGER NOT NULL
) STRICT;

CREATE TABLE ranks (
    article TEXT PRIMARY KEY REFERENCES articles(id),
    beat TEXT REFERENCES beats(version),
    rank INTEGER NOT NULL DEFAULT 0,
    on_beat INTEGER NOT NULL DEFAULT 0,
    lacks TEXT
) STRICT;
CREATE INDEX ranks_unmarked ON ranks(article) WHERE beat IS NULL;
CREATE INDEX ranks_on_beat ON ranks(rank) WHERE on_beat;
INSERT INTO ranks (article) SELECT id FROM articles;

CREATE TABLE marks (
    article TEXT NOT NULL REFERENCES articles(id),
    place TEXT NOT NULL CHECK (place IN ('listing', 'address', 'title', 'body')),
    term TEXT NOT NULL,
    beat TEXT NOT NULL REFERENCES beats(version),
    PRIMARY KEY (article, place, term)
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_term ON marks(term);

CREATE TABLE held (
    article TEXT PRIMARY KEY REFERENCES articles(id),
    beat TEXT NOT NULL REFERENCES beats(version),
    reason TEXT NOT NULL,
    released INTEGER NOT NULL DEFAULT 0
) STRICT;
"""
