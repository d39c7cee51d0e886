"""One spelling for one address."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from crawler.errors import InvalidURL

LONGEST = 4_096
"""Characters; longer addresses are traps or mistakes, and no news site needs half of that."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"(?:utm_|at_|pk_|mtm_|hsa_|mc_|vero_|wt_|xtor|fb_|ga_)[a-z0-9_]*"
    r"|(?:fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|zanpid|zarsrc|_ga|_gl"
    r"|s_cid|cmpid|ns_campaign|ns_mchannel|ns_source|srsltid|mibextid|spm)",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:phpsessid|jsessionid|aspsessionid[a-z]*|cfid|cftoken|oscsid|zenid|session_?id)=.*"
    # Some sites number their articles by `sid`; a session is long and has letters and figures.
    r"|(?:sid|session|s)=(?=[a-z0-9,-]*\d)(?=[a-z0-9,-]*[a-z])[a-z0-9,-]{20,}",
    re.IGNORECASE,
)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\(S\([^/)]*\)\)(?=/)", re.IGNORECASE)
# Most addresses are normal as they stand: no port, no query, nothing escaped, no name that could hide a session.
_NORMAL = re.compile(
    r"https?://(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]{2,}(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]*)+"
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE_IN_PATH = "!$&'()*+,;=:@/~-._%"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?"


def normalise(url: str, base: str | None = None) -> str:
    """The same text for all spellings of one address; relative addresses are joined to `base` first.

    Two addresses that differ only in their tracking parameters, the id of a session, the order of their parameters,
    their fragment or their escapes come out equal. http and https stay two addresses. Raises InvalidURL.
    """
    if base is None and len(url) <= 250 and _NORMAL.fullmatch(url):
        return url
    joined = _joined(url, base)
    try:
        parts = urlsplit(joined)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InvalidURL(url, f"not a URL ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise InvalidURL(url, "neither http nor https")
    if "@" in parts.netloc:
        # Nothing that we link to needs a password, and user names are how a host is made to look like
        # another.
        raise InvalidURL(url, "carries a user name")
    host = _host(url, host)
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    path = _without_dots(_SESSION_IN_PATH.sub("", _escaped(parts.path, _SAFE_IN_PATH))) or "/"
    normal = urlunsplit((scheme, host, path, _query(parts.query), ""))
    if len(normal) > LONGEST:
        raise InvalidURL(url[:LONGEST], f"longer than {LONGEST} characters when escaped")
    return normal


def _joined(url: str, base: str | None) -> str:
    if len(url) > LONGEST:
        raise InvalidURL(url[:LONGEST], f"longer than {LONGEST} characters")
    try:
        url.encode("utf-8")
        return urljoin(base, url.strip()) if base else url.strip()
    except ValueError as error:
        raise InvalidURL(url, f"not a URL ({error})") from error


def _host(url: str, host: str) -> str:
    """The host as it goes over the wire: lower-case, international names in their ASCII form."""
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError as error:
            raise InvalidURL(url, "bad IPv6 address") from error
    host = host.removesuffix(".")
    if len(host) > 253:
        raise InvalidURL(url, "host name too long")
    try:
        ascii_host = host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise InvalidURL(url, "bad host name") from error
    if not all(_LABEL.fullmatch(label) for label in ascii_host.split(".")):
        raise InvalidURL(url, "bad host name" if ascii_host else "no host name")
    return ascii_host


def _query(query: str) -> str:
    pairs = (_escaped(pair, _SAFE_IN_QUERY) for pair in query.split("&"))
    return "&".join(sorted(pair for pair in pairs if pair and not _is_passing(pair)))


def _is_passing(pair: str) -> bool:
    """Whether a parameter says where the reader came from or who it is, and not what is to be read."""
    return bool(_TRACKING.fullmatch(pair.partition("=")[0]) or _SESSION.fullmatch(pair))


def _escaped(text: str, safe: str) -> str:
    """Escapes only where they are needed, in capitals, over the NFC form of what they spell."""
    spelled = _ESCAPES.sub(_unescaped, _LONE_PERCENT.sub("%25", text))
    return quote(unicodedata.normalize("NFC", spelled), safe=safe)


def _unescaped(escapes: re.Match[str]) -> str:
    # Bytes that are no UTF-8 (an old windows-1252 link) come out as lone surrogates and stay escaped.
    letters = unquote_to_bytes(escapes.group()).decode("utf-8", "surrogateescape")
    return "".join(_plain(letter) for letter in letters)


def _plain(letter: str) -> str:
    if "\udc80" <= letter <= "\udcff":
        return f"%{ord(letter) - 0xDC00:02X}"
    if letter in _UNRESERVED or ord(letter) > 0x7F:
        return letter
    return f"%{ord(letter):02X}"


def _without_dots(path: str) -> str:
    """The path without `.` and `..` (RFC 3986, 5.2.4), which an escape may have hidden until now."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)
