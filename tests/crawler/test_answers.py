"""Whose fault a failure is."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler.answers import is_our_own
from crawler.pace import HostRests


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("database or disk is full"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EMFILE, "Too many open files"),
    ],
)
def test_a_full_disk_is_no_fault_of_the_site(error: Exception) -> None:
    assert is_our_own(Failure(error))


@pytest.mark.parametrize(
    "error",
    [Refused(), DNSLookupError("no address"), OSError(errno.ECONNRESET, "reset by peer"), HostRests("a.example", 60)],
)
def test_what_a_site_does_is_its_own(error: Exception) -> None:
    assert not is_our_own(Failure(error))
