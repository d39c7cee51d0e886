"""What was read, and what it is in English."""

from __future__ import annotations

from storage.schema.described import CLOCK, Described

TABLES = {
    "texts": Described(
        "Bodies, apart from the rows that are listed; the same words are stored once.",
        {"id": "Derived from the text", "text": "Paragraphs separated by a blank line, NFC"},
    ),
    "extractions": Described(
        "Readings: what one version of the extractor found in one capture.",
        {
            "id": "Derived from the capture and the version",
            "capture": "The capture that was read",
            "article": "The article",
            "version": "Version of the extractor",
            "title": "Headline",
            "text": "The body",
            "lead": "Standfirst",
            "authors": "Authors, a JSON list",
            "published": "Publication date, UTC",
            "published_as_read": "The same moment with the offset that the page or its source's zone gives",
            "published_origin": "Where the date stood: json-ld, meta, time, text, url, feed or person",
            "updated": "Date of the last change that the page states, UTC",
            "updated_origin": "Where that date stood",
            "section": "Section of the outlet",
            "canonical_url": "The page's canonical link, unless it is known to lie",
            "image_url": "Lead image",
            "declared_language": "Language that the page claims",
            "missing": "Fields that every article should have and this page lacks, a JSON list",
            "problems": "What stood on the page and could not be read, a JSON list",
            "extracted_at": "When it was read",
            "length": "Characters of the body",
        },
        {"extracted_at": CLOCK},
    ),
    "reservations": Described(
        "What a page's publisher reserves: how far robots, and whoever mines text, may use it.",
        {
            "extraction": "The reading that found it",
            "article": "The article",
            "origin": "header (of the answer) or meta (in the page's head)",
            "agent": "The robot that it is stated for; empty for all",
            "directive": "noindex, noarchive, nosnippet and their like, tdm-reservation or tdm-policy",
            "value": "What it says beside its name; empty for most",
        },
    ),
    "revisions": Described(
        "The texts that an article has had: a new row when title or body changed under one extractor version.",
        {
            "id": "Derived from the article, the version, the number and the words",
            "article": "The article",
            "version": "Version of the extractor",
            "number": "Number of the capture that brought this text",
            "extraction": "The reading that first gave this text",
            "title": "Headline",
            "text": "The body",
            "published": "Publication date, UTC: the page's own, else the earliest that a listing gave",
        },
    ),
    "identifications": Described(
        "The language of each revision, with the evidence.",
        {
            "revision": "The revision",
            "version": "Version of the identification",
            "language": "vi, es, en or other",
            "probability": "How sure, 0 to 1",
            "evidence": "What spoke for it, JSON",
        },
    ),
    "packages": Described(
        "Translation packages that have translated something here.",
        {
            "sha256": "Hash of the package",
            "name": "Name of the package",
            "version": "Version of the package",
            "from_code": "Source language",
            "to_code": "Target language",
            "origin": "starter (comes with triwire) or installed",
            "licence": "Licence of the weights",
            "rough": "1 when its English is too poor to compare articles by; grouping then goes by names and figures",
        },
    ),
    "memory": Described(
        "The translation memory: a sentence is translated once by a package, however many articles repeat it.",
        {
            "id": "Derived from sentence, languages, package and glossary",
            "source": "The sentence",
            "from_code": "Its language",
            "to_code": "Language of the translation",
            "text": "The translation",
            "package": "The package that made it; on a route through English the last one",
            "glossary": "Version of the glossary that was applied",
            "flags": "What the guard found wrong with it, or `kept` where it stays as it is; a JSON list",
        },
    ),
    "sentences": Described(
        "The sentences of each translated revision, in order, each with its translation.",
        {
            "revision": "The revision",
            "to_code": "Language of the translation",
            "field": "title or body",
            "number": "Place in the field, from 0",
            "paragraph": "Paragraph, from 0",
            "source": "The sentence as the article has it",
            "memory": "Its translation",
        },
    ),
    "translations": Described(
        "Each translated revision as a whole.",
        {
            "revision": "The revision",
            "to_code": "Language of the translation",
            "title": "The headline, translated",
            "text": "The body, translated; empty until it is complete",
            "route": "Hashes of the packages that it went through, a JSON list",
            "flagged": "Sentences with a flag",
        },
    ),
}
