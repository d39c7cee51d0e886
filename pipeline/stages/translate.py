"""The stage that translates revisions: split, recall, decode what is new, check, and keep it sentence by sentence."""

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
class ToTranslate:
    """A revision, where its sentences go, and those that no package has translated before."""

    revision: str
    from_code: str
    route: tuple[Package, ...]
    placed: tuple[Placed, ...]
    remembered: Mapping[str, Remembered]
    unknown: tuple[tuple[str, str], ...]
    """Memory id and sentence."""


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
        hashes = [package.sha256 for package in packages]
        placed = tuple(_place(revision.title or "", revision.body, from_code, hashes))
        remembered = recall(db, {sentence.memory for sentence in placed})
        unknown = {s.memory: s.source for s in placed if s.memory not in remembered}
        return ToTranslate(subject, from_code, packages, placed, remembered, tuple(unknown.items()))

    def work(self, tasks: Sequence[ToTranslate]) -> list[Translated | Waiting]:
        """Decode all unknown sentences of the tasks together, one language at a time."""
        groups: dict[tuple[str, tuple[Package, ...]], list[ToTranslate]] = defaultdict(list)
        for task in tasks:
            groups[task.from_code, task.route].append(task)
        done: dict[str, Translated | Waiting] = {}
        for (from_code, packages), members in groups.items():
            unknown = {key: sentence for task in members for key, sentence in task.unknown}
            try:
                new = _render(unknown, from_code, packages)
            except BadPackage as error:
                # The package is at fault, not the articles: they wait for a better one.
                reason = Waiting(f"package {from_code}-{TARGET} cannot be used: {error}")
                done.update({task.revision: reason for task in members})
                continue
            for task in members:
                done[task.revision] = Translated(
                    task, {**task.remembered, **{key: new[key] for key, _ in task.unknown}}
                )
        return [done[task.revision] for task in tasks]

    def save(self, db: Database, subject: str, result: Translated) -> None:
        task = result.task
        for package in task.route:
            save_package(db, _used(package))
        for key, sentence in result.memory.items():
            if key not in task.remembered:
                remember(db, sentence, from_code=task.from_code, to_code=TARGET, package=task.route[-1].sha256)
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


def _place(title: str, body: str, from_code: str, route: Sequence[str]) -> list[Placed]:
    from pipeline.sentences import split

    placed = []
    headline = " ".join(unicodedata.normalize("NFC", title).split())
    if headline:
        placed.append(Placed("title", 0, 0, headline, memory_id(headline, from_code, TARGET, route)))
    for number, sentence in enumerate(split(unicodedata.normalize("NFC", body), from_code)):
        key = memory_id(sentence.text, from_code, TARGET, route)
        placed.append(Placed("body", number, sentence.paragraph, sentence.text, key))
    return placed


def _render(unknown: Mapping[str, str], from_code: str, packages: Sequence[Package]) -> dict[str, Remembered]:
    """Translate each sentence along the route and have the guard look at the end against the beginning."""
    from pipeline import guard
    from pipeline.translation.engine import engine_for

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
