"""Ask for addresses with the crawler's own settings and components, in a process of its own; see `ask`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PROGRAM = """
import json, sys, time
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

given = json.load(sys.stdin)
exec(given["first"])
outcomes = {}


class Probe(scrapy.Spider):
    name = "probe"
    cookies = given["cookies"]

    async def start(self):
        for url in given["urls"]:
            try:
                request = scrapy.Request(url, self.parse, errback=self.failed, meta=dict(given["meta"], asked=url))
            except ValueError as error:
                outcomes[url] = {"error": type(error).__name__, "reason": str(error)}
                continue
            request.meta["began"] = time.time()
            yield request

    def parse(self, response):
        text = response.body.decode("latin-1")
        outcomes[response.meta["asked"]] = {"status": response.status, "url": response.url, "length": len(text),
            "text": text[:2000], "seconds": time.time() - response.meta["began"]}

    def failed(self, failure):
        meta = failure.request.meta
        outcomes[meta["asked"]] = {"error": type(failure.value).__name__, "reason": str(failure.value),
            "seconds": time.time() - meta["began"]}


settings = Settings()
settings.setmodule("crawler.settings", priority="project")
settings.setdict(dict(given["settings"], LOG_ENABLED=False, ITEM_PIPELINES={}, EXTENSIONS={}), priority="cmdline")
process = CrawlerProcess(settings)
process.crawl(Probe)
process.start()
json.dump(outcomes, sys.stdout)
"""


def ask(
    database: Path,
    urls: Sequence[str],
    hosts: Mapping[str, str] | None = None,
    *,
    first: str = "",
    cookies: bool = False,
    meta: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    **settings: Any,
) -> dict[str, dict[str, Any]]:
    """What became of each address: status, url, length, text, or error and reason; and seconds.

    `first` is Python to run before anything is asked.
    """
    from conftest import ROOT

    given = {
        "urls": list(urls),
        "first": first,
        "cookies": cookies,
        "meta": dict(meta or {}),
        "settings": {
            "TRIWIRE_DATABASE": str(database),
            "TRIWIRE_LOCAL_HOSTS": json.dumps(dict(hosts or {})),
            "TRIWIRE_CONTACT": "desk@example.org",
            **settings,
        },
    }
    import os

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        input=json.dumps(given),
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcomes: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return outcomes
