"""Requests stay outside: none reaches an address of this machine, its network or its provider.

Three posts, each sufficient for what it sees: a host that is an address, in whatever spelling, is looked at before
anything is asked (`refuse_inside`); what a name resolves to, before the connection is made (`PublicResolver`); and the
address that was connected to, before a byte is sent (`GuardedFactory`), so that no second DNS answer, proxy or
forgotten path slips between the check and the use.
"""

from __future__ import annotations

import ipaddress
import json
import re
import socket
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.http import _DataLoss

from crawler.errors import CrawlerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import HTTP11ClientProtocol

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_HEAD = 256 * 1024
"""Bytes of status line and headers; Twisted bounds each line and not their number."""

# What `ipaddress` calls global in one Python version or another, or by the letter of the registry, and nobody serves
# news from. Addresses that carry an IPv4 address inside them are refused whatever that is.
_INSIDE_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "192.0.0.0/24",  # protocol assignments; Oracle's metadata service
            "192.88.99.0/24",  # 6to4 relays
            "168.63.129.16/32",  # Azure's own services, in a public range
        ),
    )
)
_OUTSIDE_6 = ipaddress.IPv6Network("2000::/3")
_INSIDE_6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo (2001::/32) among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
        ),
    )
)
_NUMBER = r"(?:0[xX][0-9a-fA-F]*|[0-9]+)"
_ODD_IPV4 = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}){{0,3}}")

REFUSED: dict[str, str] = {}
"""Names that the resolver refused, with the address that each led to."""


class UnsafeAddress(CrawlerError, IgnoreRequest):
    """A host that is, or resolves to, an address inside this machine or its network."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(host, address)
        self.host = host
        self.address = address

    def __str__(self) -> str:
        return f"{self.host} is at {self.address}, which is not a public address"


class EndlessHead(CrawlerError):
    """The headers of an answer have no end."""

    def __str__(self) -> str:
        return f"the headers of the answer are longer than {MOST_HEAD} bytes"


def local_hosts(settings: BaseSettings) -> Mapping[str, str]:
    """Real host -> `127.0.0.x:port`. Raises ValueError where the map leads anywhere but to this machine."""
    try:
        hosts: dict[str, str] = json.loads(settings["TRIWIRE_LOCAL_HOSTS"])
    except ValueError as error:
        raise ValueError(f"TRIWIRE_LOCAL_HOSTS is no JSON ({error})") from error
    if not isinstance(hosts, dict) or not all(isinstance(place, str) for place in hosts.values()):
        raise ValueError('TRIWIRE_LOCAL_HOSTS is no map such as {"example.org": "127.0.0.2:8080"}')
    for host, place in hosts.items():
        if not ipaddress.ip_address(place.rpartition(":")[0]).is_loopback:
            raise ValueError(f"TRIWIRE_LOCAL_HOSTS sends {host} to {place}: only loopback addresses are allowed")
    return hosts


def as_address(host: str) -> Address | None:
    """The address that a host is, however it is spelled; None for a name.

    Besides the usual forms, what a C library or a browser would take for an address: `127.1`, `2130706433`,
    `0x7f.1`, `0177.0.0.1`, full-width digits, escapes, a dot at the end, a zone (`fe80::1%eth0`).
    """
    text = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".")
    text = text.strip("[]").partition("%")[0].rstrip(".")
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        pass
    if _ODD_IPV4.fullmatch(text):
        try:
            return ipaddress.IPv4Address(socket.inet_aton(text))
        except OSError:
            pass
    return None


def is_public(address: Address) -> bool:
    """Whether anyone can reach this address from anywhere, and no other address is hidden inside it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and not any(address in net for net in _INSIDE_4)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    return address.is_global and address in _OUTSIDE_6 and not any(address in net for net in _INSIDE_6)


def refuse_inside(host: str, address: str | None = None) -> None:
    """Raise UnsafeAddress if this, the host itself or what it leads to, is no public address; names pass."""
    found = as_address(host if address is None else address)
    if found is not None and not is_public(found):
        raise UnsafeAddress(host, str(found))


class PublicResolver(CachingThreadedResolver):
    """Refuses names whose answer is no public address, whoever gave the answer.

    Twisted asks it for plain addresses too, so those of the local map must be known here.
    """

    allowed: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = local_addresses(crawler.settings)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        return super().getHostByName(name, timeout).addCallback(self._public, name)

    def _public(self, address: str, name: str) -> str:
        if name not in self.allowed:
            try:
                refuse_inside(name, address)
            except UnsafeAddress:
                # Twisted turns what a resolver raises into "no results": the handler puts the reason back.
                REFUSED[name] = address
                raise
        return address


def local_addresses(settings: BaseSettings) -> frozenset[str]:
    """The addresses on this machine that may be asked."""
    return frozenset(place.rpartition(":")[0] for place in local_hosts(settings).values())


class GuardedFactory(_LenientHTTP11ClientFactory):
    """Makes connections, and refuses those that lead inside: it is told where each one really goes."""

    def __init__(self, *arguments: Any, allowed: frozenset[str]) -> None:
        super().__init__(*arguments)  # type: ignore[no-untyped-call]
        self._allowed = allowed

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:
        host = str(getattr(addr, "host", None))
        if host not in self._allowed:
            found = as_address(host)
            if found is None or not is_public(found):
                raise UnsafeAddress(host, host)
        return GuardedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class GuardedProtocol(_LenientHTTP11ClientProtocol):
    """Twisted's side of a connection, for servers that do not keep to the protocol."""

    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        parser = self._parser
        if parser is not None and parser.state in {STATUS, HEADER}:
            self._head += len(data)
            if self._head > MOST_HEAD:
                self._giveUp(Failure(EndlessHead()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]

    def _finishResponse_WAITING(self, rest: bytes) -> None:
        parser: Any = self._parser
        request: Any = self._currentRequest
        if parser is not None and rest.strip(b"\r\n"):
            # More than the answer declared, which Twisted drops: the page is cut short, and what is left on the
            # line would be read as the answer to the next request.
            if parser.bodyDecoder is not None:
                parser.bodyDecoder = _Overfull()
            request.persistent = False
        super()._finishResponse_WAITING(rest)

    _finishResponse_TRANSMITTING = _finishResponse_WAITING


class _Overfull:
    """Ends a body as Twisted ends one that breaks off."""

    def noMoreData(self) -> None:
        raise _DataLoss("more was sent than the answer declared")
