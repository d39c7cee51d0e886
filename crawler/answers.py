"""What an answer or a failure says, as text."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

from crawler.errors import CrawlerError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

_OURS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE))


def header_of(response: Response, name: str) -> str | None:
    found = response.headers.get(name)
    return found.decode("latin-1") if found else None


def request_of(failure: Failure) -> Request:
    """Scrapy hangs the request on the failure."""
    request: Request = vars(failure)["request"]
    return request


def is_our_own(failure: Failure) -> bool:
    """Whether this machine failed, and not the site: a full disk, a database that is locked for too long."""
    error = failure.value
    return isinstance(error, sqlite3.Error) or (isinstance(error, OSError) and error.errno in _OURS)


def reason_of(failure: Failure) -> str:
    error = failure.value
    return "no reason given" if error is None else reason_of_error(error)


def reason_of_error(error: BaseException) -> str:
    """What went wrong; what broke a connection is taken from inside Twisted's wrappings."""
    if isinstance(error, CrawlerError):
        return str(error)
    broken = getattr(error.__cause__, "reasons", ())
    inner = [reason.value for reason in broken]
    ours = [cause for cause in inner if isinstance(cause, CrawlerError)]
    text = "; ".join(dict.fromkeys(filter(None, map(str, ours or inner)))) or str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
