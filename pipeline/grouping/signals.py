"""What a revision is compared by: computed once from its text, stored, and enough without the text."""

from __future__ import annotations

import base64
import struct
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from pipeline.grouping import dates, figures, names, places, terms, wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.grouping.document import Document

VERSION = 1
"""Counts up with any change that gives another value for the same text; stored signals of another version
are read anew.
"""

UNDATED = 0
"""The day of documents without a date, which meet only each other."""


# Subtracting works where a conversion to UTC overflows, in the first hours of the year 1.
_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Signals:
    """The comparable side of a document. Texts are folded, days ISO 8601, hashes as each field says."""

    id: str
    version: int
    language: str
    outlet: str
    published: datetime | None
    text_hash: int
    """Of the whole text's words, signed 64 bits; 0 for a text without words."""
    word_count: int
    sketch: tuple[int, ...]
    """FracMinHash of the three-word shingles, signed 64 bits: what the index stores."""
    shingle_count: int
    shingles: str
    """All shingles as sorted unsigned 32-bit integers, big-endian, in base64.

    Two thousand bytes for 400 words, so that exact containment needs no second text from the database; with
    32 bits two articles share a shingle by chance once in ten thousand comparisons, and copies are told by
    dozens.
    """
    figures: tuple[str, ...]
    worded: tuple[str, ...]
    lead_figures: tuple[str, ...]
    """Figures of the title and the first 70 words, in digits or words."""
    ordinals: tuple[str, ...]
    """The place in a series that the title gives the report: of a fourth day, a seventh storm."""
    names: tuple[str, ...]
    lead_names: tuple[str, ...]
    places: tuple[str, ...]
    lead_places: tuple[str, ...]
    days: tuple[str, ...]
    lead_days: tuple[str, ...]
    """Days that the title, the dateline and the first 70 words name: the day of the event, if anything is."""
    lead_weekdays: tuple[str, ...]
    """`on Friday`, resolved: right within a day, for the publication's zone is the outlet's and not the event's."""
    stems: tuple[str, ...]
    """Beginnings of the rare long words, Spanish and English only."""
    lead_terms: Mapping[str, float] | None
    """TF-IDF of the English title and lead, of a length up to one; None without English."""
    terms: Mapping[str, float] | None

    @property
    def day(self) -> int:
        """The UTC day of publication, counted from the year 1; `UNDATED` without a date."""
        return UNDATED if self.published is None else max((self.published - _FIRST_DAY).days + 1, UNDATED + 1)

    def shingle_set(self) -> frozenset[int]:
        packed = base64.b64decode(self.shingles)
        return frozenset(struct.unpack(f">{len(packed) // 4}I", packed))

    def to_json(self) -> dict[str, object]:
        record: dict[str, object] = asdict(self)
        record["published"] = None if self.published is None else self.published.isoformat()
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> Signals:
        """The signals that `to_json` gave, also after a journey through text. Raises KeyError for a missing field."""
        moment = cast("str | None", record["published"])

        def texts(name: str) -> tuple[str, ...]:
            return tuple(cast("Sequence[str]", record[name]))

        return cls(
            id=str(record["id"]),
            version=cast("int", record["version"]),
            language=str(record["language"]),
            outlet=str(record["outlet"]),
            published=None if moment is None else datetime.fromisoformat(moment),
            text_hash=cast("int", record["text_hash"]),
            word_count=cast("int", record["word_count"]),
            sketch=tuple(cast("Sequence[int]", record["sketch"])),
            shingle_count=cast("int", record["shingle_count"]),
            shingles=str(record["shingles"]),
            figures=texts("figures"),
            worded=texts("worded"),
            lead_figures=texts("lead_figures"),
            ordinals=texts("ordinals"),
            names=texts("names"),
            lead_names=texts("lead_names"),
            places=texts("places"),
            lead_places=texts("lead_places"),
            days=texts("days"),
            lead_days=texts("lead_days"),
            lead_weekdays=texts("lead_weekdays"),
            stems=texts("stems"),
            lead_terms=cast("Mapping[str, float] | None", record["lead_terms"]),
            terms=cast("Mapping[str, float] | None", record["terms"]),
        )


def read_signals(document: Document) -> Signals:
    """Read the signals of one revision; any text gives some, an empty one included."""
    language = document.language
    dateline, body = wording.split_dateline(document.body)
    body = wording.cut(body, wording.WORDS_READ)
    title = document.title.strip()
    lead = f"{title}\n{dateline}\n{wording.cut(body, wording.LEAD_WORDS)}"
    text = f"{title}\n{body}"
    hashes = wording.shingles(wording.words(text))
    day = None if document.published is None else document.published.date()
    found = figures.read_figures(dates.without_days(text, language), language)
    plain_lead = dates.without_days(f"{title}\n{wording.cut(body, wording.LEAD_WORDS)}", language)
    whole_words = wording.words(f"{title}\n{wording.split_dateline(document.body)[1]}")
    lead_terms, whole_terms = _english(document)
    return Signals(
        id=document.id,
        version=VERSION,
        language=language,
        outlet=document.outlet,
        published=document.published,
        text_hash=wording.text_hash(whole_words) if whole_words else 0,
        word_count=len(whole_words),
        sketch=wording.sketch(hashes),
        shingle_count=len(hashes),
        shingles=_pack(hashes),
        figures=tuple(sorted(found)),
        worded=tuple(sorted(figures.read_worded(text, language))),
        lead_figures=tuple(
            sorted(figures.read_figures(plain_lead, language) | figures.read_worded(plain_lead, language))
        ),
        ordinals=tuple(sorted(figures.read_ordinals(dates.without_days(title, language), language))),
        names=names.read_names(places.without_places(text, language), language),
        lead_names=names.read_names(places.without_places(plain_lead, language), language),
        places=tuple(sorted(places.read_places(f"{dateline}\n{text}", language))),
        lead_places=tuple(sorted(places.read_places(lead, language))),
        days=tuple(sorted(dates.read_days(f"{dateline}\n{text}", language, day))),
        lead_days=tuple(sorted(dates.read_days(lead, language, day))),
        lead_weekdays=tuple(sorted(dates.read_weekdays(lead, language, day))),
        stems=terms.read_stems(text, language),
        lead_terms=lead_terms,
        terms=whole_terms,
    )


def _english(document: Document) -> tuple[Mapping[str, float] | None, Mapping[str, float] | None]:
    title, body = document.title_en, document.body_en
    if document.language == "en":
        title, body = document.title, document.body
    if not title and not body:
        return None, None
    body = wording.cut(wording.split_dateline(body or "")[1], wording.WORDS_READ)
    return terms.weigh(f"{title or ''}\n{wording.cut(body, wording.LEAD_WORDS)}"), terms.weigh(f"{title or ''}\n{body}")


def _pack(hashes: frozenset[int]) -> str:
    halves = sorted({value & 0xFFFFFFFF for value in hashes})
    return base64.b64encode(struct.pack(f">{len(halves)}I", *halves)).decode()
