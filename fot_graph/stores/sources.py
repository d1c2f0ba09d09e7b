"""The texts of the documents of a graph, read from the graph itself when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

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
        """Read one text."""
        known = f"<{self._graph.namespaces.document(name)}>" if _NAME.fullmatch(name) else ""
        for row in self._graph.rows(f"SELECT ?text {{ {known} a foaf:Document ; prov:value ?text }}") if known else ():
            return source.parse(row[0].value, [each / "layouts" for each in self._graph.workspaces])
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        found = self._graph.rows("SELECT ?document { ?document a foaf:Document ; prov:value ?text }")
        return iter(sorted(self._graph.namespaces.document_name(row[0].value) for row in found))

    def __len__(self) -> int:
        return len(list(iter(self)))


_NAME = re.compile(r"[A-Za-z0-9._~-]+")
