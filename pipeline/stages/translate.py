"""The stage that translates revisions: split, recall, decode what is new, check, and keep it sentence by sentence.

A sentence goes by its own language: Spanish in a Vietnamese article through the Spanish package; English, and what no
package translates, stays as it is and is flagged so.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import BadPackage, MissingPackage
from pipeline.stages.fingerprint import Fingerprint
from storage.articles import read_revision
from storage.database import value
from storage.ledger import Waiting, enqueue_again
from storage.translations import (
    Placed,
    Remembered,
    UsedPackage,
    memory_id,
    recall,
    remember,
    save_package,
    save_translation,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlite_utils import Database

    from pipeline.translation.packages import Package

TARGET = "en"
"""The language that everything is translated into; the others follow through it."""

PAIR = re.compile(r"^package (\w\w)-(\w\w) ")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A sentence that no package has translated before, and the packages that are to; none for one that stays."""

    memory: str
    sentence: str
    from_code: str
    route: tuple[Package, ...]


@dataclass(frozen=True, slots=True)
class ToTranslate:
    """A revision, where its sentences go, and those that no package has translated before."""

    revision: str
    route: tuple[Package, ...]
    """From the language of the article."""
    placed: tuple[Placed, ...]
    remembered: Mapping[str, Remembered]
    unknown: tuple[Unknown, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """The task with every sentence's translation, by memory id."""

    task: ToTranslate
    memory: Mapping[str, Remembered]


class Translate:
    """Revisions in a language of the wire other than English in, translations out; waits where a package is missing."""

    name = "translate"
    version = 2
    # Large, so that equal sentence lengths find each other; decoding keeps all cores busy by itself.
    batch = 48
    away = True
    parallel = False

    def load(self, db: Database, subjects: Sequence[str]) -> list[ToTranslate | Waiting]:
        return [self._load_one(db, subject) for subject in subjects]

    def _load_one(self, db: Database, subject: str) -> ToTranslate | Waiting:
        from pipeline.translation.packages import route

        from_code = str(value(db, "SELECT language FROM identifications WHERE revision = ?", [subject]))
        try:
            packages = route(from_code, TARGET)
        except MissingPackage:
            return Waiting(
                f"package {from_code}-{TARGET} is missing: `triwire models install {from_code}-{TARGET}`, then"
                " `triwire process`"
            )
        revision = read_revision(db, subject)
        routes = {from_code: packages}
        placed, languages = _place(revision.title or "", revision.body, from_code, routes)
        remembered = recall(db, {sentence.memory for sentence in placed})
        unknown = {
            s.memory: Unknown(s.memory, s.source, language, routes[language])
            for s, language in zip(placed, languages, strict=True)
            if s.memory not in remembered
        }
        return ToTranslate(subject, packages, tuple(placed), remembered, tuple(unknown.values()))

    def work(self, tasks: Sequence[ToTranslate]) -> list[Translated | Waiting]:
        """Decode all unknown sentences of the tasks together, one language at a time."""
        groups: dict[tuple[str, tuple[Package, ...]], dict[str, str]] = defaultdict(dict)
        for task in tasks:
            for new in task.unknown:
                groups[new.from_code, new.route][new.memory] = new.sentence
        done: dict[str, Remembered] = {}
        bad: dict[str, Waiting] = {}
        for (from_code, packages), sentences in groups.items():
            try:
                done.update(_render(sentences, from_code, packages))
            except BadPackage as error:
                # The package is at fault, not the articles: they wait for a better one.
                reason = Waiting(f"package {from_code}-{TARGET} cannot be used: {error}")
                bad.update(dict.fromkeys(sentences, reason))
        return [_translated(task, done, bad) for task in tasks]

    def save(self, db: Database, subject: str, result: Translated) -> None:
        task = result.task
        for package in dict.fromkeys([*task.route, *(package for new in task.unknown for package in new.route)]):
            save_package(db, _used(package))
        for new in task.unknown:
            package = (new.route or task.route)[-1]
            sentence = result.memory[new.memory]
            remember(db, sentence, from_code=new.from_code, to_code=TARGET, package=package.sha256)
        title = [result.memory[s.memory].text for s in task.placed if s.field == "title"]
        save_translation(
            db,
            subject,
            to_code=TARGET,
            title=" ".join(title) or None,
            body=_joined(task.placed, result.memory),
            route=[package.sha256 for package in task.route],
            sentences=task.placed,
            flagged=sum(bool(result.memory[s.memory].flags) for s in task.placed),
        )
        place = read_revision(db, subject).number
        enqueue_again(db, Fingerprint.name, subject, version=Fingerprint.version, place=place)

    def settle(self, db: Database, subjects: Sequence[str]) -> None: ...


def is_there(reason: str) -> bool:
    """Whether the package that a `Waiting` of this stage named can be had now."""
    from pipeline.translation.packages import route

    named = PAIR.match(reason)
    if named is None:
        return True
    try:
        route(named[1], named[2])
    except (MissingPackage, BadPackage):
        return False
    return True


def outdated(db: Database) -> list[str]:
    """Revisions whose translation came by other packages than would be taken now."""
    from pipeline.translation.packages import route

    found: list[str] = []
    languages = db.conn.execute(
        "SELECT DISTINCT i.language FROM translations t JOIN identifications i ON i.revision = t.revision"
    ).fetchall()
    for (language,) in languages:
        try:
            today = json.dumps([package.sha256 for package in route(language, TARGET)])
        except MissingPackage:
            continue
        others = db.conn.execute(
            "SELECT t.revision FROM translations t JOIN identifications i ON i.revision = t.revision"
            " WHERE i.language = ? AND t.to_code = ? AND t.route <> ?",
            [language, TARGET, today],
        )
        found += [revision for (revision,) in others]
    return found


def _place(
    title: str, body: str, from_code: str, routes: dict[str, tuple[Package, ...]]
) -> tuple[list[Placed], list[str]]:
    """The sentences and the language of each; `routes` gains those of the languages that are quoted."""
    from pipeline.language import sentence_language
    from pipeline.sentences import split

    headline = " ".join(unicodedata.normalize("NFC", title).split())
    found = [("title", 0, 0, headline)] if headline else []
    sentences = split(unicodedata.normalize("NFC", body), from_code)
    found += [("body", number, sentence.paragraph, sentence.text) for number, sentence in enumerate(sentences)]
    placed, languages = [], []
    for field, number, paragraph, text in found:
        language = sentence_language(text, from_code)
        if language not in routes:
            routes[language] = _quoted_route(language)
        # What stays is noted under the article's packages, so that it does not matter which article comes first.
        hashes = [package.sha256 for package in routes[language] or routes[from_code]]
        placed.append(Placed(field, number, paragraph, text, memory_id(text, language, TARGET, hashes)))
        languages.append(language)
    return placed, languages


def _quoted_route(language: str) -> tuple[Package, ...]:
    """None for English and for what nothing translates: no article waits for the package of a quotation."""
    from pipeline.translation.packages import route

    try:
        return route(language, TARGET)
    except MissingPackage:
        return ()


def _translated(task: ToTranslate, done: Mapping[str, Remembered], bad: Mapping[str, Waiting]) -> Translated | Waiting:
    for new in task.unknown:
        if new.memory in bad:
            return bad[new.memory]
    return Translated(task, {**task.remembered, **{new.memory: done[new.memory] for new in task.unknown}})


def _render(unknown: Mapping[str, str], from_code: str, packages: Sequence[Package]) -> dict[str, Remembered]:
    """Translate each sentence along the route and have the guard look at the end against the beginning."""
    from pipeline import guard
    from pipeline.translation.engine import engine_for

    if not packages:
        return {key: Remembered(key, source, source, (guard.KEPT,)) for key, source in unknown.items()}
    texts = list(unknown.values())
    for package in packages:
        texts = [rendering.text for rendering in engine_for(package).translate(texts)]
    return {
        key: Remembered(key, source, text, guard.check(source, text, from_code, TARGET))
        for (key, source), text in zip(unknown.items(), texts, strict=True)
    }


def _joined(placed: Sequence[Placed], memory: Mapping[str, Remembered]) -> str:
    """The body in English with the paragraphs of the original."""
    paragraphs: dict[int, list[str]] = defaultdict(list)
    for sentence in placed:
        if sentence.field == "body":
            paragraphs[sentence.paragraph].append(memory[sentence.memory].text)
    return "\n\n".join(" ".join(sentences) for _, sentences in sorted(paragraphs.items()))


def _used(package: Package) -> UsedPackage:
    return UsedPackage(
        package.sha256,
        package.name,
        package.version,
        package.from_code,
        package.to_code,
        package.origin,
        package.licence,
        package.rough,
    )
