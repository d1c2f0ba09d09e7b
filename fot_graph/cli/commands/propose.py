"""`fot-graph propose DOCUMENT --with COMMAND`: let a program propose claims, and keep those that hold as drafts."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.cli import output, words
from fot_graph.core import files, workspace
from fot_graph.core.errors import InputFileError
from fot_graph.core.resources import read_text
from fot_graph.core.terms import text_of
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from fot_graph.core.errors import FotGraphError

_OF_DOCUMENTS = ("voice-of-question",)  # what other claims of the document have to say


def add_words(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("document", metavar="DOCUMENT", type=Path, help="propose.document")
    parser.add_argument("--with", metavar="COMMAND", dest="command", required=True, help="propose.with")
    parser.add_argument("--seconds", metavar="SECONDS", type=float, default=300.0, help="propose.seconds")
    words.add_language(parser)
    parser.epilog = "propose.epilog"


def run(args: Namespace) -> int:
    """Ask the program, and say how many proposals hold, and why the others fell; the exit code is 1 when none holds."""
    from fot_graph.authoring import proposals  # noqa: PLC0415  --help does not pay for reading documents
    from fot_graph.claims import corpus, documents  # noqa: PLC0415  as above

    place = args.document
    if not (place / "source.txt").exists():
        raise InputFileError(place, "no-document-here")
    file = place / "claims.md"
    read = documents.read_written(documents.claims_path(place) or file, corpus.context_of(place))
    assert read.source is not None, "it has a source.txt"
    text = read_text(file) if file.exists() else ""
    desk = proposals.Desk(file, text.partition("\n## ")[0], read.source, read.vocabulary)
    asked = proposals.request(place.resolve().name, read.source, read.vocabulary)
    lines, said = proposals.answer_of(args.command, asked, args.seconds)
    found = list(proposals.held(desk, lines, lambda claims: _findings(place, claims, args.lang)))
    good = [each.claim for each in found if not each.reason]
    if good:
        files.write(place / proposals.DRAFTS, "\n".join(good))
    output.say("".join(f"{each.worded(args.lang)}\n" for each in said))
    for each in found:
        if each.reason:
            fell = Message("proposal-fell", line=each.line).worded(args.lang)
            output.say(f"{fell}: {_reason(each.reason, args.lang)}\n")
    counts = {"held": len(good), "fell": len(found) - len(good)}
    output.say(f"{Message('proposals-held', path=place / proposals.DRAFTS, **counts).worded(args.lang)}\n")
    return 0 if good else 1


def _reason(error: Message | FotGraphError, lang: str) -> str:
    """Say what is wrong without the place, which is none that anybody wrote."""
    if isinstance(error, Message):
        return error.worded(lang)
    hint = error.hint_in(lang)
    return error.reason_in(lang) + (f" ({hint})" if hint else "")


def _findings(place: Path, claims: str, lang: str) -> dict[str, Message]:
    """Give the first finding of validation on each claim of a text, as if it were the claims of a document."""
    from fot_graph.api import Graph  # noqa: PLC0415  as above
    from fot_graph.stores.memory import MemoryGraph  # noqa: PLC0415  as above
    from fot_graph.validation.validating import validate  # noqa: PLC0415  as above

    name = place.resolve().name
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / name
        copy.mkdir()
        for part in ("source.txt", "document.toml", "names.ttl"):
            if (place / part).exists():
                shutil.copy(place / part, copy / part)
        (copy / "claims.md").write_text(claims, encoding="utf-8")
        home = workspace.above(place) or workspace.packaged()
        graph = Graph(stored=MemoryGraph.load([home, copy], strict=False, base=None))
        results = validate(graph, house=False).results
    found: dict[str, Message] = {}
    for result in results:
        local = text_of(result.focus).removeprefix(graph.namespaces.claim(f"{name}/"))
        if text_of(result.constraint or result.shape).rpartition("#")[2] not in _OF_DOCUMENTS:
            words = next((text_of(each) for each in result.messages if each.language == lang), "")
            words = re.sub(r"https?://[^\s,;]+", lambda iri: graph.namespaces.shorten(iri[0]), words)
            found.setdefault(local, Message("words", words=words))
    return found
