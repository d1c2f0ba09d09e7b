"""Claims that a program proposes: what it is given, what it answers, and which of its proposals hold.

A program of the user's choice, such as one that asks a language model, gets one JSON object on its standard input: the
text, the templates with the schema of a proposal, and the names. It answers JSON Lines, a proposal a line. Nothing that
it says is believed: each proposal is read as the lines of a `claims.md`, its quotes have to stand in the text, in whole
words, and what it says is held to the same rules as the claims of a curator. What holds is a draft.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.claims.claims_md import blocks, compiling
from fot_graph.core.errors import ClaimsFileError, FotGraphError, SeveralErrors, UsageError, system_message
from fot_graph.core.quote_errors import QuoteError
from fot_graph.core.words import Message
from fot_graph.text.passages import check_words, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fot_graph.claims.claims_md.naming import Vocabulary
    from fot_graph.claims.claims_md.templates import Template
    from fot_graph.text.source import Source

DRAFTS = "drafts.md"
BYTES = 2**22  # of what a program may answer, 4 MiB
_LINES = 5_000


class Proposed(NamedTuple):
    """A proposal: the line of the answer that it stands on, its claim in lines, and why it falls, None if it holds."""

    line: int
    claim: str
    reason: Message | FotGraphError | None


def request(document: str, source: Source, vocabulary: Vocabulary) -> dict[str, object]:
    """Give what a program is told: the text, the templates, and the names by which things go."""
    names = {label.text: label.iri for label in vocabulary.names.every_label() if label.preferred}
    return {
        "document": document,
        "language": source.language,
        "text": source.text,
        "templates": [schema(template) for template in vocabulary.templates.values()],
        "names": [{"name": text, "is": vocabulary.names.shorten(iri)} for text, iri in sorted(names.items())],
    }


def schema(template: Template) -> dict[str, object]:
    """Give the JSON Schema (2020-12) of a proposal of a template, with its help."""
    text = {"type": ["string", "array"], "items": {"type": "string"}}
    fields = {field.name: {**text, "description": field.kind} for field in template.fields}
    return {
        "title": template.name,
        "description": template.help["en"],
        "type": "object",
        "required": ["template", "quotes", "fields"],
        "properties": {
            "template": {"const": template.name},
            "quotes": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "fields": {
                "type": "object",
                "properties": fields,
                "required": [field.name for field in template.fields if not field.optional],
                "additionalProperties": False,
            },
        },
        "examples": [template.examples["en"][0]],
    }


def answer_of(command: str, asked: Mapping[str, object], seconds: float) -> tuple[list[str], list[Message]]:
    """Run a program, and give the lines that it answers, with what went wrong: no end, too much, an exit code.

    Raises: `UsageError` for a program that cannot be run.
    """
    words = shlex.split(command)
    reading, writing = os.pipe()
    try:
        program = subprocess.Popen(  # noqa: S603  the program that the user names
            words, stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except (OSError, IndexError) as error:
        os.close(reading)
        reason = system_message(error) if isinstance(error, OSError) else Message("words", words=command)
        raise UsageError("proposals-no-program", command=command, reason=reason) from None
    finally:
        os.close(writing)
    late = threading.Event()

    def stop() -> None:
        late.set()
        _kill(program)

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        threading.Thread(target=_tell, args=(program, asked), daemon=True).start()
        with open(reading, "rb") as answer:
            content = answer.read(BYTES + 1)
    finally:
        timer.cancel()
        _kill(program)
        code = program.wait()
    said = [Message("proposals-late", seconds=f"{seconds:g}")] if late.is_set() else []
    said += [Message("proposals-too-long", most=BYTES)] if len(content) > BYTES else []
    said += [Message("proposals-exit-code", ended=code)] if code > 0 and not said else []
    lines = content[:BYTES].decode("utf-8", "replace").splitlines()
    return (lines[:-1] if said and len(content) > BYTES else lines)[:_LINES], said


def _tell(program: subprocess.Popen[bytes], asked: Mapping[str, object]) -> None:
    assert program.stdin is not None, "it is a pipe"
    with suppress(OSError, ValueError), program.stdin as pipe:  # a program need not listen to the end
        pipe.write(json.dumps(asked, ensure_ascii=False).encode() + b"\n")


def _kill(program: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    with suppress(OSError):
        os.killpg(program.pid, signal.SIGKILL)


class Desk(NamedTuple):
    """What proposals are read with: the file that they are for, its head (names, voices), text and vocabulary."""

    path: Path
    head: str
    source: Source
    vocabulary: Vocabulary


def held(desk: Desk, lines: list[str], findings: Callable[[str], Mapping[str, Message]]) -> Iterator[Proposed]:
    """Tell of each proposal whether it holds.

    `findings` gives what the rules of validation say of the claims of a text, by their names.
    """
    edges = {edge for unit in desk.source.leaves() for edge in (unit.start, unit.end)}
    read = [_read(desk, number, line, edges) for number, line in enumerate(lines, start=1) if line.strip()]
    good = [each.claim for each in read if not each.reason]
    told = findings("\n\n".join([desk.head, *good])) if good else {}
    for each in read:
        yield each._replace(reason=each.reason or told.get(f"draft-{each.line}"))


def _read(desk: Desk, number: int, line: str, edges: set[int]) -> Proposed:
    claim, source = "", desk.source
    try:
        claim = _claim(number, line, desk.vocabulary.templates)
        own = desk.vocabulary._replace(names=desk.vocabulary.names.copy())
        compiled = compiling.read(desk.path, f"{desk.head}\n\n{claim}", source, own)
        for quote in {quote for _, quote in compiled.places}:
            check_words(source.text, quote, find(source.text, quote), edges)
    except SeveralErrors as errors:
        return Proposed(number, claim, errors.errors[0])
    except (ClaimsFileError, QuoteError) as error:
        return Proposed(number, claim, error)
    except ValueError:
        return Proposed(number, claim, Message("proposals-no-proposal", line=number))
    return Proposed(number, claim, None)


def _claim(number: int, line: str, templates: Mapping[str, Template]) -> str:
    """Write a proposal as a claim in lines. Raises: ValueError for what is no proposal by its schema."""
    try:
        given = json.loads(line)
    except RecursionError:
        raise ValueError(line) from None
    if not isinstance(given, dict) or not {"template", "quotes", "fields"} <= given.keys():
        raise ValueError(line)
    template, quotes, fields = templates.get(str(given["template"])), given["quotes"], given["fields"]
    if not template or not isinstance(quotes, list) or not quotes or not isinstance(fields, dict):
        raise ValueError(line)
    if not all(isinstance(quote, str) and quote.strip() for quote in quotes):
        raise ValueError(line)
    cells = (f"{field.name}: {_cell(fields[field.name])}" for field in template.fields if field.name in fields)
    if not fields.keys() <= {field.name for field in template.fields}:
        raise ValueError(line)
    written = "\n\n".join("\n".join(f"> {part}" for part in blocks.marked(quote).splitlines()) for quote in quotes)
    return f"## draft-{number}\n\n{written}\n\n- {template.name}: {' | '.join(cells)}\n"


def _cell(value: object) -> str:
    pieces = value if isinstance(value, list) else [value]
    if not all(isinstance(piece, str | int | float) and not isinstance(piece, bool) for piece in pieces):
        raise ValueError(str(value))
    return "; ".join(re.sub(r"([|;\\])", r"\\\1", " ".join(str(piece).split())) for piece in pieces)
