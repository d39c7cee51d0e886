"""The stages in the order of the work, and what those that wait are waiting for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.stage import PAGE_REMOVED, Extract
from pipeline.stages.fingerprint import Fingerprint
from pipeline.stages.group import Group
from pipeline.stages.identify import Identify
from pipeline.stages.translate import Translate, is_there

if TYPE_CHECKING:
    from pathlib import Path

    from storage.ledger import Stage


def all_stages(database: Path) -> list[Stage]:
    """Extract, identify, translate, fingerprint, group."""
    return [Extract(database), Identify(), Translate(), Fingerprint(), Group()]


def can_go_on(reason: str) -> bool:
    """Whether what a stage waited for has come."""
    return reason != PAGE_REMOVED and is_there(reason)
