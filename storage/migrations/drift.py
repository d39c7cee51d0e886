"""What each source gives day by day, and what is wrong with it."""

STATEMENTS = """
ALTER TABLE extractions ADD COLUMN length INTEGER;
UPDATE extractions SET length = (SELECT length(t.text) FROM texts t WHERE t.id = extractions.text);

DROP INDEX articles_source;
CREATE INDEX articles_seen ON articles(source, first_seen);
CREATE INDEX captures_first ON captures(fetched_at) WHERE number = 1;

CREATE TABLE source_days (
    source TEXT NOT NULL REFERENCES sources(name),
    day TEXT NOT NULL,
    discovered INTEGER NOT NULL,
    fetched INTEGER NOT NULL,
    extracted INTEGER NOT NULL,
    no_title INTEGER NOT NULL,
    no_date INTEGER NOT NULL,
    no_author INTEGER NOT NULL,
    no_body INTEGER NOT NULL,
    length INTEGER,
    usual_length INTEGER,
    version INTEGER,
    PRIMARY KEY (source, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_days_day ON source_days(day);

CREATE TABLE warnings (
    source TEXT NOT NULL REFERENCES sources(name),
    kind TEXT NOT NULL,
    since TEXT NOT NULL,
    evidence TEXT NOT NULL,
    ended_at TEXT,
    PRIMARY KEY (source, kind, since)
) STRICT;
CREATE INDEX warnings_open ON warnings(source) WHERE ended_at IS NULL;
"""
