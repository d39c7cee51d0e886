"""Stages for tests of the workers: importable by name, as a worker process needs them."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database


class Doubling:
    """Doubles numbers; 13 kills whoever works on it, 7 raises."""

    name = "extract"
    version = 1
    batch = 8
    away = True
    parallel = True

    def load(self, db: Database, subjects: Sequence[str]) -> list[int]:
        return [int(subject) for subject in subjects]

    def work(self, tasks: Sequence[int]) -> list[int]:
        for task in tasks:
            if task == 13:
                os.kill(os.getpid(), signal.SIGKILL)
            if task == 7:
                raise ArithmeticError("seven")
        return [2 * task for task in tasks]

    def save(self, db: Database, subject: str, result: int) -> None:
        db.conn.execute("INSERT INTO texts (id, text) VALUES (?, ?)", [subject, str(result)])

    def settle(self, db: Database, subjects: Sequence[str]) -> None: ...


class Forgetful(Doubling):
    """Loses a result."""

    def work(self, tasks: Sequence[int]) -> list[int]:
        return [2 * task for task in tasks][:-1]


class Torn(Doubling):
    """Cannot save one result."""

    def save(self, db: Database, subject: str, result: int) -> None:
        super().save(db, subject, result)
        if subject == "5":
            raise OSError("no space left")
