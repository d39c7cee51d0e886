"""Does extraction beside the crawl keep up with the slower of the two, and does memory stay flat?

    python benchmarks/end_to_end.py [--pages 2000] [--hosts 32] [--rounds 3] [--long 20000] [--everything]

A round measures, on papers that `benchmarks/invented_news.py` serves on this machine: fetch and archive alone, then
the extraction of that archive alone, then both as a crawl runs them: `triwire process --follow` beside the crawl, of
its stages the extraction. Each begins with its processes and ends when the last of them has ended. Robots.txt, leases
and syncs are as always; only the delay between requests is zero. `--long` adds one crawl of so many pages, whose memory
is compared with that of the short ones, and `--everything` one with all stages of `triwire process`.

Everything shares the machine's cores with everything else, so a ratio counts only within its round, and seconds of
CPU time stand beside the pages a minute. Extraction alone fills all cores, so whatever is done beside it slows it down:
how much of its rate can be left at most follows from the CPU time of each. On two cores the crawl and the extraction
have one each, so the extraction is also measured on one. Prints a table and writes JSON to benchmarks/results/.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from invented_news import ARTICLE, COUNTRIES, papers, serve
from tabulate import tabulate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SHARE = 0.9
"""Of what the slower stage reaches alone: what we ask of ourselves."""
QUIET = 0.1
"""Of the cores' time may go to other work, or what is measured by the clock says little."""
LOOK_SECONDS = 0.5
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
ROLES = ("crawl", "processing", "workers")


@dataclass
class Measured:
    """One crawl, one extraction, or both."""

    pages: int = 0
    seconds: float = 0.0
    minute: float = 0.0
    """Pages a minute."""
    cpu: dict[str, float] = field(default_factory=dict)
    """Seconds of CPU time by role: crawl, processing (its coordinator), workers, server."""
    peak: dict[str, float] = field(default_factory=dict)
    """Most megabytes of resident memory by role; for workers, of the largest one."""
    quarters: dict[str, list[float]] = field(default_factory=dict)
    """The same for each quarter of the pages."""
    database_bytes_a_page: int = 0
    archive_bytes_a_page: int = 0
    idle: float = 0.0
    """Share of the cores' time in which nothing ran on them."""
    others: float = 0.0
    """Share of the cores' time that other work took."""
    load: tuple[float, ...] = ()
    """Load average of the last minute, at the start and at the end."""


class Watch:
    """Looks at the processes of a run now and then: their memory, their CPU time and how far they are."""

    def __init__(self, label: str, database: Path, pages: int, roots: Mapping[str, int]) -> None:
        self._label, self._database, self._pages, self._roots = label, database, pages, roots
        self.samples: list[tuple[dict[str, int], dict[str, float]]] = []
        """Pages archived and extracted, with megabytes by role."""
        self.cpu: dict[str, float] = {}
        self._by_process: dict[tuple[str, int], float] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()
        for (role, _), seconds in self._by_process.items():
            self.cpu[role] = self.cpu.get(role, 0.0) + seconds
        if sys.stderr.isatty():
            click.echo("\r\x1b[K", nl=False, err=True)

    def _run(self) -> None:
        shown = 0.0
        # Read-only, and closed between looks: a reader that stays would keep the log from being reset.
        while not self._stop.wait(LOOK_SECONDS):
            counts = {"archived": self._count("captures"), "extracted": self._count("extractions")}
            self.samples.append((counts, self._look()))
            if time.monotonic() - shown > (0.5 if sys.stderr.isatty() else 20):
                shown = time.monotonic()
                text = f"{self._label}: {counts['archived']} archived, {counts['extracted']} read of {self._pages}"
                click.echo(f"\r\x1b[K{text}" if sys.stderr.isatty() else text, nl=not sys.stderr.isatty(), err=True)

    def _count(self, table: str) -> int:
        try:
            with contextlib.closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as db:
                return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        except sqlite3.OperationalError:
            # Not made yet.
            return 0

    def _look(self) -> dict[str, float]:
        memory: dict[str, float] = {}
        for role, pid in self._roots.items():
            self._add(memory, role, pid)
            for child in _children(pid) if role == "processing" else ():
                self._add(memory, "workers", child)
        return memory

    def _add(self, memory: dict[str, float], role: str, pid: int) -> None:
        with contextlib.suppress(OSError, IndexError, ValueError):
            resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES / 1e6
            ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            memory[role] = max(memory.get(role, 0.0), round(resident, 1))
            self._by_process[role, pid] = sum(map(int, ticks)) / TICKS

    def quarters(self) -> dict[str, list[float]]:
        """Peak memory of each role in each quarter: of the pages archived for the crawl, else of those read."""
        peaks = {role: [0.0] * 4 for role in ROLES}
        for counts, memory in self.samples:
            for role, megabytes in memory.items():
                done = counts["archived" if role == "crawl" or not counts["extracted"] else "extracted"]
                quarter = min(3, 4 * done // max(1, self._pages))
                if role in peaks:
                    peaks[role][quarter] = max(peaks[role][quarter], megabytes)
        return {role: found for role, found in peaks.items() if any(found)}


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _core_ticks() -> tuple[int, int]:
    """Of all cores since the machine started: idle, and in all."""
    ticks = list(map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]))
    return ticks[3] + ticks[4], sum(ticks)


