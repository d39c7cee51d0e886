"""An extraction as JSON, for people and for the saved pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.records import Extraction, Reservation


def as_json(extraction: Extraction) -> dict[str, str | list[str] | None]:
    """The fields by name, moments in ISO 8601 with their offset."""
    return {
        "title": extraction.title,
        "lead": extraction.lead,
        "body": extraction.body,
        "authors": list(extraction.authors),
        "published": extraction.published.moment.isoformat() if extraction.published else None,
        "published_from": extraction.published.origin if extraction.published else None,
        "updated": extraction.updated.moment.isoformat() if extraction.updated else None,
        "updated_from": extraction.updated.origin if extraction.updated else None,
        "section": extraction.section,
        "canonical_url": extraction.canonical_url,
        "image_url": extraction.image_url,
        "declared_language": extraction.declared_language,
        "reservations": [_in_words(reservation) for reservation in extraction.reservations],
    }


def _in_words(reservation: Reservation) -> str:
    """`meta: noarchive`, `header: googlebot noindex`, `meta: tdm-policy https://…`."""
    words = filter(None, (reservation.agent, reservation.directive, reservation.value))
    return f"{reservation.origin}: {' '.join(words)}"
