"""Templates: kinds of fact, one a file. A template makes of a few values the triples that a claim then holds.

A file is a CONSTRUCT query with a header in lines that begin with `#+`, as the questions of the catalogue have it:
`name` and `name_nl`, `help` and `help_nl`, `example` and `example_nl` (a line of a `claims.md` and, behind `<`, the
sentence that it rests on), `status` where it is another one than the place of the quote implies, `because` and
`because_nl`, the reasons in the example of one that reads what others say, and `fields`:
`[{value: number}, {by: text, optional: true}]`, with `fields_en` and `fields_nl` their names where these are not those
of the variables. `?this` is the thing that the fact is about, `?voice` who speaks, or whom a field of this name gives,
`?item` the item of the question in which the claim is quoted. A triple with a variable that has no value is left out;
what `?this` is goes to the names.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from fot_graph.core import limits
from fot_graph.core.errors import InputFileError, RdfSyntaxError
from fot_graph.core.namespaces import PREFIXES
from fot_graph.core.resources import header_of, query_files, read_text
from fot_graph.core.statuses import STATUSES
from fot_graph.core.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fot_graph.core.terms import Term

# What a field may hold, besides a thing of a class or a scheme, which stands there as its CURIE
KINDS = ("number", "money", "period", "date", "text", "name", "thing")
THIS = "this"
_GIVEN = (THIS, "voice", "item")  # variables that no field has to give


class Field(NamedTuple):
    """A field: its variable, its names by language, what it holds (`KINDS`, or a CURIE), whether it may be empty."""

    name: str
    names: Mapping[str, str]
    kind: str
    optional: bool


class Example(NamedTuple):
    """An example of a template: the cells of its line, the sentence that it rests on, and its reasons, if any."""

    line: str
    sentence: str
    because: str


class Template(NamedTuple):
    """A kind of fact.

    `names`, `help` and `examples` are by language. `triples` have an IRI below `urn:field:` in the place of each
    variable. `label` is the pattern of the name that a thing gets to which no field gives one. `status` is that of a
    claim with such a line that says none itself, '' where its place tells.
    """

    path: Path
    names: Mapping[str, str]
    help: Mapping[str, str]
    fields: tuple[Field, ...]
    examples: Mapping[str, Example]
    label: str
    triples: tuple[Triple, ...]
    status: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.stem

    def usage(self, lang: str) -> str:
        """Show how a line of the template is written, in 'nl' or 'en'; what may be left out stands in brackets."""
        cells = (f"[{each.names[lang]}]" if each.optional else each.names[lang] for each in self.fields)
        return f"- {self.names[lang]}: {' | '.join(cells)}"

    @property
    def needs(self) -> set[str]:
        """The variables that have to have a value: those of no field, and of the fields that are not optional."""
        left_out = {name for each in self.fields for name in (f"{each.name}_unit", each.name if each.optional else "")}
        return _variables(self.triples) - (left_out - {*_GIVEN})

    def filled(self, values: Mapping[str, Sequence[Term]]) -> list[Triple]:
        """Give the triples that some values make; a field with several values makes a triple for each."""
        found: list[Triple] = []
        for triple in self.triples:
            for subject in _values(triple.subject, values):
                found += [Triple(subject, triple.predicate, term) for term in _values(triple.object, values)]  # type: ignore[arg-type]  # a subject is a thing, as `fields` has it
        return found


def read_all(workspaces: Iterable[Path] = ()) -> dict[str, Template]:
    """Read the templates that come with fot_graph and those of some workspaces, by name.

    A template of a workspace takes the place of one of ours of the same name.

    Raises: `InputFileError`, `RdfSyntaxError`.
    """
    return {name: _read(path, path.stat().st_mtime_ns) for name, path in query_files("templates", workspaces).items()}


@cache
def _read(path: Path, _changed: int) -> Template:
    text = read_text(path, limits.QUERY_FILE_BYTES)
    header = header_of(text)
    fields = tuple(_fields(path, header))
    names = {lang: header.get(_key("name", lang), "") or path.stem for lang in LANGUAGES}
    about = {lang: header.get(_key("help", lang), "") for lang in LANGUAGES}
    examples = {lang: _example(header, lang) for lang in LANGUAGES}
    triples = tuple(_triples(path, text))
    known = {*_GIVEN, *(each.name for each in fields), *(f"{each.name}_unit" for each in fields)}
    for variable in sorted(_variables(triples) - known):
        raise InputFileError(path, "template-variable", name=variable)
    status = header.get("status", "")
    if status and status not in STATUSES:
        raise InputFileError(path, "template-status", name=status, known=[*STATUSES])
    return Template(path, names, about, fields, examples, header.get("label", ""), triples, status)


def _key(name: str, lang: str) -> str:
    return name if lang == "en" else f"{name}_{lang}"


def _example(header: Mapping[str, str], lang: str) -> Example:
    cells, _, sentence = header.get(_key("example", lang), "").partition(" < ")
    return Example(cells.strip(), sentence.strip(), header.get(_key("because", lang), ""))


_FIELD = re.compile(r"\{\s*(\w+)\s*:\s*([\w:-]+)\s*(,\s*optional\s*:\s*true\s*)?\}")


def _fields(path: Path, header: Mapping[str, str]) -> Iterator[Field]:
    given = header.get("fields", "")
    found = _FIELD.findall(given)
    named = {lang: re.findall(r"[^\[\],\s][^\[\],]*", header.get(f"fields_{lang}", "")) for lang in LANGUAGES}
    is_named = all(len(each) in (0, len(found)) for each in named.values())
    if _FIELD.sub("", given).strip("[], ") or not found or not is_named:
        raise InputFileError(path, "template-fields")
    for at, (name, kind, optional) in enumerate(found):
        if kind not in KINDS and kind.partition(":")[0] not in PREFIXES:
            raise InputFileError(path, "template-kind", name=name, kind=kind, known=[*KINDS])
        names = {lang: each[at].strip() if each else name.replace("_", " ") for lang, each in named.items()}
        yield Field(name, names, kind, bool(optional))


# --- The triples of a CONSTRUCT, which is Turtle with variables ------------------------------------------------------

_HEAD = r"(?P<head>(?:\s|#[^\n]*\n|PREFIX\s+[\w-]*:\s*<[^>\n]*>)*)"
_FORM = re.compile(rf"(?is)^{_HEAD}CONSTRUCT\s*\{{(?P<body>.*)\}}\s*WHERE\s*\{{\s*\}}\s*$")
_TOKEN = re.compile(r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|[?$](?P<name>\w+)""")
_FIELDS = "urn:field:"