class Bench:
    """Runs the parts on fresh databases in one folder; what it started, it ends."""

    def __init__(self, folder: Path, hosts: int) -> None:
        self.folder, self.hosts = folder, hosts
        self._errors = folder / "errors.txt"

    def measure(
        self, label: str, pages: int, name: str, parts: tuple[str, ...], stages: str = "extract", cores: int = 0
    ) -> Measured:
        """`crawl`, `processing` or both on the database of this name, which the first of them makes."""
        database = self.folder / f"{name}.db"
        load, ticks = os.getloadavg()[0], _core_ticks()
        with contextlib.ExitStack() as stack:
            server, places = stack.enter_context(self._serving(pages))
            roots = {"server": server.pid}
            began = time.perf_counter()
            running = {}
            for part in reversed(parts):
                arguments = (
                    [str(database), stages, str(cores)] if part == "processing" else [str(database), str(pages), places]
                )
                running[part] = stack.enter_context(self._started(part, arguments))
                roots[part] = running[part].pid
            watch = stack.enter_context(Watch(label, database, pages, roots))
            if "crawl" in running:
                self._finish(running["crawl"])
            if "processing" in running:
                # What `triwire crawl` does at its end, and what ends it when the crawl is killed.
                end = running["processing"].stdin
                if end is not None:
                    end.close()
                self._finish(running["processing"])
            seconds = time.perf_counter() - began
        measured = self._measured(database, watch, seconds, parts)
        idle, whole = (now - before for now, before in zip(_core_ticks(), ticks, strict=True))
        measured.idle = round(idle / whole, 3)
        measured.others = round(max(0.0, 1 - idle / whole - sum(measured.cpu.values()) * TICKS / whole), 3)
        measured.load = (round(load, 1), round(os.getloadavg()[0], 1))
        return measured

    def _measured(self, database: Path, watch: Watch, seconds: float, parts: tuple[str, ...]) -> Measured:
        table = "extractions" if "processing" in parts else "captures"
        with contextlib.closing(sqlite3.connect(database)) as db:
            pages = int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
            bad = db.execute("SELECT count(*) FROM work WHERE error IS NOT NULL").fetchone()[0]
        if pages != watch._pages or bad:
            raise click.ClickException(f"{pages} of {watch._pages} pages came through, {bad} with an error")
        quarters = watch.quarters()
        archive = database.with_name(f"{database.stem}-archive")
        return Measured(
            pages,
            round(seconds, 2),
            round(60 * pages / seconds),
            {role: round(spent, 2) for role, spent in sorted(watch.cpu.items())},
            {role: max(peaks) for role, peaks in quarters.items()},
            quarters,
            sum(path.stat().st_size for path in (database, database.with_name(f"{database.name}-wal")) if path.exists())
            // pages,
            sum(path.stat().st_size for path in archive.iterdir()) // pages,
        )

    @contextlib.contextmanager
    def _serving(self, pages: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
        command = [sys.executable, __file__, "serve", str(pages), str(self.hosts)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                yield server, server.stdout.readline() if server.stdout else ""
            finally:
                server.kill()

    @contextlib.contextmanager
    def _started(self, part: str, arguments: list[str]) -> Iterator[subprocess.Popen[bytes]]:
        with self._errors.open("wb") as errors:
            command = [sys.executable, __file__, part, *arguments]
            process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=errors, stderr=errors)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def _finish(self, process: subprocess.Popen[bytes]) -> None:
        if process.wait():
            raise click.ClickException(self._errors.read_text(errors="replace")[-4_000:])

    def copy(self, name: str, to: str) -> None:
        """A database with its archive, when nobody uses it."""
        for path in self.folder.glob(f"{name}*"):
            (shutil.copytree if path.is_dir() else shutil.copy)(path, self.folder / path.name.replace(name, to, 1))

    def remove(self, name: str) -> None:
        """Make room: a long run leaves gigabytes."""
        for path in self.folder.glob(f"{name}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def one_round(bench: Bench, number: int, pages: int) -> dict[str, Measured]:
    told = f"round {number}, "
    measured = {"fetch and archive": bench.measure(f"{told}fetch and archive", pages, "alone", ("crawl",))}
    bench.copy("alone", "again")
    for label, name, cores in (("extraction", "alone", 0), ("on one core", "again", 1)):
        measured[label] = bench.measure(f"{told}{label}", pages, name, ("processing",), cores=cores)
    measured["both at once"] = bench.measure(f"{told}both", pages, "both", ("crawl", "processing"))
    for name in ("alone", "again", "both"):
        bench.remove(name)
    return measured


def ratios(measured: Mapping[str, Measured]) -> dict[str, float]:
    """What both at once reach of the slower of the two alone, and the most that it can be by the CPU time of each."""
    fetch, extraction, both = (measured[name] for name in ("fetch and archive", "extraction", "both at once"))
    cores = len(os.sched_getaffinity(0))
    rate = {name: cores * one.pages / sum(one.cpu.values()) for name, one in measured.items()}
    # The crawl is one process: it fills one core.
    alone = min(rate["fetch and archive"], fetch.pages / fetch.cpu["crawl"], rate["extraction"])
    each = min(alone, rate["on one core"] / cores)
    return {
        "of the slower": round(both.minute / min(fetch.minute, extraction.minute), 3),
        "of the slower, each on one core": round(both.minute / min(fetch.minute, measured["on one core"].minute), 3),
        "of the slower at most, by CPU time": round(rate["both at once"] / alone, 3),
        "of the slower at most, each on one core, by CPU time": round(rate["both at once"] / each, 3),
    }


@click.group(invoke_without_command=True)
@click.option("--pages", default=2_000, show_default=True, help="Pages of a round.")
@click.option("--hosts", default=32, show_default=True, help="Papers that they are spread over.")
@click.option("--rounds", default=3, show_default=True, help="Rounds, of which the median counts.")
@click.option("--long", default=0, help="Add one crawl of so many pages, for its memory; 20000 takes a while.")
@click.option("--everything", is_flag=True, help="Add one crawl with all stages beside it.")
@click.option("--scratch", type=click.Path(file_okay=False, exists=True, path_type=Path), help="Where to work.")
@click.pass_context
def main(
    context: click.Context, *, pages: int, hosts: int, rounds: int, long: int, everything: bool, scratch: Path | None
) -> None:
    """Measure, print a table, write JSON."""
    if context.invoked_subcommand:
        return
    # As Ctrl-C: what was started is ended, and the folder goes.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="triwire-end-to-end-", dir=scratch) as folder:
        bench = Bench(Path(folder), hosts)
        measured = [one_round(bench, number + 1, pages) for number in range(rounds)]
        extra: dict[str, Measured] = {}
        if everything:
            extra["all stages"] = bench.measure("all stages", pages, "all", ("crawl", "processing"), "all")
            bench.remove("all")
        if long:
            extra["long"] = bench.measure("long", long, "long", ("crawl", "processing"))
    report = {
        "pages": pages,
        "hosts": hosts,
        "cores": len(os.sched_getaffinity(0)),
        "ratios": [ratios(each) for each in measured],
        "rounds": [{name: asdict(each) for name, each in one.items()} for one in measured],
        "more": {name: asdict(each) for name, each in extra.items()},
    }
    show(measured, extra)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "end_to_end.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def show(measured: list[dict[str, Measured]], extra: dict[str, Measured]) -> None:
    """The medians, the ratios and the memory."""
    listed = []
    named = {name: [one[name] for one in measured] for name in (measured[0] if measured else ())}
    for name, runs in {**named, **{name: [one] for name, one in extra.items()}}.items():
        middle = sorted(runs, key=lambda one: one.minute)[len(runs) // 2]
        spent = [f"{1000 * middle.cpu.get(role, 0) / middle.pages:.1f}" for role in (*ROLES, "server")]
        kept = [f"{each / 1000:.1f}" for each in (middle.database_bytes_a_page, middle.archive_bytes_a_page)]
        listed.append([name, middle.pages, middle.minute, *spent, f"{middle.idle:.2f}", f"{middle.others:.2f}", *kept])
    headers = ("", "pages", "pages/min", *(f"{role} ms" for role in (*ROLES, "server")), "idle", "others")
    headers = (*headers, "database kB", "archive kB")
    click.echo(tabulate(listed, headers=headers))
    click.echo("(milliseconds of CPU time a page; what the cores did else; kilobytes a page)\n")
    if measured:
        each = [ratios(one) for one in measured]
        for name in each[0]:
            median = statistics.median(one[name] for one in each)
            click.echo(f"{median:.2f} {name} ({', '.join(f'{one[name]:.2f}' for one in each)})")
        share = statistics.median(one["of the slower"] for one in each)
        click.echo(f"{'reaches' if share >= SHARE else 'MISSES'} {SHARE} of the slower stage")
        others = max(one.others for run in measured for one in run.values())
        if others > QUIET:
            click.echo(f"other work took up to {others:.2f} of the cores: only the CPU times can be relied on")
        click.echo()
    runs = [*([measured[-1]["both at once"]] if measured else ()), *extra.values()]
    memory = [[run.pages, role, *map(round, peaks)] for run in runs for role, peaks in run.quarters.items()]
    click.echo(tabulate(memory, headers=("pages", "peak MB of", "1st quarter", "2nd", "3rd", "4th")))


@main.command("serve", hidden=True)
@click.argument("pages", type=int)
@click.argument("hosts", type=int)
def serve_papers(pages: int, hosts: int) -> None:
    """Serve until killed; prints where."""

    async def run() -> None:
        places, servers = await serve(pages, hosts)
        click.echo(json.dumps(places))
        sys.stdout.flush()
        await asyncio.gather(*(server.serve_forever() for server in servers))

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())


@main.command(hidden=True)
@click.argument("database", type=click.Path(path_type=Path))
@click.argument("pages", type=int)
@click.argument("places", type=json.loads)
def crawl(database: Path, pages: int, places: dict[str, str]) -> None:
    """Crawl every paper once."""
    from crawler.spider import NewsSpider
    from triwire.crawling import Tick
    from triwire.crawling import crawl as crawl_all

    facts: dict[str, Any] = {"outlet": "Benchmark", "article_url": ARTICLE}
    sources = tuple(
        type(
            paper.host.partition(".")[0],
            (NewsSpider,),
            {
                **facts,
                "name": paper.host.partition(".")[0],
                "language": paper.language,
                "country": COUNTRIES[paper.language],
                "hosts": (paper.host,),
                "feeds": (f"https://{paper.host}/feed.xml",),
                "sitemaps": (f"https://{paper.host}/sitemap.xml",),
            },
        )
        for paper in papers(pages, len(places))
    )
    settings = {"TRIWIRE_LOCAL_HOSTS": json.dumps(places), "TRIWIRE_NOW": True}
    crawl_all(Tick(database, settings=settings, sources=sources))


@main.command(hidden=True)
@click.argument("database", type=click.Path(path_type=Path))
@click.argument("stages", type=click.Choice(["extract", "all"]))
@click.argument("cores", type=int)
def processing(database: Path, stages: str, cores: int) -> None:
    """`triwire process --follow`, with the first of its stages or with all, on so many cores or, with 0, on all."""
    from crawler.stage import Extract
    from triwire.processing.process import process_once

    if cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    chosen = [Extract(database)] if stages == "extract" else None
    process_once(database, "benchmark", follow=sys.stdin, stages=chosen)


if __name__ == "__main__":
    main()
