"""What long work says of itself where nobody watches a terminal."""

from __future__ import annotations

import pytest

from triwire import progress


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (2_345_678, "2.3 MB"), (1_072_000_000, "1.1 GB")],
)
def test_bytes_are_shown_in_the_unit_that_a_person_would_choose(amount: int, shown: str) -> None:
    assert progress.as_bytes(amount) == shown


def test_a_line_now_and_then_tells_how_long_the_rest_will_take(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moment = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: moment[0])
    with progress.progress("theirs.warc.gz", 1_000_000_000, progress.as_bytes) as shown:
        for second in range(1, 61):
            moment[0] = 100.0 + second
            shown.advance(2_000_000)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "theirs.warc.gz 2.0 MB/1.0 GB, about 8 min left"
    assert len(lines) == 12
