"""The texts of the documents of a graph, read from the graph itself when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from fot_graph.claims.document_layer import LAYOUT
from fot_graph.core import workspace
from fot_graph.text import source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Solution
    from fot_graph.text.source import Source


class _Graph(Protocol):
    workspaces: Sequence[Path]

    @property
    def namespaces(self) -> Namespaces: ...
    def rows(self, query: str) -> Iterator[Solution]: ...


class GraphSources(Mapping[str, "Source"]):
    """The texts of documents, by the names of the documents: a mapping that looks them up."""

    def __init__(self, graph: _Graph) -> None:
        self._graph = graph

    def __getitem__(self, name: str) -> Source:
        """Read one text, by its layout and in its languages. Raises: `UnknownNameError` for a layout not at hand."""
        if not _NAME.fullmatch(name):
            raise KeyError(name)
        rows = list(self._graph.rows(_TEXT.format(document=f"<{self._graph.namespaces.document(name)}>")))
        if not rows:
            raise KeyError(name)
        text, layout, _ = rows[0]
        told = layout.value.removeprefix(LAYOUT) if layout else ""
        languages = [row[2].value for row in rows if row[2]]
        return source.parse(text.value, workspace.layouts(*self._graph.workspaces), told, languages)

    def __iter__(self) -> Iterator[str]:
        found = self._graph.rows("SELECT ?document { ?document a foaf:Document ; prov:value ?text }")
        return iter(sorted(self._graph.namespaces.document_name(row[0].value) for row in found))

    def __len__(self) -> int:
        return len(list(iter(self)))


_TEXT = """SELECT ?text ?layout ?language {{
  {document} a foaf:Document ; prov:value ?text .
  OPTIONAL {{ {document} dcterms:conformsTo ?layout }} OPTIONAL {{ {document} dcterms:language ?language }}
}}"""
_NAME = re.compile(r"[A-Za-z0-9._~-]+")
