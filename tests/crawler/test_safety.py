"""Nothing inside this machine or its network is asked for, and nothing that is sent fills or holds it."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import sys
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
from conftest import local, run
from crawler_site import Says, Site
from crawler_sockets import RawSite, says, sends
from hypothesis import given
from hypothesis import strategies as st
from probe import ask
from scrapy.settings import Settings
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.guard import (
    MOST_HEAD,
    GuardedFactory,
    UnsafeAddress,
    as_address,
    is_public,
    local_hosts,
    refuse_inside,
)
from crawler.unpacking import CutShort, Oversized, codings_of, unpack
from crawler.urls import LONGEST

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INSIDE = (
    # IPv4: private, loopback, link-local and metadata, shared by many (CGNAT), multicast, reserved
    *("10.1.2.3", "172.16.0.1", "192.168.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "100.64.0.1"),
    *("100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "0.0.0.0", "0.1.2.3", "198.18.0.1", "192.0.2.1", "203.0.113.9", "192.88.99.1"),
    # IPv6: loopback, unspecified, link-local with and without a zone, unique local, multicast, documentation
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fe80::1%25eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    # an IPv4 address inside an IPv6 one: mapped, compatible, translated (NAT64), 6to4, Teredo, ISATAP
    *("::ffff:127.0.0.1", "::ffff:a00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::"),
    *("2002:808:808::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "fe80::5efe:7f00:1", "::ffff:0:127.0.0.1"),
    # other spellings of 127.0.0.1 and of its neighbours
    *("127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1.", "0"),
    *("１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "%31%32%37.0.0.1", "[::1]", "[::ffff:7f00:1]", "0xA9FEA9FE"),
)


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_inside_passes_in_any_spelling(address: str) -> None:
    with pytest.raises(UnsafeAddress):
        refuse_inside(address)
    with pytest.raises(UnsafeAddress):
        refuse_inside("www.example.org", address)


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "2606:4700::1111", "[2a00:1450:4001:82a::200e]", "www.granma.cu", "134744072", "1.vn", "a.1b"]
)
def test_public_addresses_and_names_pass(host: str) -> None:
    refuse_inside(host)


@given(st.ip_addresses(v=4))
def test_an_odd_spelling_is_the_address_that_the_system_would_ask(address: ipaddress.IPv4Address) -> None:
    a, b, c, d = address.packed
    spellings = (
        f"{int(address)}",
        f"{int(address):#x}",
        f"0{int(address):o}",
        f"{a}.{b}.{c * 256 + d}",
        f"0{a:o}.{b}.{c}.{d}",
    )
    for spelling in spellings:
        assert as_address(spelling) == address
        assert socket.inet_aton(spelling) == address.packed


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_inside_is_public_in_ipv6(inner: ipaddress.IPv4Address) -> None:
    packed = inner.packed
    prefixes = (
        *(bytes(12), bytes(10) + b"\xff\xff", b"\x00\x64\xff\x9b" + bytes(8), bytes(8) + b"\xff\xff\x00\x00"),
        *(b"\x20\x01" + bytes(10), b"\xfe\x80" + bytes(6) + b"\x00\x00\x5e\xfe"),
    )
    for prefix in prefixes:
        outer = ipaddress.IPv6Address(prefix + packed)
        assert not is_public(outer) or is_public(inner)
    assert not is_public(ipaddress.IPv6Address(b"\x20\x02" + packed + bytes(10)))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "2002:7f00:1::"])
def test_a_connection_that_leads_inside_is_refused_whatever_was_checked_before(address: str) -> None:
    factory = GuardedFactory(print, "test", allowed=frozenset({"127.0.0.2"}))
    kind = IPv6Address if ":" in address else IPv4Address
    with pytest.raises(UnsafeAddress):
        factory.buildProtocol(kind("TCP", address, 80))
    factory.buildProtocol(IPv4Address("TCP", "127.0.0.2", 80))
    factory.buildProtocol(IPv4Address("TCP", "8.8.8.8", 80))


def test_the_local_map_leads_to_this_machine_only() -> None:
    with pytest.raises(ValueError, match="only loopback"):
        local_hosts(Settings({"TRIWIRE_LOCAL_HOSTS": '{"www.granma.cu": "10.0.0.1:80"}'}))


OUTSIDE = "outside.test"


@pytest.fixture
def inside() -> Iterator[RawSite]:
    """A server on this machine that nobody may ask."""
    with RawSite(address="127.0.0.3") as site:
        yield site


@pytest.mark.slow
def test_neither_names_nor_redirects_nor_spellings_lead_inside(database: Path, inside: RawSite) -> None:
    port = inside.place.partition(":")[2]
    places = [
        *(
            f"http://127.0.0.3:{port}/",
            f"https://127.0.0.3:{port}/",
            f"http://127.3:{port}/",
            f"http://2130706435:{port}/",
        ),
        *(f"http://0x7f.3:{port}/", f"http://127.0.0.3.:{port}/", f"http://１２７.0.0.3:{port}/"),
        *(f"http://localhost:{port}/", f"http://localhost.:{port}/", f"http://[::ffff:127.0.0.3]:{port}/"),
        *(f"http://{OUTSIDE}@127.0.0.3:{port}/", f"http://[::1]:{port}/", "http://169.254.169.254/latest/meta-data/"),
    ]
    answers = {
        (OUTSIDE, f"/{number}"): says(b"", "302 Found", Location=place)
        for number, place in enumerate(places)
        if place.isascii()
    }
    with RawSite(answers) as site:
        # The address of the site itself is in the local map: to be asked under its own name, and no other.
        own = f"http://{site.place}/"
        answers[OUTSIDE, "/own"] = says(b"", "302 Found", Location=own)
        hops = [f"http://{OUTSIDE}{path}" for _, path in answers]
        outcomes = ask(database, [*places, own, *hops], site.hosts(OUTSIDE))
        assert set(site.paths(OUTSIDE)) == {path for _, path in answers}
        assert {asked.host for asked in site.asked} == {OUTSIDE}
    assert inside.asked == []
    assert len(outcomes) == len(places) + 1 + len(hops)
    for url, outcome in outcomes.items():
        assert "which is not a public address" in outcome.get("reason", ""), (url, outcome)


def test_an_answer_of_the_dns_that_leads_inside_is_not_followed(database: Path, inside: RawSite) -> None:
    port = inside.place.partition(":")[2]
    # The name server's word, whatever it is: here it leads inside.
    dns = "import socket; socket.gethostbyname = lambda name: '127.0.0.3'"
    (outcome,) = ask(database, [f"http://rebinds.example.com:{port}/"], first=dns).values()
    assert outcome["reason"].endswith("is at 127.0.0.3, which is not a public address")
    assert inside.asked == []


def test_an_answer_of_the_dns_that_changes_after_the_check_is_not_followed(database: Path, inside: RawSite) -> None:
    port = inside.place.partition(":")[2]
    # As if the resolver had been shown a public address: only the connection itself tells.
    dns = (
        "import socket; socket.gethostbyname = lambda name: '127.0.0.3'\n"
        "from crawler.guard import PublicResolver; PublicResolver._public = lambda self, address, name: address"
    )
    (outcome,) = ask(database, [f"http://rebinds.example.com:{port}/"], first=dns).values()
    assert "not a public address" in outcome["reason"]
    assert inside.asked == []


def test_no_proxy_leads_around_the_guard(database: Path) -> None:
    with RawSite(address="127.0.0.4") as proxy, RawSite() as site:
        place = f"http://{proxy.place}"
        names = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY")
        urls = [f"http://{OUTSIDE}/", "http://10.0.0.1/", "https://10.0.0.1/"]
        outcomes = ask(database, urls, site.hosts(OUTSIDE), environment=dict.fromkeys(names, place))
        assert outcomes[urls[0]]["status"] == 404, "the proxy is not asked, nor missed"
        assert all("not a public address" in outcomes[url]["reason"] for url in urls[1:])
        outcomes = ask(database, urls[:1], site.hosts(OUTSIDE), meta={"proxy": place})
        assert "proxy" in outcomes[urls[0]]["reason"]
        assert proxy.asked == []


def test_other_schemes_are_not_asked_for(database: Path) -> None:
    places = ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/html,x", "s3://bucket/key", "gopher://127.0.0.1/"]
    answers = {(OUTSIDE, f"/{number}"): says(b"", "302 Found", Location=place) for number, place in enumerate(places)}
    with RawSite(answers) as site:
        hops = [f"http://{OUTSIDE}/{number}" for number in range(len(places))]
        outcomes = ask(database, [*places, *hops], site.hosts(OUTSIDE))
    for place in places:
        assert outcomes[place]["error"] in {"NotSupported", "UnsupportedURLSchemeError"}, outcomes[place]
    for hop in hops:
        assert outcomes[hop]["status"] == 302, "a redirect that is not followed is an answer like any other"


MOST = 300_000
BOMB = b"0" * (4 * MOST)
PACKED = {
    "gzip": gzip.compress(BOMB),
    "deflate": zlib.compress(BOMB),
    "br": brotli.compress(BOMB),
    "zstd": zstd.compress(BOMB),
}


def test_what_is_too_much_is_not_taken(database: Path) -> None:
    answers = {
        (OUTSIDE, "/declared"): sends(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", b"x" * 1000),
        (OUTSIDE, "/long"): sends(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, b"x" * 65536 * 8),
        (OUTSIDE, "/heads"): sends(b"HTTP/1.1 200 OK\r\n", *[b"X-Header: 0123456789\r\n" * 1000] * 100),
        (OUTSIDE, "/line"): sends(b"HTTP/1.1 200 OK\r\nX-Header: ", b"x" * 2 * MOST_HEAD),
        (OUTSIDE, "/continues"): sends(*[b"HTTP/1.1 100 Continue\r\n\r\n" * 1000] * 40),
        (OUTSIDE, "/nested"): says(gzip.compress(b"x"), Content_Encoding=", ".join(["gzip"] * 200)),
        **{(OUTSIDE, f"/{coding}"): says(body, Content_Encoding=coding) for coding, body in PACKED.items()},
        (OUTSIDE, "/twice"): says(gzip.compress(PACKED["gzip"]), Content_Encoding="gzip, gzip"),
        (OUTSIDE, "/enough"): says(gzip.compress(b"0" * MOST), Content_Encoding="gzip"),
        **{
            (OUTSIDE, f"/hop{number}"): says(b"", "301 Moved Permanently", Location=f"/hop{number + 1}")
            for number in range(20)
        },
    }
    answers[OUTSIDE, "/address"] = says(b"", "302 Found", Location="/" + "x" * LONGEST)
    with RawSite(answers) as site:
        urls = [f"http://{OUTSIDE}{path}" for _, path in answers if path == "/hop0" or not path.startswith("/hop")]
        outcomes = ask(database, urls, site.hosts(OUTSIDE), DOWNLOAD_MAXSIZE=MOST)
        hops = [path for path in site.paths(OUTSIDE) if path.startswith("/hop")]
        assert hops == [f"/hop{number}" for number in range(6)], "the first, and five redirects"
        assert not any(len(path) > LONGEST for path in site.paths(OUTSIDE))
    reasons = {
        "/declared": "larger than download max size",
        "/long": "is larger than",
        "/heads": "headers",
        "/line": "Connection was closed",
        "/continues": "headers",
        "/address": f"longer than {LONGEST} characters",
        "/nested": "packed 200 times over",
        "/hop0": "max redirections reached",
        **{f"/{coding}": "is larger than" for coding in (*PACKED, "twice")},
    }
    assert outcomes.pop(f"http://{OUTSIDE}/enough")["length"] == MOST
    for url, outcome in outcomes.items():
        told = f"{outcome.get('error')}: {outcome.get('reason')}"
        assert reasons[url.partition(OUTSIDE)[2]] in told, (url, outcome)


@pytest.mark.parametrize("coding", PACKED)
@given(cut=st.integers(min_value=1, max_value=200))
def test_half_a_packed_body_is_never_taken_for_the_whole(coding: str, cut: int) -> None:
    body = PACKED[coding]
    with pytest.raises(CutShort):
        unpack("u", body[: -min(cut, len(body) - 1)], [coding], 10 * MOST)


@given(body=st.binary(max_size=2000), codings=st.lists(st.sampled_from([*PACKED, "x-gzip", "none"]), max_size=3))
def test_whatever_a_body_is_it_is_unpacked_or_refused(body: bytes, codings: list[str]) -> None:
    try:
        unpacked, _ = unpack("u", body, codings, MOST)
    except (CutShort, Oversized):
        return
    assert len(unpacked) <= max(MOST, len(body))


def test_bodies_come_out_as_they_went_in() -> None:
    body = "Việt Nam – Cuba. ".encode() * 5000
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(body[:100]) + gzip.compress(body[100:]) + b"\0" * 20,
        "x-gzip": gzip.compress(body),
        "deflate": raw.compress(body) + raw.flush(),
        "br": brotli.compress(body),
        "zstd": zstd.compress(body[:100]) + zstd.compress(body[100:]),
    }
    for coding, data in packed.items():
        assert unpack("u", data, [coding], len(body)) == (body, [])
    twice = gzip.compress(brotli.compress(body))
    assert unpack("u", twice, ["br", "gzip"], len(body)) == (body, [])
    assert unpack("u", body, ["utf-8"], 10) == (body, ["utf-8"]), "what nobody knows stays as it is"


def test_codings_are_read_from_every_header() -> None:
    assert codings_of([b"Identity, BR ,", b"gzip"]) == ["br", "gzip"]


def test_what_a_terminal_would_obey_is_not_in_the_log(database: Path) -> None:
    page = Says(b"<html><a href='/x'>x</a>", headers={"Content-Encoding": "\x1b[31mevil\x9b2J"})
    with Site({("www.granma.cu", "/archivo?page=1&q=&s=0"): page}) as site:
        hosts = local(site.hosts("www.granma.cu"))
        done = run("crawl", "--no-process", "--database", database, *hosts, "granma-es")
    assert "evil" in done.stderr
    assert not {"\x1b", "\x9b"} & set(done.stderr)
