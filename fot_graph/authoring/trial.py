"""Claims on trial: what the rules of validation say of them, as if they were those of a document."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from fot_graph.core import workspace
from fot_graph.core.ending import undone_by
from fot_graph.core.terms import node, text_of
from fot_graph.core.words import Message
from fot_graph.stores.memory import MemoryGraph
from fot_graph.validation.validating import validate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fot_graph.validation.report import ValidationResult

# What other claims of the document have to say
_OF_DOCUMENTS = ("voice-of-question", "asked-matter-assessment", "same-name")
_KEPT = ("source.txt", "document.toml", "names.ttl")


def findings(place: Path, claims: str, lang: str) -> dict[str, Message]:
    """Give the first finding on each claim of a `claims.md` for the document in `place`, by the claim's name."""
    name = place.resolve().name
    with tempfile.TemporaryDirectory() as folder, undone_by(lambda: shutil.rmtree(folder)):
        copy = Path(folder) / name
        copy.mkdir()
        for part in _KEPT:
            if (place / part).exists():
                shutil.copy(place / part, copy / part)
        (copy / "claims.md").write_text(claims, encoding="utf-8")
        home = workspace.above(place) or workspace.packaged()
        graph = MemoryGraph.load([home, copy], strict=False, base=None)
        own = f"{graph.namespaces.document(name)}/"
        found = _by_claim(validate(graph, house=False).results, graph, own, lang)
    return {claim.removeprefix(graph.namespaces.claim(f"{name}/")): told for claim, told in found.items()}


def _by_claim(results: Iterable[ValidationResult], graph: MemoryGraph, own: str, lang: str) -> dict[str, Message]:
    """Give the first finding on each claim: on itself, on a statement of it, on a name of the document in it."""
    by_subject: dict[str, set[str]] = defaultdict(set)
    for quad in graph.quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, NamedNode):
            by_subject[quad.subject.value].add(quad.graph_name.value)
    found: dict[str, Message] = {}
    for result in results:
        if text_of(result.constraint or result.shape).rpartition("#")[2] in _OF_DOCUMENTS:
            continue
        if _lacks_translation(result) and text_of(result.focus).startswith(own):
            continue
        words = next((text_of(each) for each in result.messages if each.language == lang), "")
        words = re.sub(r"https?://[^\s,;]+", lambda iri: graph.namespaces.shorten(iri[0]), words)
        focus = text_of(result.focus)
        speaking = by_subject[focus] if focus.startswith(own) else ()
        for claim in (focus, focus.partition("#")[0], text_of(result.value), *speaking):
            found.setdefault(claim, Message("words", words=words, rule=result.rule))
    return found


def _lacks_translation(result: ValidationResult) -> bool:
    """Tell that a name has no label in some language of the workspace, which a person adds (`gate.unlabelled`)."""
    return result.rule == "preferred-label" and result.component == node("sh:MinCountConstraintComponent")
