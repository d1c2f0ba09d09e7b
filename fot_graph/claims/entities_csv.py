"""Names that documents share, as a table for spreadsheets: `data/entities.csv`, one thing a row.

The columns are `id` and `kind`, one for the label in each language (`nl`, `en` …), `aliases`, `wikidata`, `ovo`,
`themis` and `note`; another column is a property by its CURIE. Several values in a cell have a `;` between them. An
alias is in the language of the first label unless a tag stands behind it (`Council@en`). RFC 4180, also with `;`
between columns.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.claims import vocabulary
from fot_graph.claims.claims_md import values
from fot_graph.claims.claims_md.blocks import Text
from fot_graph.claims.claims_md.errors import ClaimsFileError
from fot_graph.claims.claims_md.lines import plain, split
from fot_graph.claims.claims_md.names import KIND, TYPE, KnownNames
from fot_graph.claims.layers import NAMING
from fot_graph.core import limits
from fot_graph.core.errors import InputFileError
from fot_graph.core.resources import read_text
from fot_graph.core.terms import is_iri, node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from fot_graph.core.namespaces import Namespaces
    from fot_graph.core.terms import Term

FILE = "entities.csv"
LABEL, ALIAS, NOTE, SAME = map(node, ("skos:prefLabel", "skos:hiddenLabel", "skos:definition", "owl:sameAs"))
# The addresses of identifiers, by the column that holds their last part
REGISTERS = {
    "wikidata": "http://www.wikidata.org/entity/",
    "ovo": "https://data.vlaanderen.be/id/organisatie/",
    "themis": "http://themis.vlaanderen.be/id/",
}
COLUMNS = ("id", "kind", "nl", "en", "aliases", *REGISTERS, "note")
_LANGUAGE = re.compile(r"[a-z]{2}")
_GUARDED = re.compile(r"'(?=[=+\-@'])")  # what keeps a spreadsheet from taking a text for a formula
_ROWS = 100_000

Row = dict[str, str]


def read_table(path: Path) -> tuple[list[str], list[Row]]:
    """Read the columns and the rows of a table. Raises: `InputFileError`, `ClaimsFileError` with line and column."""
    text = read_text(path, limits.RDF_BYTES)
    first = text.partition("\n")[0]
    between = ";" if first.count(";") > first.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    try:
        head = [cell.strip() for cell in next(lines, [])]
        if "id" not in head or "kind" not in head or len({*head}) < len(head):
            raise ClaimsFileError(path, 1, 1, "entities-columns", columns=[*COLUMNS])
        rows: list[Row] = []
        for cells in lines:
            if len(cells) > len(head) or len(rows) >= _ROWS:
                raise ClaimsFileError(path, lines.line_num, len(head) + 1, "entities-cells", count=len(head))
            row = {name: _GUARDED.sub("", cell).strip() for name, cell in zip(head, cells, strict=False)}
            rows.append({**row, "": str(lines.line_num)})  # the line, for errors
    except csv.Error as error:
        raise InputFileError(path, "words", words=str(error)) from None
    return head, [row for row in rows if any(value for name, value in row.items() if name)]


def read(path: Path, namespaces: Namespaces) -> list[Quad]:
    """Read a table as the quads of its names. Raises: as `read_table`."""
    return quads_of(path, *read_table(path), namespaces)


def quads_of(path: Path, head: list[str], rows: Iterable[Row], namespaces: Namespaces) -> list[Quad]:
    """Give the quads of a table that was read. Raises: `ClaimsFileError` with line and column."""
    names = KnownNames(namespaces)
    names.add(vocabulary.ontology(namespaces))  # kinds go by their labels too
    spoken = languages_of(head) or ["nl"]
    quads: list[Quad] = []
    seen: dict[str, str] = {}
    for row in rows:
        line, given = int(row[""]), row.get("id", "")
        iri, place = _iri(given, names), head.index("id") + 1
        if not iri:
            raise ClaimsFileError(path, line, place, "entities-id", name=given)
        if iri in seen:
            raise ClaimsFileError(path, line, place, "claims-twice", name=given, first=seen[iri])
        seen[iri] = row[""]
        for at, name in enumerate(head, start=1):
            cell = row.get(name, "")
            try:
                found = [*_cell(name, cell, spoken[0], names)] if name != "id" else []
            except ValueError:
                raise ClaimsFileError(path, line, at, "entities-cell", name=cell, column_name=name) from None
            quads += [Quad(NamedNode(iri), predicate, term, NAMING) for predicate, term in found]
    return quads


def languages_of(columns: Iterable[str]) -> list[str]:
    """Give the columns that hold the label in a language, by its code of two letters."""
    return [column for column in columns if _LANGUAGE.fullmatch(column) and column != "id"]


def _iri(given: str, names: KnownNames) -> str:
    return names.iri(given) or (names.iri(f"id:{given}") if re.fullmatch(r"[\w.-]+", given) else "")


def _cell(column: str, cell: str, language: str, names: KnownNames) -> Iterator[tuple[NamedNode, Term]]:
    """Give what a cell says, as property and value. Raises: ValueError for what cannot be read."""
    if not cell:
        return
    if _LANGUAGE.fullmatch(column):
        yield LABEL, Literal(cell, language=column)
        return
    for piece in (part.text for part in split(Text(cell, 0, ((0, 1, 1),)), ";")):
        if column == "aliases":
            text, tag = re.fullmatch(r"(.*?)(?:@([a-z]{2}))?", piece, re.DOTALL).groups()  # type: ignore[union-attr]
            yield ALIAS, Literal(plain(text), language=tag or language)
        elif column == "note":
            text, tag = re.fullmatch(r"(.*?)(?:@([a-z]{2}))?", piece, re.DOTALL).groups()  # type: ignore[union-attr]
            yield NOTE, Literal(plain(text), language=tag or language)
        elif column in REGISTERS:
            iri = piece if piece.startswith("http") else f"{REGISTERS[column]}{piece}"
            if not is_iri(iri):
                raise ValueError(piece)
            yield SAME, NamedNode(iri)
        else:
            predicate = TYPE if column == "kind" else NamedNode(names.iri(column))
            kinds = names.find(piece, KIND) if column == "kind" else []
            iri = kinds[0] if len(kinds) == 1 else names.iri(piece)
            value = None if iri else values.read(piece, language, lambda name: names.iri(name) or name)
            if not iri and not value:
                raise ValueError(piece)
            yield predicate, NamedNode(iri) if iri else value.term  # type: ignore[union-attr]  # one of them is there
