"""What no setting may change: the manners towards the sites, the guard around this machine, the name that we give.

The manners themselves are in `crawler.robots` and `crawler.pace`, the guard is in `crawler.guard`.
"""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings, Settings

from crawler.guard import local_hosts

if TYPE_CHECKING:
    from collections.abc import Mapping

MANNERS = (
    *("ROBOTSTXT_OBEY", "ROBOTSTXT_PARSER", "ROBOTSTXT_USER_AGENT", "USER_AGENT"),
    *("CONCURRENT_REQUESTS_PER_DOMAIN", "CONCURRENT_REQUESTS_PER_IP", "DOWNLOAD_SLOTS"),
    *("DOWNLOADER", "DOWNLOADER_MIDDLEWARES", "DOWNLOADER_MIDDLEWARES_BASE"),
    *("DOWNLOAD_HANDLERS", "DOWNLOAD_HANDLERS_BASE", "TWISTED_DNS_RESOLVER", "DNS_RESOLVER", "HTTPPROXY_ENABLED"),
    # An add-on is applied after everything else has been looked at, and may set what it likes.
    "ADDONS",
)
"""Settings that are as `crawler.settings` has them, or there is no crawl: on the command line, in a source's class, in
another settings module."""

BOUNDS: Mapping[str, float] = MappingProxyType(
    {
        "DOWNLOAD_TIMEOUT": 300,
        "DOWNLOAD_MAXSIZE": 64 * 1024 * 1024,
        "REDIRECT_MAX_TIMES": 10,
    }
)
"""Settings that may be any number up to this one, and not 0, which would mean no bound to Scrapy."""

NUMBERS: Mapping[str, float] = MappingProxyType(
    {
        "TRIWIRE_DELAY": 24 * 3600,
        "TRIWIRE_LOCAL_DELAY": 24 * 3600,
        "TRIWIRE_POLL_MINUTES": 24 * 60,
        "TRIWIRE_BACKFILL_DAYS": 36_500,
        "TRIWIRE_ARCHIVE_MEGABYTES": 1_000_000,
    }
)
"""Settings of ours that are a number from 0 to this one: a slip of the pen must not end as a fault of the sites."""
SWITCHES = ("TRIWIRE_NOW", "TRIWIRE_VISIT", "TRIWIRE_BEAT_ONLY", "TRIWIRE_PROCESS")


def refuse_rude_settings(settings: BaseSettings) -> None:
    """Raise UsageError where a setting would switch off what has no switch, or says nothing that can be understood."""
    for name, ours in _ours().items():
        if _value(settings, name) != ours:
            raise UsageError(
                f"{name} is refused: triwire's manners have no switch (docs/decisions/0006-manners.md)"
                + ("; to name yourself, set TRIWIRE_CONTACT" if name == "USER_AGENT" else "")
            )
    honest_agent(settings["USER_AGENT"], settings.get("TRIWIRE_CONTACT", ""))
    for name, most in BOUNDS.items():
        if not 0 < _number(settings, name) <= most:
            raise UsageError(f"{name}={settings.get(name)} is refused: it must be more than 0 and at most {most}")
    for name, most in NUMBERS.items():
        if not 0 <= _number(settings, name) <= most:
            raise UsageError(f"{name}={settings.get(name)} is refused: it must be at least 0 and at most {most}")
    try:
        settings.getint("TRIWIRE_BACKFILL_DAYS")
        for name in SWITCHES:
            settings.getbool(name)
        local_hosts(settings)
    except ValueError as error:
        raise UsageError(f"a setting is refused: {error}") from error


def _number(settings: BaseSettings, name: str) -> float:
    try:
        return settings.getfloat(name)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name}={settings.get(name)} is refused: it is no number") from error


@functools.cache
def _ours() -> dict[str, Any]:
    ours = Settings()
    ours.setmodule("crawler.settings", priority="project")
    return {name: _value(ours, name) for name in MANNERS}


def _value(settings: BaseSettings, name: str) -> Any:
    # Not by settings.get(), which warns of names that Scrapy has given up, though they still work.
    attribute = settings.attributes.get(name)
    value = None if attribute is None else attribute.value
    # Scrapy wraps a dictionary, with a priority for each key.
    return dict(value) if isinstance(value, BaseSettings) else value


def honest_agent(agent: str, contact: str) -> str:
    """What we call ourselves, and whom a site can turn to. Raises UsageError where that is no address.

    There is no other name to be had: a browser's would be a lie, and whoever is not wanted under his own name is not
    wanted.
    """
    contact = contact.strip()
    if contact and not ("://" in contact or "@" in contact):
        raise UsageError(f"TRIWIRE_CONTACT={contact!r} is no address: give a page or a mail address of yours")
    if not contact.isascii() or not contact.isprintable() or set("()\\") & set(contact):
        raise UsageError(f"TRIWIRE_CONTACT={contact!r} does not fit into a header: plain ASCII, without brackets")
    return f"{agent.removesuffix(')')}; +{contact})" if contact else agent
