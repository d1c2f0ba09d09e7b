"""The one table of formats: for each its name, media types, suffixes, what it can hold and what it loses.

The command line (`-f`, the names of files), the server (`format`, content negotiation, its descriptions), the pages
(downloads) and the library choose by this table. What writes a format stands in the package `formats`.
"""

from __future__ import annotations

from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

# What can be written:
DATASET = "dataset"  # the graph or a part of it, with its claims
GRAPH = "graph"  # triples: the answer to CONSTRUCT or DESCRIBE, the description of a thing
ROWS = "rows"  # the answer to SELECT
TRUTH = "truth"  # the answer to ASK
LIST = "list"  # rows of text that no query gives: questions, sentences
CITATION = "citation"  # a claim as one cites it
REPORT = "report"  # what validation found
MENDING = "mending"  # what is to be mended
PICTURE = "picture"

COMPRESSED = ".gz"  # may follow any suffix: the file is compressed by gzip (RFC 1952)


class Format(NamedTuple):
    """A form in which something is written.

    `name` is what options and parameters call it, `alias` what else they may call it, `title` what people do. Of
    `media_types` the first is the registered one, of `suffixes` the first is that of files to download. `standard` is
    the W3C's own name of it (below http://www.w3.org/ns/formats/), "" for what is no standard of RDF or SPARQL. `loses`
    is the code of a text (`core.words`) that says what remains of a dataset in it, "" where nothing is lost.
    """

    name: str
    title: str
    holds: tuple[str, ...]
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    standard: str = ""
    loses: str = ""
    alias: str = ""

    @property
    def suffix(self) -> str:
        """The first suffix, without its dot."""
        return self.suffixes[0].removeprefix(".")


_NO_GRAPHS, _LINKS_ONLY, _CLAIMS_ONLY = "no-named-graphs", "links-only", "claims-and-names-only"
_SPARQL = "application/sparql-results+"
# What clients ask for that are older than the registered type, or know only the syntax; Turtle is a part of N3
_TURTLE = "text/turtle application/turtle application/x-turtle text/n3 text/rdf+n3 application/n3"
_RDF_XML = "application/rdf+xml application/xml text/xml"
_JSON_LD = "application/ld+json application/json application/x-json+ld"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSL = "application/vnd.citationstyles.csl+json"

# Of formats that fit equally well the first one is given. Columns: name, title, what it holds, media types, suffixes,
# standard, what it loses, aliases
_TABLE: tuple[tuple[str, ...], ...] = (
    ("ttl", "Turtle", "dataset graph report", _TURTLE, ".ttl", "Turtle", _NO_GRAPHS, "turtle"),
    ("nt", "N-Triples", "dataset graph", "application/n-triples", ".nt", "N-Triples", _NO_GRAPHS, "ntriples"),
    ("rdfxml", "RDF/XML", "dataset graph", _RDF_XML, ".rdf .rdfxml .xml", "RDF_XML", _NO_GRAPHS, "rdf"),
    ("jsonld", "JSON-LD", "dataset graph", _JSON_LD, ".jsonld", "JSON-LD", "", "json-ld"),
    ("trig", "TriG", "dataset graph", "application/trig", ".trig", "TriG"),
    ("nq", "N-Quads", "dataset graph", "application/n-quads", ".nq", "N-Quads", "", "nquads"),
    ("graphml", "GraphML", "dataset", "application/graphml+xml", ".graphml", "", _LINKS_ONLY),
    ("gexf", "GEXF", "dataset", "application/gexf+xml", ".gexf", "", _LINKS_ONLY),
    ("dot", "DOT", "dataset", "text/vnd.graphviz", ".dot .gv", "", _LINKS_ONLY),
    ("table", "text", "rows truth list", "text/plain", ".txt"),
    ("json", "SPARQL JSON", "rows truth", f"{_SPARQL}json application/json", ".json .srj", "SPARQL_Results_JSON"),
    ("xml", "SPARQL XML", "rows truth", f"{_SPARQL}xml application/xml text/xml", ".xml .srx", "SPARQL_Results_XML"),
    ("csv", "CSV", "rows list", "text/csv", ".csv", "SPARQL_Results_CSV"),
    ("tsv", "TSV", "rows list", "text/tab-separated-values", ".tsv", "SPARQL_Results_TSV"),
    ("text", "text", "citation report mending", "text/plain", ".txt"),
    ("md", "Markdown", "rows truth list citation", "text/markdown", ".md"),
    ("xlsx", "Excel", "rows list", _XLSX, ".xlsx"),
    ("json", "JSON", "dataset list report mending", "application/json", ".json", "", _CLAIMS_ONLY),
    ("bibtex", "BibTeX", "citation", "application/x-bibtex", ".bib"),
    ("csl", "CSL-JSON", "citation", _CSL, ".json"),
    ("ris", "RIS", "citation", "application/x-research-info-systems", ".ris"),
    ("svg", "SVG", "picture", "image/svg+xml", ".svg"),
    ("png", "PNG", "picture", "image/png", ".png"),
    ("pdf", "PDF", "picture", "application/pdf", ".pdf"),
)
FORMATS = tuple(
    Format(name, title, tuple(holds.split()), tuple(media_types.split()), tuple(suffixes.split()), *more)
    for name, title, holds, media_types, suffixes, *more in _TABLE
)


