"""What grouping reads of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """One revision of one article, with its English where there is one.

    `published` is aware, or None where nobody knows: undated documents meet only each other (and exact
    copies). For an article written in English the `_en` fields may stay None: title and body are taken.
    """

    id: str
    language: str
    title: str
    body: str
    published: datetime | None
    outlet: str
    title_en: str | None = None
    body_en: str | None = None
