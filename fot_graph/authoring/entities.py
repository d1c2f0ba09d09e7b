"""The shared names of a workspace: its table written, and things added, renamed, merged and looked over."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.claims import corpus, entities_csv
from fot_graph.claims.claims_md import values
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.names import TYPE, KnownNames, folded, short_slug
from fot_graph.claims.entities_csv import ALIAS, COLUMNS, FILE, LABEL, NOTE, REGISTERS, SAME, languages_of, read_table
from fot_graph.core import files, terminal
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.resources import is_there, read_text
from fot_graph.core.terms import text_of
from fot_graph.core.words import Message
from fot_graph.text.languages import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from fot_graph.claims.entities_csv import Row
    from fot_graph.core.terms import Term
    from fot_graph.core.workspace import Workspace

_NAMING = (".trig", ".md", ".ttl", ".rq")  # files in which a thing may be named
_NOT_IN_NAMES = ("Cc", "Cs", "Zl", "Zp")  # control characters, halves of a character, and what begins a new line
_GUARD = re.compile(r"[=+\-@']")


class EntityTable(NamedTuple):
    """The table of a workspace: its file, its columns, and its rows, each the cells by the name of their column."""

    file: Path
    columns: list[str]
    rows: list[Row]

    def row(self, name: str) -> Row:
        """Give the row of a thing, by its id or a label. Raises: `UnknownNameError`, `UsageError`."""
        _check_name(name)
        spoken = languages_of(self.columns)
        wanted = folded(name.removeprefix("id:"))
        for keys in (["id"], spoken):
            for row in self.rows:
                if wanted in (folded(row.get(key, "").removeprefix("id:")) for key in keys):
                    return row
        known = [row[key] for row in self.rows for key in ("id", *spoken) if row.get(key)]
        raise UnknownNameError("name", name, known)


def table(home: Workspace) -> EntityTable:
    """Read the table of a workspace; one that is not there yet is empty. Raises: as `read_table`."""
    file = home.folder / "data" / FILE
    if not is_there(file):
        spoken = [column for column in COLUMNS if column not in ("nl", "en")]
        return EntityTable(file, [*spoken[:2], *home.languages, *spoken[2:]], [])
    columns, rows = read_table(file)
    return EntityTable(file, columns, rows)


def text(given: EntityTable) -> str:
    """Write a table as CSV (RFC 4180); a cell that a spreadsheet would take for a formula gets an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(given.columns)
    for row in given.rows:
        cells = (row.get(column, "") for column in given.columns)
        writer.writerow([f"'{cell}" if _GUARD.match(cell) else cell for cell in cells])
    return buffer.getvalue()


def add(given: EntityTable, labels: Mapping[str, str], kind: str, aliases: Sequence[str], id_: str) -> Row:
    """Add a thing.

    Raises: `UsageError` for one that is there already, a language without a column, a name that is none, and what
    cannot be read as an id or a kind.
    """
    for language in labels:
        _check_language(given, language)
    for name in (*labels.values(), *aliases):
        _check_name(name)
    local = next(filter(None, map(short_slug, labels.values())), "")
    if not id_ and not local:
        raise UsageError("entity-without-id", name=next(iter(labels.values())))
    row = {"id": id_ or f"id:{local}", "kind": kind, **labels}
    row["aliases"] = "; ".join(map(_escaped, aliases))
    if any(other.get("id") == row["id"] for other in given.rows):
        raise UsageError("entity-is-there", name=row["id"])
    try:
        entities_csv.quads_of(given.file, given.columns, [{**row, "": "0"}], Namespaces())
    except ClaimsFileError as error:
        raise UsageError(error.code, None, **error.data) from None
    given.rows.append(row)
    return row


def rename(given: EntityTable, name: str, language: str, label: str) -> Row:
    """Give a thing another label; the old one stays as an alias. Raises: `UnknownNameError`, `UsageError`."""
    _check_language(given, language)
    _check_name(label)
    row = given.row(name)
    old, row[language] = row.get(language, ""), label
    _also(row, [f"{_escaped(old)}@{language}"] if old and old != label else [])
    return row


def merge(given: EntityTable, kept: str, gone: str) -> tuple[Row, Row]:
    """Put two things together: the labels and aliases of the second become aliases of the first, which has the rest.

    Raises: `UnknownNameError`; `UsageError` for one and the same.
    """
    first, second = given.row(kept), given.row(gone)
    if first is second:
        raise UsageError("entity-with-itself", name=kept)
    spoken = languages_of(given.columns)
    told = [(lang, second.get(lang, "")) for lang in spoken]
    labels = [f"{_escaped(label)}@{lang}" for lang, label in told if label and label != first.get(lang)]
    _also(first, [*labels, *filter(None, second.get("aliases", "").split("; "))])
    for column in given.columns:
        first[column] = first.get(column) or second.get(column, "")
    given.rows.remove(second)
    return first, second


