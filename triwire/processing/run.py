"""One run over the stages: the coordinator claims, hands out, and alone writes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from storage.database import writing
from storage.errors import TriwireError
from storage.ledger import Failed, Waiting, claim, due, fail, finish, take_back, wait
from storage.moments import now
from triwire.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from storage.ledger import Stage
    from triwire.processing.workers import Workers


class CountsDisagree(TriwireError):
    """A stage took up a number of subjects and cannot account for them: a fault of triwire's."""

    def __init__(self, stage: str, counts: Counter[str]) -> None:
        super().__init__(f"stage {stage} took {counts['taken']} and accounts for others: {dict(counts)}")
        self.stage = stage
        self.counts = counts


@dataclass(slots=True)
class Tally:
    """What became of everything that a run took up, by stage."""

    stages: dict[str, Counter[str]] = field(default_factory=dict)

    def of(self, stage: str) -> Counter[str]:
        return self.stages.setdefault(stage, Counter())

    def check(self) -> None:
        """Every subject taken is done, failed or waiting, and counted once. Raises CountsDisagree."""
        for stage, counts in self.stages.items():
            if counts["taken"] != counts["done"] + counts["failed"] + counts["waiting"]:
                raise CountsDisagree(stage, counts)

    @property
    def taken(self) -> int:
        """Subjects of all stages."""
        return sum(counts["taken"] for counts in self.stages.values())


class Run:
    """All stages in their order, each until nothing is due; made under the processing lock."""

    def __init__(self, db: Database, stages: Sequence[Stage], workers: Workers, owner: str) -> None:
        self.db = db
        self.stages = stages
        self.workers = workers
        self.owner = owner
        self.tally = Tally()

    def begin(self, command: str) -> None:
        """Take back the leases of the dead, queue what an older version of a stage did, and note the run."""
        with writing(self.db):
            take_back(self.db)
            for stage in self.stages:
                self.db.conn.execute(
                    "UPDATE work SET state = 'queued', version = ?, attempts = 0, error = NULL, reason = NULL"
                    " WHERE stage = ? AND state IN ('done', 'quarantined') AND version < ?",
                    [stage.version, stage.name, stage.version],
                )
            self.db.conn.execute(
                "INSERT INTO runs (id, command, started_at) VALUES (?, ?, ?)", [self.owner, command, now()]
            )

    def drain(self) -> int:
        """Work until no stage has anything due; returns how many subjects were taken up."""
        before = self.tally.taken
        for stage in self.stages:
            total = due(self.db, stage.name)
            if total:
                with progress(stage.name, total) as shown:
                    self._drain_stage(stage, shown.advance)
        return self.tally.taken - before

    def end(self) -> None:
        """Note what was done and free what was taken up and not done, however the run came to its end."""
        with writing(self.db):
            take_back(self.db)
            counts = {stage: dict(sorted(counter.items())) for stage, counter in self.tally.stages.items()}
            self.db.conn.execute(
                "UPDATE runs SET ended_at = ?, tally = ? WHERE id = ?", [now(), json.dumps(counts), self.owner]
            )

    def _drain_stage(self, stage: Stage, advance: Any) -> None:
        """Keep some batches of a parallel stage under way and save them in the order in which they were claimed.

        Saving in order is what makes the third capture of an article its third revision, however fast it is read.
        """
        under_way: deque[tuple[list[str], list[Any], Any]] = deque()
        while True:
            while len(under_way) < self._depth(stage):
                batch = self._claim(stage)
                if batch is None:
                    break
                under_way.append(batch)
            if not under_way:
                return
            subjects, loaded, future = under_way.popleft()
            self._save(stage, subjects, self._merge(stage, loaded, future))
            advance(len(subjects))

    def _depth(self, stage: Stage) -> int:
        return self.workers.count + 1 if stage.parallel else 1

    def _claim(self, stage: Stage) -> tuple[list[str], list[Any], Any] | None:
        with writing(self.db):
            subjects = claim(self.db, stage.name, self.owner, stage.batch)
        if not subjects:
            return None
        self.tally.of(stage.name)["taken"] += len(subjects)
        loaded = self._load(stage, subjects)
        tasks = [task for task in loaded if not isinstance(task, (Failed, Waiting))]
        future = self.workers.submit(stage, tasks) if tasks and stage.away else None
        return subjects, loaded, future

    def _load(self, stage: Stage, subjects: list[str]) -> list[Any]:
        """What the stage needs of each; a subject that cannot be loaded fails alone."""
        try:
            return stage.load(self.db, subjects)
        except sqlite3.OperationalError:
            # The disk or the lock, and no subject's fault.
            raise
        except Exception as error:  # noqa: BLE001  whatever one subject raises must not stop the others for ever
            if len(subjects) == 1:
                return [Failed(f"{type(error).__name__}: {error}")]
        return [task for subject in subjects for task in self._load(stage, [subject])]

    def _merge(self, stage: Stage, loaded: list[Any], future: Any) -> list[Any]:
        """Results in the order of the subjects; what could not be loaded stays what it was."""
        tasks = [task for task in loaded if not isinstance(task, (Failed, Waiting))]
        if not tasks:
            return loaded
        results = self.workers.results(stage, tasks, future) if future is not None else stage.work(tasks)
        if len(results) != len(tasks):
            raise CountsDisagree(stage.name, Counter(taken=len(tasks), returned=len(results)))
        rest = iter(results)
        return [task if isinstance(task, (Failed, Waiting)) else next(rest) for task in loaded]

    def _save(self, stage: Stage, subjects: list[str], results: list[Any]) -> None:
        counts = Counter[str]()
        with writing(self.db):
            good = []
            for subject, computed in zip(subjects, results, strict=True):
                result = self._save_one(stage, subject, computed)
                if isinstance(result, Waiting):
                    wait(self.db, stage.name, subject, result.reason)
                    counts["waiting"] += 1
                elif isinstance(result, Failed):
                    quarantined = fail(self.db, stage.name, subject, result.error)
                    counts["failed"] += 1
                    counts["quarantined"] += quarantined
                else:
                    finish(self.db, stage.name, subject, stage.version)
                    counts["done"] += 1
                    good.append(subject)
            stage.settle(self.db, good)
        self.tally.of(stage.name).update(counts)

    def _save_one(self, stage: Stage, subject: str, result: Any) -> Failed | Waiting | None:
        """Write one result, or nothing of it: what cannot be written fails alone."""
        if isinstance(result, (Failed, Waiting)):
            return result
        try:
            with self.db.atomic():
                stage.save(self.db, subject, result)
        except (sqlite3.OperationalError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  as in _load
            return Failed(f"{type(error).__name__}: {error}")
        return None
