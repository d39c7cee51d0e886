"""Writes the README's chapter on the database from the schema: `python -m storage.readme README.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from storage.schema import TABLES, Described
from storage.views import DESCRIPTIONS

BEGIN, END = "<!-- schema: begin -->", "<!-- schema: end -->"


def schema_markdown() -> str:
    """Views first, since a reader opens those; every column with what it holds."""
    parts = [
        "### Views",
        *(_entry(name, described) for name, described in DESCRIPTIONS.items() if name != "current_revisions"),
    ]
    parts += ["### Tables", *(_entry(name, described) for name, described in TABLES.items())]
    return "\n\n".join(parts)


def _entry(name: str, described: Described) -> str:
    columns = "\n".join(
        f"| `{column}` | {about.replace('|', chr(92) + '|')}{_note(described, column)} |"
        for column, about in described.columns.items()
    )
    head = f"<details><summary><b>{name}</b>: {described.about}</summary>"
    return f"{head}\n\n| column | |\n|---|---|\n{columns}\n\n</details>"


def _note(described: Described, column: str) -> str:
    kind = described.unlike.get(column)
    return f" ({kind}: not in the dump)" if kind else ""


def with_schema(readme: str) -> str:
    """The README's text with the chapter as the schema has it now."""
    head, _, rest = readme.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{schema_markdown()}\n\n{END}{tail}"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(with_schema(target.read_text(encoding="utf-8")), encoding="utf-8")