def formats_holding(*what: str) -> dict[str, Format]:
    """Give the formats that can hold one of some things (`DATASET`, `ROWS` …), by name, in the order of the table.

    >>> list(formats_holding(CITATION))
    ['text', 'md', 'bibtex', 'csl', 'ris']
    """
    return {each.name: each for each in FORMATS if set(what) & set(each.holds)}


def format_named(name: str, what: str) -> Format:
    """Give the format of a name that can hold something.

    >>> format_named("turtle", GRAPH).name
    'ttl'

    Raises: `UnknownNameError` with those that are known.
    """
    known = formats_holding(what)
    found = known.get(name) or next((each for each in known.values() if name and each.alias == name), None)
    if found is None:
        raise UnknownNameError("format", name, known)
    return found


def standard_formats(what: str) -> dict[str, Format]:
    """Give the standard formats of RDF and SPARQL for it, by media type: the registered media types come first.

    >>> [(media_type, each.name) for media_type, each in standard_formats(TRUTH).items()][1:3]
    [('application/sparql-results+xml', 'xml'), ('application/json', 'json')]
    """
    found = [each for each in formats_holding(what).values() if each.standard]
    registered = {each.media_types[0]: each for each in found}
    return registered | {name: each for each in found for name in each.media_types[1:]}


def meant(wish: str, offered: Mapping[str, Format]) -> str | None:
    """Give which of some media types a client means by a name or media type, in any spelling that clients use.

    A format is meant by its name, its alias, a media type, or the part of one after the slash. Parameters do not
    count, nor does case; a space stands for the `+` of an address in which it was not escaped.

    >>> meant("JSON", standard_formats(GRAPH)), meant("JSON", standard_formats(ROWS))
    ('application/ld+json', 'application/sparql-results+json')
    >>> meant("rdf xml", standard_formats(GRAPH)), meant("docx", standard_formats(GRAPH))
    ('application/rdf+xml', None)
    """
    name = wish.partition(";")[0].strip().lower().replace(" ", "+")
    if not name:
        return None
    if name in offered:
        return name
    named_so = (each for each in offered.values() if name in (each.name, each.alias))
    written_so = (each for media_type, each in offered.items() if name == media_type.partition("/")[2])
    found = next(chain(named_so, written_so), None)
    return found and found.media_types[0]


def with_charset(media_type: str) -> str:
    """Give a media type as an HTTP header has it, with the encoding of what is text."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def format_of_file(path: str | PathLike[str], what: str) -> Format | None:
    """Give the format that the name of a file asks for, None where the name has no suffix (as /dev/stdout).

    >>> format_of_file("graph.TTL.gz", DATASET).name, format_of_file("/dev/stdout", ROWS)
    ('ttl', None)

    Raises: `UnknownNameError` for a suffix of no format that can hold it, with those that are known.
    """
    suffix = suffix_of(path)
    if not suffix:
        return None
    known = {each: form for form in formats_holding(what).values() for each in form.suffixes}
    if suffix not in known:
        raise UnknownNameError("suffix", suffix, [*known, COMPRESSED], near=())
    return known[suffix]


def suffix_of(path: str | PathLike[str]) -> str:
    """Give the suffix of a file in small letters, with its dot, and without one that only says that it is compressed.

    >>> suffix_of("picture.SVG.gz"), suffix_of("/dev/stdout")
    ('.svg', '')
    """
    name = PurePath(path)
    return (PurePath(name.stem) if is_compressed(path) else name).suffix.lower()


def is_compressed(path: str | PathLike[str]) -> bool:
    """Tell whether a file is to be compressed, by its name."""
    return PurePath(path).suffix.lower() == COMPRESSED
