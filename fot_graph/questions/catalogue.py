"""The catalogue of questions: one SPARQL query a file, with a header that says in both languages what it asks.

A header is the grlc decoration (https://grlc.io): the first lines, each `#+ key: value`, together a YAML mapping. Its
few forms are read here by line, because a YAML library would be the slowest import of the command line.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.resources import header_of, query_files, read_text
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fot_graph.stores.interface import StoredGraph


class Question(NamedTuple):
    """A question that the catalogue answers.

    `summary` is by language ('nl', 'en'); `columns` are the Dutch headings of the answer, in the order of SELECT;
    `parameters` gives each parameter its default, "" where it stays free: the answer is then about everything.
    """

    name: str
    summary: dict[str, str]
    tags: tuple[str, ...]
    columns: tuple[str, ...]
    parameters: dict[str, str]
    text: str
    path: Path


def questions(*workspaces: Path) -> dict[str, Question]:
    """Read the questions that come with fot_graph and those of other workspaces, by name, in order.

    A question of a workspace takes the place of one of ours of the same name. Workspaces are given by their folders.

    Raises: `InputFileError`.
    """
    return {name: _read(path) for name, path in query_files("queries", workspaces).items()}


def question(name: str, *workspaces: Path) -> Question:
    """Read one question by its name, of those that `questions` gives.

    >>> question("all-figures").tags
    ('figures',)

    Raises: `UnknownNameError` with near names, `InputFileError`.
    """
    files = query_files("queries", workspaces)
    if name not in files:
        raise UnknownNameError("question", name, files)
    return _read(files[name])


def bind(question: Question, graph: StoredGraph, parameters: Mapping[str, str]) -> str:
    """Write the query with its parameters as terms; one without a value stays free.

    In the query a parameter X stands as ?_X_iri, a thing that the graph knows and a person names (`Graph.find`), or
    as ?_X, a literal: a number, a date or a text. The terms come from the engine's own writer, on the line of
    the first `WHERE {`, so that nothing that a person types is read as SPARQL and no line moves.

    Raises: `UnknownNameError` for a parameter that the question does not have and for a name that the graph does not
    know, `UsageError` for a name with several meanings.
    """
    for name in parameters:
        if name not in question.parameters:
            raise UnknownNameError("parameter", name, question.parameters)
        if not parameters[name].strip():
            raise UsageError("parameter-without-value", name=name)
    values = {name: value for name, value in {**question.parameters, **parameters}.items() if value}
    if not values:
        return graph.namespaces.moved(question.text)
    before, opening, after = _split(question)
    bound = "".join(_values(question, graph, *item) for item in values.items())
    return graph.namespaces.moved(before) + opening + bound + graph.namespaces.moved(after)


def title(question: Question, graph: StoredGraph, parameters: Mapping[str, str], lang: str) -> str:
    """Say in 'nl' or 'en' what a question asks, and of what: things by their names, other parameters as they are.

    Raises: as `bind`; `UnknownNameError` for another language.
    """
    if lang not in question.summary:
        raise UnknownNameError("language", lang, question.summary)
    about = [
        graph.label(graph.find(value).value, lang) if _is_thing(question, name) else value
        for name, value in parameters.items()
        if name != "lang"
    ]
    return " – ".join([question.summary[lang], *([", ".join(about)] if about else [])])


def kinds(question: Question, graph: StoredGraph, parameter: str, lang: str) -> list[str]:
    """Name in 'nl' or 'en' the types of the things of which a question has an answer: values of one of its parameters.

    None for a parameter that stands in no column of the answer.
    """
    result = graph.execute(bind(question, graph, {}))
    if parameter not in result.variables:
        return []
    place = result.variables.index(parameter)
    things = {row[place].value for row in islice(result.found, _LOOKED_AT) if isinstance(row[place], NamedNode)}
    types = {row["kind"].value for row in graph.rows(_KINDS, sorted(things))}
    return sorted({graph.label(kind, lang) for kind in types})


_LOOKED_AT = 200  # rows of an answer
_KINDS = "SELECT DISTINCT ?kind { VALUES ?thing { {about} } ?thing a ?kind }"


def _read(path: Path) -> Question:
    text = read_text(path)
    header = header_of(text)
    summary = {"nl": _scalar(header.get("summary_nl", "")), "en": _scalar(header.get("summary", ""))}
    tags, columns = _list(header.get("tags", "")), _list(header.get("columns_nl", ""))
    defaults = {name: _scalar(value) for name, value in _defaults(header.get("defaults", ""))}
    names = dict.fromkeys(name.removesuffix("_iri") for name in re.findall(_PARAMETER, text))
    return Question(path.stem, summary, tags, columns, {name: defaults.get(name, "") for name in names}, text, path)


# Not compiled here: that takes longer than to use them, and most questions have no parameters
_DEFAULT = r"\{\s*(\w+)\s*:\s*([^{}]*?)\s*\}"
_PARAMETER = r"[?$]_([A-Za-z]\w*)"
_WHERE = r"(?mi)^[^#\n]*\bWHERE\s*\{"
_TYPES = {
    "xsd:integer": r"[+-]?[0-9]+",
    "xsd:date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}


def _defaults(text: str) -> list[tuple[str, str]]:
    return re.findall(_DEFAULT, text) if text else []


def _list(text: str) -> tuple[str, ...]:
    """Read a YAML list of plain scalars on one line."""
    return tuple(_scalar(item) for item in text.strip("[]").split(",") if item.strip())


def _scalar(text: str) -> str:
    """Read a plain or quoted YAML scalar on one line."""
    text = text.strip()
    return text[1:-1] if text[:1] in ("'", '"') and text[-1:] == text[:1] else text


def _split(question: Question) -> tuple[str, str, str]:
    match = re.search(_WHERE, question.text)
    if not match:
        raise UsageError("question-without-where", name=question.name)
    return question.text[: match.start()], match[0], question.text[match.end() :]


def _values(question: Question, graph: StoredGraph, name: str, value: str) -> str:
    is_thing = _is_thing(question, name)
    term = graph.find(value) if is_thing else _literal(value)
    return f" VALUES ?_{name}{'_iri' if is_thing else ''} {{ {term} }}"


def _is_thing(question: Question, name: str) -> bool:
    return bool(re.search(rf"[?$]_{name}_iri\b", question.text))


def _literal(value: str) -> Literal:
    datatype = next((name for name, pattern in _TYPES.items() if re.fullmatch(pattern, value)), "xsd:string")
    return Literal(value, datatype=node(datatype))
