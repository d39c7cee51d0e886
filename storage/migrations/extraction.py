"""What publishers reserve on their pages."""

STATEMENTS = """
CREATE TABLE reservations (
    extraction TEXT NOT NULL REFERENCES extractions(id),
    article TEXT NOT NULL REFERENCES articles(id),
    origin TEXT NOT NULL CHECK (origin IN ('header', 'meta')),
    agent TEXT NOT NULL,
    directive TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (extraction, origin, agent, directive, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservations_article ON reservations(article);
"""
