"""One form of claims made of the other: `claims.md` of `claims.trig`, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad

from fot_graph.authoring import claims_in_markdown
from fot_graph.claims import corpus, documents
from fot_graph.claims.layers import PROVENANCE
from fot_graph.core.errors import InputFileError
from fot_graph.core.resources import is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from fot_graph.core.namespaces import Namespaces

FORMS = (".trig", ".md")


def file_of(path: Path) -> Path:
    """Give the file of claims that a path means: itself, or that of a document folder. Raises: `InputFileError`."""
    found = documents.claims_path(path) if path.is_dir() else path
    if found is None or not is_there(found):
        raise InputFileError(path, "no-claims-here")
    if found.suffix not in FORMS:
        raise InputFileError(found, "no-file-of-claims")
    return found


def other_form(file: Path) -> Path:
    """Give the file that the claims of a file stand in after they are converted."""
    return file.with_suffix(next(suffix for suffix in FORMS if suffix != file.suffix))


def converted(file: Path, trig: Callable[[Iterable[Quad], Namespaces], str]) -> str:
    """Give the claims of a file in the other form; `trig` writes TriG. Comments are not kept.

    Raises: `InputFileError`, `RdfSyntaxError`, `ClaimsFileError`, `SeveralErrors`.
    """
    context = corpus.context_of(file)
    read = documents.read_written(file, context)
    if file.suffix == ".trig":
        return claims_in_markdown.written(read.quads, file.with_suffix(".md"), read.source, read.vocabulary)
    plain = [Quad(q.subject, q.predicate, q.object) if q.graph_name == PROVENANCE else q for q in read.quads]
    return trig(plain, context.namespaces)
