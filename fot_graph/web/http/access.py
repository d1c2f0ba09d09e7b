"""Who may read: the names that the server answers to, and the pages of other web sites that may read its answers.

A browser sends the requests of any page to any server that it can reach, also to one on the reader's own machine. Two
things keep the page from reading the answer: the page is of another origin (CORS), and the server does not answer to a
name that someone else lets resolve to this machine (DNS rebinding).
Standards: RFC 9110, 7.2 and 15.5.20; Fetch; Fetch Metadata Request Headers.
"""

from __future__ import annotations

import re
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from fot_graph.core.errors import UsageError
from fot_graph.web.http.errors import WebError
from fot_graph.web.http.logs import escape_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping
    from typing import Any

    from starlette.datastructures import Headers

    Scope = MutableMapping[str, Any]

ALL = "*"  # in place of an origin: every page may read
_NAME = r"(?P<name>[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
_CLOSING = {"connection": "close"}
_HOST = re.compile(_NAME)
_URL = re.compile(rf"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://{_NAME}")
_ABSOLUTE = re.compile(rb"(?P<origin>https?://[^/]*)(?P<path>.*)", re.IGNORECASE | re.DOTALL)
_PORTS = {"http": 80, "https": 443}  # that need not be written
_READERS = "ETag, Link, Retry-After"  # headers that scripts of other sites may read


class Host(NamedTuple):
    """A host in one spelling, and its port; as a name of ours, None stands for every port that needs no mention."""

    name: str
    port: int | None = None


class Access:
    """Decides on requests.

    `address` is what the server was told to listen at, `names` are what else it is called (`host_name`), `origins` the
    origins whose pages may read the answers (`origin`, or `ALL`).
    """

    def __init__(self, address: str = "", names: Iterable[Host] = (), origins: Iterable[str] = ()) -> None:
        self._address, self._names, self._origins = _canonical_host(address), frozenset(names), frozenset(origins)
        self._is_open = ALL in self._origins

    def check(self, scope: Scope, headers: Headers) -> None:
        """Refuse what is not asked of us, or asked by a page that may not read the answer.

        A request target with a host in it (RFC 9112, 3.2.2) is made one without. Raises: `WebError`.
        """
        hosts = [_read(_HOST, text) for text in headers.getlist("host")]
        if absolute := _ABSOLUTE.fullmatch(scope["raw_path"]):
            hosts.append(_read(_URL, absolute["origin"].decode("ascii", "replace")))
            scope["raw_path"] = absolute["path"] or b"/"
            scope["path"] = unquote(scope["raw_path"].decode("ascii", "replace"))
        if len(headers.getlist("host")) != 1 or None in hosts:
            raise WebError(400, "host-header-without-host", headers=_CLOSING)
        if not all(self._is_ours(host, scope) for host in hosts if host):
            raise WebError(421, "host-header-of-another", headers=_CLOSING)
        if self._is_foreign(scope, headers):
            raise WebError(403, "pages-of-other-sites", headers=_CLOSING)

    def headers(self, headers: Headers) -> dict[str, str]:
        """Give the headers that tell a browser which pages may read the answer to a request."""
        if self._is_open:
            given, policy = ALL, "cross-origin"
        else:
            given, policy = self._origin(headers), "same-origin"
        found = {"cross-origin-resource-policy": policy}
        if given:
            found |= {"access-control-allow-origin": given, "access-control-expose-headers": _READERS}
        return found

    @property
    def varies(self) -> bool:
        """Whether the headers are others for another origin."""
        return bool(self._origins) and not self._is_open

    # --- Inside -------------------------------------------------------------------------------------------------------

    def _is_ours(self, host: Host, scope: Scope) -> bool:
        """Tell whether we are called so: as the address that the request came to, or by a name that we were given."""
        address, port = scope.get("server") or ("", None)
        if host in self._names or (host.port == port and host.name in (self._address, _canonical_host(address))):
            return True
        return Host(host.name) in self._names and host.port in (port, *_PORTS.values())

    def _origin(self, headers: Headers) -> str:
        """Give the origin of the page that asks, if it may read the answer."""
        found = headers.getlist("origin")
        return found[0] if len(found) == 1 and found[0] in self._origins else ""

    def _is_foreign(self, scope: Scope, headers: Headers) -> bool:
        """Tell whether a page asks that may not read the answer, though for some requests its browser would ask anyway.

        A link from elsewhere that a reader follows is no such request.
        """
        if self._is_open or self._origin(headers):
            return False
        follows = (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == ("navigate", "document")
        is_link = follows and scope["method"] in ("GET", "HEAD")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not is_link:
            return True
        origins = (_read(_URL, text) for text in headers.getlist("origin"))
        return not all(origin and self._is_ours(origin, scope) for origin in origins)


# --- Reading names ----------------------------------------------------------------------------------------------------


def host_name(text: str) -> Host:
    """Read a name that the server has, with a port or without.

    >>> host_name("Graph.example."), host_name("[::1]:8000")
    (Host(name='graph.example', port=None), Host(name='localhost', port=8000))

    Raises: `UsageError` for what is no name of a host.
    """
    with suppress(ValueError):
        if found := _HOST.fullmatch(text.encode("idna").decode()):
            port = int(found["port"]) if found["port"] else None
            if port is None or 0 < port < 2**16:
                return Host(_canonical_host(found["name"]), port)
    raise UsageError("no-name-of-a-host", word=escape_invisible(text))


def origin(text: str) -> str:
    """Read an origin, and spell it as browsers do; `*` stays as it is.

    >>> origin("HTTPS://Example.org:443")
    'https://example.org'

    Raises: `UsageError` for what is no origin, and for `null`, which pages of any site can call themselves.
    """
    if text == ALL:
        return text
    if text == "null":
        raise UsageError("origin-null")
    scheme, _, rest = text.partition("://")
    with suppress(ValueError):
        found = _URL.fullmatch(f"{scheme}://{rest.encode('idna').decode()}".lower())
        if found and int(found["port"] or 0) < 2**16:
            name, port = found["name"], int(found["port"] or 0)
            host = f"[{ip_address(name.strip('[]'))}]" if name.startswith("[") else name
            return f"{found['scheme']}://{host}" + (f":{port}" if port and port != _PORTS.get(found["scheme"]) else "")
    raise UsageError("no-origin", word=escape_invisible(text))


def _read(pattern: re.Pattern[str], text: str) -> Host | None:
    """Read a host, or a URL of nothing more; a port that is not written is that of the scheme."""
    found = pattern.fullmatch(text)
    if not found:
        return None
    scheme = found.groupdict().get("scheme") or "http"
    port = int(found["port"]) if found["port"] else _PORTS.get(scheme.lower())
    return Host(_canonical_host(found["name"]), port)


def _canonical_host(name: str) -> str:
    """Spell the name or the address of a host in one way; what names this machine to itself is `localhost`."""
    plain = name.strip("[]").lower().removesuffix(".")
    with suppress(ValueError):
        address = ip_address(plain.partition("%")[0])  # behind it, the network to which a local address belongs
        plain = str(getattr(address, "ipv4_mapped", None) or address)
    return "localhost" if plain in ("127.0.0.1", "::1") else plain
