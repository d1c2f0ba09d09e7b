"""Content negotiation: which of the forms that we have is the one that a client likes best (RFC 9110, 12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.words import LANGUAGES
from fot_graph.web.http.errors import WebError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request

_MOST_RANGES = 100
_RANGE = re.compile(r"\s*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)\s*((?:;[^;]*)*)$", re.ASCII)
_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$", re.ASCII)


class _Range(NamedTuple):
    """A media range of an Accept header, its parameters other than the weight, and the weight."""

    kind: str
    subkind: str
    parameters: frozenset[str]
    weight: float

    def precision(self, media_type: str) -> int:
        """Tell how closely it names a media type; 0 when it does not."""
        name, *rest = [part.strip().lower() for part in media_type.split(";")]
        kind, _, subkind = name.partition("/")
        if not self.parameters <= set(rest):
            return 0
        if (self.kind, self.subkind) == (kind, subkind):
            return 3 + len(self.parameters)
        if (self.kind, self.subkind) == (kind, "*"):
            return 2
        return 1 if (self.kind, self.subkind) == ("*", "*") else 0


def best(accept: str, offered: Sequence[str]) -> str:
    """Give the media type that fits an Accept header best; of equally good ones the first.

    >>> best("text/*;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'

    Raises: `WebError` (406) when none fits.
    """
    if not accept.strip():
        return offered[0]
    ranges = list(_ranges(accept))
    weights = [_type_quality(media_type, ranges) for media_type in offered]
    if not any(weights):
        raise WebError(406, "no-form-accepted", known=[*offered])
    return offered[weights.index(max(weights))]


def accepts_pages(accept: str) -> bool:
    """Tell whether a client asks for web pages by name, as browsers do.

    >>> accepts_pages("text/html,*/*;q=0.8"), accepts_pages("*/*")
    (True, False)
    """
    return any((each.kind, each.subkind) == ("text", "html") and each.weight for each in _ranges(accept))


def accepts_json(accept: str) -> bool:
    """Tell whether a client asks for JSON by name, whatever is written in it.

    >>> accepts_json("application/sparql-results+json"), accepts_json("application/json;q=0, */*")
    (True, False)
    """
    return any(each.subkind.rpartition("+")[2] == "json" and each.weight for each in _ranges(accept))


def language(request: Request) -> str:
    """Choose the language of a page that a request leads to, by its Accept-Language header (RFC 9110, 12.5.4).

    One that is not wanted (q=0) comes last; without a wish it is the first of ours, that of the documents.
    """
    wishes = request.headers.get("accept-language", "")
    given: dict[str, float] = {}
    for tag, weight in _quality_by_name(wishes):
        name = tag.partition("-")[0]
        given[name] = max(weight, given.get(name, 0.0))
    ours = sorted(LANGUAGES, key=lambda name: name not in given)
    return max(ours, key=lambda name: given.get(name, given.get("*", _LEAST)))


def codings(accept_encoding: str) -> tuple[float, float]:
    """Give how much a client likes answers in gzip, and as they are, by its Accept-Encoding header (RFC 9110, 12.5.3).

    >>> codings("gzip, br"), codings("gzip;q=0"), codings("identity;q=0, *"), codings("*;q=0")
    ((1.0, 0.0001), (0.0, 0.0001), (1.0, 0.0), (0.0, 0.0))
    """
    given: dict[str, float] = {}
    for name, weight in _quality_by_name(accept_encoding):
        given.setdefault(name.removeprefix("x-"), weight)
    every = given.get("*")
    gzip, identity = (given.get(name, every) for name in ("gzip", "identity"))
    return 0.0 if gzip is None else gzip, _LEAST if identity is None else identity


_LEAST = 0.0001  # what is neither named nor refused: less than any weight can be


def _quality_by_name(header: str) -> Iterator[tuple[str, float]]:
    """Read names with their weights, in small letters."""
    for wish in header.split(",")[:_MOST_RANGES]:
        name, *rest = wish.split(";")
        if name.strip():
            yield name.strip().lower(), _quality(rest)


def _type_quality(media_type: str, ranges: Sequence[_Range]) -> float:
    fitting = [(each.precision(media_type), each.weight) for each in ranges]
    precision, weight = max(fitting, default=(0, 0.0))
    return weight if precision else 0.0


def _ranges(accept: str) -> Iterator[_Range]:
    for part in accept.split(",")[:_MOST_RANGES]:
        if found := _RANGE.match(part):
            given = ["".join(part.split()).lower() for part in found[3].split(";") if part.strip()]
            own = frozenset(parameter for parameter in given if not parameter.startswith("q="))
            yield _Range(found[1].lower(), found[2].lower(), own, _quality(given))


def _quality(parameters: Sequence[str]) -> float:
    """Read the weight, 1 where there is none and 0 where it is no number.

    >>> _quality(["q=0.5"]), _quality([" Q = 0 "]), _quality(["level=1"]), _quality(["q=much"])
    (0.5, 0.0, 1.0, 0.0)
    """
    plain = ("".join(part.split()).lower() for part in parameters)  # `q = 0` is no way to write it, and clear enough
    given = next((part[2:] for part in plain if part.startswith("q=")), "1")
    return float(given) if _WEIGHT.match(given) else 0.0
