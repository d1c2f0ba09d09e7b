"""`fot-graph serve`: open the graph in the browser, with a SPARQL endpoint and linked data."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from fot_graph.cli import opening, output, words
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.resources import folder
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from fot_graph.web.settings import GraphLocation, RequestLimits

_ENDLESS = 1e15


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--host", metavar="ADDRESS", default="127.0.0.1", help="serve.host")
    parser.add_argument("--port", metavar="N", type=_port, default=8358, help="serve.port")
    parser.add_argument(
        "--host-name", dest="names", metavar="NAME", action="append", default=[], help="serve.host-name"
    )
    words.add_graph_choice(parser)
    parser.add_argument("--cors", dest="origins", metavar="ORIGIN", action="append", default=[], help="serve.cors")
    parser.add_argument("--workers", metavar="N", type=_workers, default=4, help="serve.workers")
    parser.add_argument(
        "--limit", dest="limits", metavar="NAME=NUMBER", action="append", default=[], help="serve.limit"
    )
    parser.add_argument("--quiet", action="store_true", help="serve.quiet")
    words.add_language(parser)
    parser.epilog = "serve.epilog"


def run(args: Namespace) -> int:
    """Serve until the process is told to stop."""
    from fot_graph.web.http import access, logs  # noqa: PLC0415  --help does not pay for it
    from fot_graph.web.settings import RequestLimits, Settings  # noqa: PLC0415  as above

    if "help" in args.limits:
        return output.say("".join(f"{each.name}={each.default:g}\n" for each in fields(RequestLimits)))
    limits = _limits(args.limits)
    names, origins = tuple(map(access.host_name, args.names)), tuple(map(access.origin, args.origins))
    location = _location(args)
    is_private = bool(args.store or args.endpoint or opening.data(args))
    origins = origins or (() if is_private else (access.ALL,))
    settings = Settings(location, args.workers, limits, log=not args.quiet, names=names, origins=origins)
    from fot_graph.web.server import serve  # noqa: PLC0415  as above

    logs.configure()

    def tell(url: str) -> None:
        output.say(f"{Message('serves-at', url=url).worded(args.lang)}\n")

    serve(settings, args.host, args.port, tell)
    return 0


def _location(args: Namespace) -> GraphLocation:
    """Choose the graph, and see that it can be opened."""
    from fot_graph.web.settings import GraphLocation  # noqa: PLC0415  as above

    graph = opening.graph(args)
    homes = tuple(graph.workspaces)
    if args.store:
        return replace(GraphLocation.on_disk(args.store), workspaces=homes)
    if args.endpoint:
        return GraphLocation(endpoint=args.endpoint, default_graph=args.default_graph, workspaces=homes)
    return GraphLocation.taken(graph, opening.data(args) or [folder("data")])


def _limits(given: Sequence[str]) -> RequestLimits:
    from fot_graph.web.settings import RequestLimits  # noqa: PLC0415  as above

    known = {each.name: each.default for each in fields(RequestLimits)}
    chosen: dict[str, Any] = {}
    for word in given:
        name, _, number = word.partition("=")
        if name not in known:
            raise UnknownNameError("limit", name, known)
        try:
            chosen[name] = float(number) if isinstance(known[name], float) else int(number)
        except ValueError:
            raise UsageError("no-number-for-limit", word=number, name=name) from None
        if not 0 < chosen[name] < _ENDLESS:
            raise UsageError("limit-out-of-range", name=name, most=f"{_ENDLESS:g}")
    return RequestLimits(**chosen)


def _port(word: str) -> int:
    if not (word.isascii() and word.isdigit() and int(word[:9]) < 2**16):
        raise UsageError("no-port", word=word)
    return int(word)


def _workers(word: str) -> int:
    if not (word.isascii() and word.isdigit() and 0 < int(word[:9]) <= 64):
        raise UsageError("no-number-of-workers", word=word)
    return int(word)
