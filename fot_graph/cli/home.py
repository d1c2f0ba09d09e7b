"""Where the graph that a command asks is at home: with fot_graph itself, on disk, or on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.errors import UsageError
from fot_graph.graph import load

if TYPE_CHECKING:
    from argparse import Namespace

    from fot_graph.graph import Graph


def graph(args: Namespace) -> Graph:
    """Open the graph that the options of a command choose (`words.add_home`)."""
    if args.default_graph and not args.endpoint:
        raise UsageError("--default-graph is about a server", "choose one with --endpoint URL")
    if not (args.store or args.endpoint):
        return load()
    from fot_graph import homes  # noqa: PLC0415  most commands ask the packaged graph

    if args.store:
        return homes.open_store(args.store)
    return homes.connect(args.endpoint, default_graph=args.default_graph)


def part(args: Namespace) -> Graph:
    """Open the graph with the claims of the chosen statuses only, where any are chosen (`words.add_statuses`)."""
    whole = graph(args)
    return whole.only(statuses=args.statuses) if args.statuses else whole
