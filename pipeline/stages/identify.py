"""The stage that finds out which language a revision is in, and what happens to it next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.stages.fingerprint import Fingerprint
from pipeline.stages.translate import TARGET, Translate
from storage.articles import read_revision, save_language
from storage.beat import translation_place
from storage.ledger import enqueue_again
from storage.records import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from pipeline.language import Verdict


@dataclass(frozen=True, slots=True)
class Text:
    """What identification reads: the words, and what the source says of itself."""

    words: str
    claim: str | None


class Identify:
    """Any revision in, a verdict out; what is in a language that we translate goes to translation first."""

    name = "identify"
    version = 2
    batch = 64
    away = True
    parallel = True

    def load(self, db: Database, subjects: Sequence[str]) -> list[Text]:
        texts = []
        for subject in subjects:
            revision = read_revision(db, subject)
            # The edition's language is a better witness than the page's own claim: many pages carry a template's.
            claim = revision.source_language or (revision.declared_language or "")[:2].lower() or None
            texts.append(Text(f"{revision.title or ''}\n\n{revision.body}".strip(), claim))
        return texts

    def work(self, tasks: Sequence[Text]) -> list[Verdict]:
        from pipeline.language import identify

        return [identify(task.words, task.claim) for task in tasks]

    def save(self, db: Database, subject: str, result: Verdict) -> None:
        save_language(
            db,
            subject,
            version=self.version,
            language=result.language,
            probability=result.probability,
            evidence=result.evidence,
        )
        place = read_revision(db, subject).number
        if result.language in LANGUAGES and result.language != TARGET:
            first = translation_place(db, subject)
            enqueue_again(db, Translate.name, subject, version=Translate.version, place=first)
        # After translation has had its turn: an article is grouped without English where there is none.
        enqueue_again(db, Fingerprint.name, subject, version=Fingerprint.version, place=place)

    def settle(self, db: Database, subjects: Sequence[str]) -> None: ...