def replaced(home: Workspace, old: str, new: str) -> dict[Path, str]:
    """Give the files of a workspace that name a thing by its CURIE, with another one in its place."""
    pattern = re.compile(rf"(?<![\w:-]){re.escape(old)}(?![\w-])")
    places = [home.folder / name for name in ("data", "queries", "templates")]
    found = [path for place in places for path in sorted(place.rglob("*")) if path.suffix in _NAMING]
    texts = {path: read_text(path) for path in found}
    return {path: pattern.sub(new, text) for path, text in texts.items() if pattern.search(text)}


def write(given: EntityTable) -> None:
    """Write a table in its place. Raises: `OutputFileError`."""
    files.write(given.file, text(given))


def _check_language(given: EntityTable, language: str) -> None:
    if language not in languages_of(given.columns):
        raise UnknownNameError("language", language, languages_of(given.columns))


def _check_name(name: str) -> None:
    if not any(map(str.isalnum, name)) or any(unicodedata.category(sign) in _NOT_IN_NAMES for sign in name):
        raise UsageError("entity-no-name", name=terminal.visible_text(" ".join(name.splitlines())))


def _also(row: Row, aliases: Sequence[str]) -> None:
    known = [*filter(None, row.get("aliases", "").split("; "))]
    row["aliases"] = "; ".join(dict.fromkeys([*known, *aliases]))


def _escaped(label: str) -> str:
    return re.sub(r"([|;\\])", r"\\\1", label)


# --- Of quads, and back ----------------------------------------------------------------------------------------------


def of_quads(file: Path, quads: Iterable[Quad], namespaces: Namespaces, spoken: Sequence[str]) -> EntityTable:
    """Give the table of some names. Raises: `UsageError` for what a table cannot hold."""
    names = KnownNames(namespaces)
    rows: dict[str, Row] = {}
    for quad in quads:
        row = rows.setdefault(text_of(quad.subject), {"id": names.shorten(text_of(quad.subject))})
        column, cell = _cell(quad.predicate, quad.object, names, spoken)
        if column in spoken and row.get(column):
            raise UsageError("entity-has-no-row", name=row["id"])
        row[column] = f"{row[column]}; {cell}" if row.get(column) else cell
    used = dict.fromkeys(column for row in rows.values() for column in row)
    columns = ["id", "kind", *spoken, "aliases", *REGISTERS, "note"]
    return EntityTable(file, [*columns, *(column for column in used if column not in columns)], [*rows.values()])


def _cell(predicate: NamedNode, term: Term, names: KnownNames, spoken: Sequence[str]) -> tuple[str, str]:
    if isinstance(term, Literal) and term.language:
        tag = "" if term.language == spoken[0] else f"@{term.language}"
        column = {LABEL: term.language, ALIAS: "aliases", NOTE: "note"}.get(predicate)
        if column:
            return column, term.value if predicate == LABEL else f"{_escaped(term.value)}{tag}"
    if predicate == SAME and isinstance(term, NamedNode):
        for column, space in REGISTERS.items():
            if term.value.startswith(space):
                return column, term.value.removeprefix(space)
    column = "kind" if predicate == TYPE else names.shorten(predicate.value)
    shown = names.shorten(term.value) if isinstance(term, NamedNode) else ""
    if not shown and isinstance(term, Literal):
        shown = values.quoted(term, names.shorten)
    return column, shown


# --- Looked over -----------------------------------------------------------------------------------------------------


def check(home: Workspace) -> list[Message]:
    """Look over the shared names: doubles, names that another thing has, common words as aliases, missing labels."""
    quads = corpus.shared_names(home)
    kinds: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    told: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        subject, value = text_of(quad.subject), text_of(quad.object)
        if quad.predicate == TYPE:
            kinds[subject].add(value)
        elif quad.predicate in (LABEL, ALIAS) and isinstance(quad.object, Literal):
            labels[folded(value)].append((subject, value, quad.predicate == LABEL))
            if quad.predicate == LABEL:
                told[subject].add(quad.object.language or "")
    shorten = corpus.context_of(home.folder).namespaces.shorten
    found = [*_doubles(labels, kinds, shorten), *_common(labels, shorten)]
    for subject, spoken in told.items():
        missing = [language for language in home.languages if language not in spoken]
        found += [Message("entity-without-label", name=shorten(subject), languages=missing)] if missing else []
    return found


def _doubles(
    labels: Mapping[str, list[tuple[str, str, bool]]], kinds: Mapping[str, set[str]], shorten: Callable[[str], str]
) -> Iterator[Message]:
    for named in labels.values():
        things = dict.fromkeys(subject for subject, _, _ in named)
        if len(things) < 2:
            continue
        first, second = [*things][:2]
        preferred = {subject for subject, _, is_preferred in named if is_preferred}
        same = {first, second} <= preferred and bool(kinds[first] & kinds[second])
        code = "entity-twice" if same else "entity-of-one-name"
        yield Message(code, label=named[0][1], name=shorten(first), other=shorten(second))


def _common(labels: Mapping[str, list[tuple[str, str, bool]]], shorten: Callable[[str], str]) -> Iterator[Message]:
    words = {word for data in languages().values() for word in data["common"].split()}
    for label, named in labels.items():
        for subject, text, _ in named:
            if label in words:
                yield Message("entity-of-a-common-word", label=text, name=shorten(subject))
