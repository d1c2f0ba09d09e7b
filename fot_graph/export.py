"""The graph as a file, in the form that a person, a triple store, a program or a drawing tool reads.

Every form has one fixed order, so the same data gives the same bytes. What a form cannot hold, `LOSSES` says.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Triple

from fot_graph.errors import OutputFileError, UnknownNameError
from fot_graph.jsonld import jsonld
from fot_graph.order import stable_triples
from fot_graph.turtle import trig, turtle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.graph import Graph

FORMATS = ("ttl", "trig")
TRIPLE_FORMATS = ("ttl", "trig", "nt", "nq", "jsonld")


def export(graph: Graph, format_: str) -> str:
    """Give the whole graph as `trig` (layers and claims as named graphs) or `ttl` (one graph, claims reified).

    Raises UnknownNameError for another format. W3C TriG and Turtle 1.1; both read back to the same graph.
    """
    if format_ not in FORMATS:
        raise UnknownNameError("format", format_, FORMATS)
    return trig(graph.quads) if format_ == "trig" else turtle(graph.flat())


def triples_text(triples: Iterable[Triple], format_: str) -> str:
    """Write triples in one of `TRIPLE_FORMATS`; nothing is lost. Raises UnknownNameError for another format."""
    if format_ not in TRIPLE_FORMATS:
        raise UnknownNameError("format", format_, TRIPLE_FORMATS)
    if format_ == "ttl":
        return turtle(triples)
    if format_ in ("nt", "nq"):
        return "".join(f"{triple} .\n" for triple in stable_triples(triples))
    quads = [Quad(*triple) for triple in triples]
    return trig(quads) if format_ == "trig" else jsonld(quads)


def write(path: Path | str, text: str) -> None:
    """Write a text file (UTF-8) whole or not at all: beside its place, to the disk, and then renamed.

    A device or a pipe (/dev/stdout) is written as it is. Raises OutputFileError, and leaves nothing behind.
    """
    place = Path(path)
    try:
        if place.exists() and not place.is_file() and not place.is_dir():
            place.write_text(text, encoding="utf-8", newline="\n")
        else:
            _replace(place.resolve(), text)
    except OSError as error:
        raise OutputFileError(path, _reason(error)) from error


def _replace(place: Path, text: str) -> None:
    beside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            beside.chmod(place.stat().st_mode & 0o777)
        beside.replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _reason(error: OSError) -> str:
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "there is no such folder",
        NotADirectoryError: "there is no such folder",
        IsADirectoryError: "it is a folder",
        PermissionError: "permission denied",
    }
    return reasons.get(type(error), (error.strerror or str(error)).lower())
