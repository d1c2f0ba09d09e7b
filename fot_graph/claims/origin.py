"""Where the text of a document comes from: `document.toml` in its folder, which `fot-graph new` writes.

A folder without one is a document all the same, of which nothing is known but its text.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Quad

from fot_graph.claims.layers import PROVENANCE
from fot_graph.core.errors import InputFileError, UnknownNameError, UsageError
from fot_graph.core.fragments import parse_fragment
from fot_graph.core.resources import read_toml
from fot_graph.core.terms import is_iri, node
from fot_graph.core.words import Message
from fot_graph.core.workspace import day_of, is_languages
from fot_graph.text import source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from fot_graph.text.source import Source

FILE = "document.toml"
UNKNOWN = "unknown"


class Origin(NamedTuple):
    """What is known of a text.

    `address` is that of the official page, or 'unknown'; `file` the name of the file that was read, `sha256` its
    checksum; `tool` with its `version` derived the text from it ('' where the file is the text). `languages` are those
    of the text: each passage is in one of them. `moved` gives for passages of an earlier version of the text where
    they stand in this one, both as fragments (`char=4120,4203`). `curator` and `curated` are those of its claims, where
    they differ from those of the workspace.
    """

    address: str = UNKNOWN
    file: str = ""
    sha256: str = ""
    tool: str = ""
    version: str = ""
    layout: str = ""
    languages: tuple[str, ...] = ()
    moved: Mapping[str, str] = {}
    curator: str = ""
    curated: str = ""


def read(folder: Path) -> Origin:
    """Read the file of a document folder. Raises: `InputFileError` for one that is no TOML or has what cannot be."""
    file = folder / FILE
    if not os.path.lexists(file):
        return Origin()
    given = read_toml(file, Origin._fields)
    languages, moved = given.pop("languages", []), given.pop("moved", {})
    if languages != [] and not is_languages(languages):
        raise InputFileError(file, "no-languages")
    if not isinstance(moved, dict) or not all(_is_passage(part) for pair in moved.items() for part in pair):
        raise InputFileError(file, "no-moved-passages")
    for key, value in given.items():
        if not isinstance(value, str) and key != "curated":  # a day may be written without quotation marks
            raise InputFileError(file, "key-without-text", key=key)
    given["curated"] = day_of(file, given, "curated")
    texts = {key: str(value) for key, value in given.items()}
    found = Origin(**texts, languages=tuple(map(str, languages)), moved=moved)
    if found.address != UNKNOWN and not (found.address.startswith(("http://", "https://")) and is_iri(found.address)):
        raise InputFileError(file, "no-page-address", address=found.address)
    return found


def read_source(folder: Path, layouts: Iterable[Path] = ()) -> Source:
    """Read the text of a document folder, with the layout and languages that its file tells of, or else those it has.

    `layouts` are folders with layouts beside those that come with fot_graph. Raises: `InputFileError`.
    """
    told = read(folder)
    try:
        return source.read(folder / "source.txt", layouts, told.layout, told.languages)
    except UnknownNameError as error:
        raise unknown_layout(folder / FILE, error) from None


def unknown_layout(path: Path, error: UnknownNameError) -> InputFileError:
    """Say that a file tells of a layout that is not known."""
    return InputFileError(path, Message(error.code, **error.data), "known-layouts", known=error.known)


def written(origin: Origin) -> str:
    """Write the file, in TOML. JSON writes texts and lists of texts as TOML does."""
    values = {**origin._replace(moved={})._asdict(), "languages": list(origin.languages)}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items() if value]
    moved = [f'"{old}" = "{new}"\n' for old, new in sorted(origin.moved.items())]
    text = "".join([*lines, *(["\n[moved]\n", *moved] if moved else [])])
    return text.replace("\x7f", "\\u007f")  # which JSON leaves as it is


def _is_passage(part: object) -> bool:
    try:
        return isinstance(part, str) and bool(parse_fragment(part))
    except UsageError:
        return False


def quads(origin: Origin, document: NamedNode, passages: Collection[object]) -> Iterator[Quad]:
    """Say which page a document was published on, and which of its passages had another IRI in an earlier version."""
    if origin.address not in ("", UNKNOWN):
        yield Quad(document, _PAGE, NamedNode(origin.address), PROVENANCE)
    for old, new in origin.moved.items():
        before, now = NamedNode(f"{document.value}#{old}"), NamedNode(f"{document.value}#{new}")
        if now in passages and before not in passages:
            yield Quad(before, _SAME, now, PROVENANCE)


_PAGE, _SAME = node("foaf:page"), node("owl:sameAs")
