"""What every table is, for the README, for Datasette and for the dump; a module for each part of the house."""

from __future__ import annotations

from storage.schema import archive, beat, crawl, groups, text, watch, work
from storage.schema.described import ATTEMPT, CLOCK, Described

TABLES: dict[str, Described] = {
    **crawl.TABLES,
    **archive.TABLES,
    **watch.TABLES,
    **beat.TABLES,
    **text.TABLES,
    **groups.TABLES,
    **work.TABLES,
}

__all__ = ["ATTEMPT", "CLOCK", "TABLES", "Described"]
