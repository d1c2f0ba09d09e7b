"""The ontology as quads, and the vocabulary that a `claims.md` may use: names, templates, languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.claims.claims_md import templates
from fot_graph.claims.claims_md.names import KnownNames
from fot_graph.claims.claims_md.naming import Vocabulary
from fot_graph.claims.layers import ONTOLOGY, read_layer
from fot_graph.core.resources import folder
from fot_graph.core.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from fot_graph.core.namespaces import Namespaces


def ontology(namespaces: Namespaces) -> Iterator[Quad]:
    """Give the quads of the ontology and its schemes. Raises: as `read_layer`."""
    for path in sorted(folder("ontology").glob("*.ttl")):
        yield from read_layer(path, ONTOLOGY, namespaces)


def of(
    quads: Iterable[Quad], namespaces: Namespaces, languages: Sequence[str] = LANGUAGES, workspaces: Iterable[Path] = ()
) -> Vocabulary:
    """Give the vocabulary of ontology and shared names (`quads`), with the templates of ours and of some workspaces.

    Raises: as `templates.read_all`.
    """
    names = KnownNames(namespaces)
    names.add(quads)
    return Vocabulary(names, templates.read_all(workspaces), tuple(languages))
