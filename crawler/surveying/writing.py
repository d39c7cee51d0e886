"""The files of a proposed source, and where they go."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import crawler
from crawler.errors import CrawlerError
from crawler.surveying.skeleton import SavedPage, save_page

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from crawler.surveying.proposal import Proposal


class NowhereToWrite(CrawlerError):
    """There is no checkout that could be written to."""

    def __str__(self) -> str:
        return "this triwire is installed and no checkout that can be written to: say --folder DIR"


class WouldOverwrite(CrawlerError):
    """A file is there already."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} is there already, and nothing is overwritten: say --name for another name"


class CannotWrite(CrawlerError):
    """The folder takes no file of ours."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(str(path), reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"cannot write {self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A class and its test page, as they would stand in a checkout."""

    module: str
    name: str
    text: str
    page: SavedPage

    @classmethod
    def of(cls, proposal: Proposal, day: datetime) -> Self:
        return cls(proposal.module, proposal.name, proposal.as_text(day), save_page(proposal))

    def files(self) -> dict[str, bytes]:
        """Path below the checkout to content."""
        case = f"tests/pages/{self.name}/{self.page.slug}"
        expected = json.dumps(self.page.expected, ensure_ascii=False, indent=2)
        return {
            f"crawler/sources/{self.module}.py": self.text.encode(),
            f"{case}/page.html": self.page.page,
            f"{case}/expected.json": f"{expected}\n".encode(),
        }

    def write(self, folder: Path | None) -> list[Path]:
        """All files or none; returns their paths. Raises NowhereToWrite, WouldOverwrite, CannotWrite."""
        if folder is None:
            raise NowhereToWrite
        targets = {folder / name: content for name, content in self.files().items()}
        for path in targets:
            if path.exists():
                raise WouldOverwrite(path)
        for path, content in targets.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as file:
                    file.write(content)
            except OSError as error:
                raise CannotWrite(path, error.strerror or str(error)) from error
        return list(targets)


def target_folder(given: Path | None) -> Path | None:
    """The folder that was given, else the checkout that this triwire runs from, else None."""
    if given is not None:
        return given
    root = Path(crawler.__file__).parent.parent
    return root if (root / "tests" / "pages").is_dir() else None
