"""The house itself: the queue, the runs, the search index."""

from __future__ import annotations

from storage.schema.described import ATTEMPT, CLOCK, Described

TABLES = {
    "work": Described(
        "The ledger: what each stage has done, has to do, waits for or gave up on.",
        {
            "stage": "extract (of captures); identify, translate, fingerprint, group (of revisions)",
            "subject": "Id of the capture or revision",
            "state": "queued, done, waiting (for what `reason` says) or quarantined (after three failures)",
            "version": "Version of the stage that did it or shall do it",
            "place": "Order in the queue: number of the capture, plus a million to translate off the beat; 0 for group",
            "reason": "What it waits for, such as a missing package",
            "owner": "The process that has it in hand",
            "attempts": "Failures",
            "next_at": "When it may be tried again",
            "error": "The last failure: class and message",
        },
        {"owner": ATTEMPT, "attempts": ATTEMPT, "next_at": CLOCK, "error": ATTEMPT},
    ),
    "runs": Described(
        "Each run of a command that works on the database, with its counts.",
        {
            "id": "Start and process",
            "command": "The command",
            "started_at": "When it began",
            "ended_at": "When it ended; empty if it was killed",
            "tally": "Counts by stage and outcome, JSON",
        },
        kept_out=True,
    ),
    "indexed": Described(
        "Which row of `search` is which article.",
        {"docid": "Row of `search`", "article": "The article"},
        {"docid": ATTEMPT},
    ),
}
