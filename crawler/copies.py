"""Copies of one article at other addresses of its site: for telephones, for AMP, for the printer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection

_HOSTS = ("m.", "mobile.", "amp.", "wap.", "touch.")
_HINT = re.compile(r"[?]|amp|print|imprimir|//(?:m|mobile|amp|wap|touch)[.]")
_FIRST_FOLDER = re.compile(r"^/amp(?=/.)")
_LAST_FOLDER = re.compile(r"(?<=.)/(?:amp|print|imprimir)(?P<slash>/?)$")
_ENDING = re.compile(r"\.amp(?=\.html?$|$)")
_YES = r"(?:=(?:1|true|yes|y|amp|print)?)?"
_PARAMETER = re.compile(
    rf"(?:amp|print|printable|imprimir|mobile|m){_YES}|(?:output|outputtype|format|view|layout|mode)=(?:amp|print|mobile)"
    r"|tmpl=component",
    re.IGNORECASE,
)


def original(url: str, hosts: Collection[str]) -> str:
    """The address of the page that a normalised address is a copy of, or itself; `hosts` are those of its source.

    Only what says so is taken for a copy: a host or folder `amp`, a host `m.`, a folder `print` at the end, `?print=1`.
    The copy's own address stays the one that is asked for, where no listing names another.
    """
    if not _HINT.search(url):
        return url
    parts = urlsplit(url)
    path = _ENDING.sub("", _LAST_FOLDER.sub(lambda match: match["slash"], _FIRST_FOLDER.sub("", parts.path)))
    query = "&".join(pair for pair in parts.query.split("&") if not _PARAMETER.fullmatch(pair))
    return parts._replace(netloc=_main_host(parts.netloc, hosts), path=path, query=query).geturl()


def _main_host(host: str, hosts: Collection[str]) -> str:
    if host in hosts:
        return host
    for prefix in _HOSTS:
        if host.startswith(prefix):
            rest = host.removeprefix(prefix)
            return next((name for name in (rest, f"www.{rest}") if name in hosts), host)
    return host
