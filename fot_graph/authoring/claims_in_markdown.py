"""Claims as a `claims.md`: the quads of a `claims.trig` written in lines that mean the same quads.

What has no form there stands as TriG in a fenced block at the end, so that nothing is lost. What was written is read
again: a claim that would then say something else is moved into that block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from fot_graph.authoring.formatting import fenced, formatted
from fot_graph.authoring.lines_of_claims import ClaimWriter, NoForm
from fot_graph.authoring.lines_of_names import name_line
from fot_graph.claims.claims_md import compiling
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.names import TYPE
from fot_graph.claims.layers import LAYERS, NAMING, PROVENANCE
from fot_graph.core.errors import SeveralErrors
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fot_graph.claims.claims_md.naming import Vocabulary
    from fot_graph.core.terms import Subject
    from fot_graph.text.source import Source

_CLAIMS = {node("fot:Claim"), node("fot:NoClaim")}
_ROUNDS = 3  # of writing and reading again, before all stands as TriG


def written(quads: Iterable[Quad], path: Path, source: Source | None, vocabulary: Vocabulary) -> str:
    """Write the quads of a file of claims as a `claims.md`; `path` is named in no text, and only read by errors.

    `source` is the text that the claims quote, None for claims from other sources. The names of `vocabulary` are those
    of the document, without what the quads themselves name.
    """
    given = list(dict.fromkeys(quads))
    apart = {key for quad in given if _is_odd(quad) for key in [_owner(quad)]}
    for _ in range(_ROUNDS):
        try:
            text = _text(given, apart, path, source, vocabulary)
            again = set(compiling.read(path, text, source, _copy(vocabulary)).quads)
        except (ClaimsFileError, SeveralErrors):
            break
        lost = {quad for quad in {*given} ^ again if not _has_blank(quad)}
        if not lost:
            return text
        apart |= {_owner(quad) for quad in lost}
    return _fenced(given, vocabulary)


def _copy(vocabulary: Vocabulary) -> Vocabulary:
    """Give a vocabulary to which a file may add names without anybody else seeing them."""
    return vocabulary._replace(names=vocabulary.names.copy())


def _owner(quad: Quad) -> Subject:
    """Give what a quad belongs to: the claim in whose graph it stands, or else what it is about."""
    named = isinstance(quad.graph_name, NamedNode) and quad.graph_name not in LAYERS
    return quad.graph_name if named else quad.subject  # type: ignore[return-value]  # a graph here is a node


def _is_odd(quad: Quad) -> bool:
    """Tell whether a quad has no form in Markdown at all: a blank node, a triple term, another layer."""
    terms = (quad.subject, quad.object, quad.graph_name)
    return any(isinstance(term, BlankNode | Triple | DefaultGraph) for term in terms)


def _has_blank(quad: Quad) -> bool:
    return any(isinstance(term, BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def _text(given: list[Quad], apart: set[Subject], path: Path, source: Source | None, vocabulary: Vocabulary) -> str:
    """Write all quads but those of what stands `apart`, which come last, as TriG."""
    own = _copy(vocabulary)
    own.names.add(quad for quad in given if quad.graph_name in (NAMING, PROVENANCE))
    writer = ClaimWriter(path, source, own)
    writer.find_voices(given)
    blocks: dict[Subject, list[Quad]] = {}
    for quad in given:
        blocks.setdefault(_owner(quad), []).append(quad)
    claims: list[str] = []
    names: list[str] = []
    sources: list[str] = []
    left: list[Quad] = []
    for owner, quads in blocks.items():
        layers = {quad.graph_name for quad in quads}
        try:
            if owner in apart or not isinstance(owner, NamedNode):
                left += quads
            elif any(quad.predicate == TYPE and quad.object in _CLAIMS for quad in quads):
                claims.append(writer.claim(owner, quads))
            elif len(layers) == 1 and layers & {NAMING, PROVENANCE}:
                (names if NAMING in layers else sources).append(name_line(owner, quads, writer.terms))
            else:
                left += quads
        except NoForm:
            left += quads
    words, voices = writer.words, writer.voices()
    parts = [f"# {words.names}\n\n" + "\n".join(names)] if names else []
    parts += [f"# {words.sources}\n\n" + "\n".join(sources)] if sources else []
    parts += [f"# {words.voices}\n\n" + "\n".join(voices)] if voices else []
    parts += [f"# {words.claims}"] if claims and parts else []
    parts += claims
    parts += [_fenced(left, vocabulary)] if left else []
    return formatted(path, "\n\n".join(parts) + "\n") if parts else ""


def _fenced(quads: list[Quad], vocabulary: Vocabulary) -> str:
    """Write quads as fenced TriG, what is said about claims without a graph."""
    plain = [Quad(q.subject, q.predicate, q.object) if q.graph_name == PROVENANCE else q for q in quads]
    used = " ".join(map(str, plain))
    prefixes = {name: iri for name, iri in vocabulary.names.namespaces.prefixes.items() if iri in used}
    text = serialize(plain, None, RdfFormat.TRIG, prefixes=prefixes)
    assert text is not None
    return f"# TriG\n\n{fenced('trig', text.decode().strip())}\n"
