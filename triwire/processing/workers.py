"""Worker processes that compute and see no database, so that losing one loses nothing."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any

from storage.ledger import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.ledger import Stage


STUCK_SECONDS = 1800.0
"""A batch takes seconds, or minutes on a slow machine; what takes longer hangs."""
DIED = "WorkerDied: the process that worked on this was killed or crashed"
STUCK = f"WorkerStuck: no result after {STUCK_SECONDS:.0f} seconds"


class Workers:
    """A pool that outlives its workers' deaths."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, stage: Stage, tasks: Sequence[Any]) -> Future[list[Any]]:
        """Begin a batch."""
        try:
            return self._living().submit(stage.work, tasks)
        except BrokenProcessPool:
            self._pool = None
            return self._living().submit(stage.work, tasks)

    def results(self, stage: Stage, tasks: Sequence[Any], future: Future[list[Any]]) -> list[Any]:
        """One result a task. A batch that fails as a whole is halved until the culprit stands alone."""
        try:
            return future.result(timeout=STUCK_SECONDS)
        except BrokenProcessPool:
            self._pool = None
            return self._halve(stage, tasks, DIED)
        except TimeoutError:
            self.abandon()
            return self._halve(stage, tasks, STUCK)
        # Whatever a library raises on one input must not cost the others theirs: the error is kept with its subject.
        except Exception as error:  # noqa: BLE001
            return self._halve(stage, tasks, f"{type(error).__name__}: {error}")

    def _halve(self, stage: Stage, tasks: Sequence[Any], error: str) -> list[Any]:
        if len(tasks) == 1:
            # Alone once more: in a pool that broke, the culprit may have been another batch.
            try:
                return self.submit(stage, tasks).result(timeout=STUCK_SECONDS)
            except BrokenProcessPool:
                self._pool = None
                return [Failed(error)]
            except TimeoutError:
                self.abandon()
                return [Failed(error)]
            except Exception as alone:  # noqa: BLE001
                return [Failed(f"{type(alone).__name__}: {alone}")]
        middle = len(tasks) // 2
        halves = []
        for half in (tasks[:middle], tasks[middle:]):
            halves += self.results(stage, half, self.submit(stage, half))
        return halves

    def _living(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: CTranslate2 and SQLite do not survive a fork with threads.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=_live_as_worker)
        return self._pool

    def close(self) -> None:
        """End idle workers."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def abandon(self) -> None:
        """End the workers at once, whatever they have in hand."""
        for child in multiprocessing.active_children():
            child.terminate()
        self.close()


def _live_as_worker() -> None:
    """Leave Ctrl-C to the coordinator, and die with it: a pool's workers outlive a killed parent otherwise."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_die_with, args=(parent.sentinel,), daemon=True).start()


def _die_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
