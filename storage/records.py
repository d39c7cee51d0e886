"""What travels between the packages: frozen records, no behaviour that needs a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

LANGUAGES = ("vi", "es", "en")
"""The languages of the wire, ISO 639-1."""

OTHER = "other"
"""The verdict on a text that is in none of them."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment and where it was read, because sources disagree and some are known to lie."""

    moment: datetime
    origin: str
    """`json-ld`, `meta`, `time`, `text`, `url`, `feed` or `person`."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """A right that a publisher reserves on a page, as it was stated."""

    origin: str
    """`header` or `meta`."""
    agent: str
    """The robot that it is stated for, by name; empty for all."""
    directive: str
    """`noindex`, `noarchive`, `nosnippet` and their like, `tdm-reservation` or `tdm-policy`."""
    value: str
    """What a directive says beside its name; empty for most."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """One reading of one page. A field that the page does not have is None or empty and named in `missing`."""

    title: str | None
    body: str
    """Paragraphs separated by one blank line; empty when there is none."""
    lead: str | None
    authors: tuple[str, ...]
    published: Dated | None
    updated: Dated | None
    section: str | None
    canonical_url: str | None
    image_url: str | None
    declared_language: str | None
    problems: tuple[str, ...] = ()
    """What stood on the page and could not be read, a sentence each."""
    reservations: tuple[Reservation, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that every article should have and this page lacks."""
        present = {"title": self.title, "body": self.body, "published": self.published}
        return tuple(name for name, value in present.items() if not value)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the database keeps of a source."""

    name: str
    outlet: str
    language: str | None
    country: str | None
    timezone: str
    minimum: int