def _triples(path: Path, text: str) -> Iterator[Triple]:
    """Read the triples of a template. Raises: `InputFileError` for another form, `RdfSyntaxError`."""
    found = _FORM.match(text)
    if not found:
        raise InputFileError(path, "template-form")
    body = _TOKEN.sub(lambda token: f"<{_FIELDS}{token['name']}>" if token["name"] else token[0], found["body"])
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    own = re.sub(r"#[^\n]*", "", found["head"]).replace("\n", " ")
    lines = "\n" * text.count("\n", 0, found.start("body"))
    try:
        read = list(parse(f"{prefixes}{own}{lines}{body.rstrip().removesuffix('.')} .", RdfFormat.TURTLE))
    except SyntaxError as error:
        raise RdfSyntaxError(path, error.lineno or 1, error.offset or 1, error.msg.partition(": ")[2]) from None
    for quad in read:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise InputFileError(path, "template-blank")
        yield quad.triple


def _variables(triples: Iterable[Triple]) -> set[str]:
    terms = (term for triple in triples for term in (triple.subject, triple.predicate, triple.object))
    return {name for term in terms if (name := _variable(term))}


def _variable(term: Term) -> str:
    return term.value.removeprefix(_FIELDS) if isinstance(term, NamedNode) and term.value.startswith(_FIELDS) else ""


def _values(term: Term, values: Mapping[str, Sequence[Term]]) -> Sequence[Term]:
    name = _variable(term)
    return values.get(name, ()) if name else (term,)
