"""What every table, view and column is: for the README, for Datasette, and for the dump.

The dump is how two databases are compared, so this page also says which columns are not facts about the news:
a `clock` tells when we did something, an `attempt` how or how often or where we kept it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CLOCK = "clock"
ATTEMPT = "attempt"


@dataclass(frozen=True, slots=True)
class Described:
    """One table or view: a sentence about it and one about each column."""

    about: str
    columns: dict[str, str]
    unlike: dict[str, str] = field(default_factory=dict)
    """Columns that may differ between two runs over the same news: name to CLOCK or ATTEMPT."""
    kept_out: bool = False
    """The whole table is clocks and attempts."""
