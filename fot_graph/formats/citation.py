"""Cites a claim: in words and Markdown for footnotes; BibTeX, CSL-JSON and RIS for lists of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from fot_graph.core import media_types, terms
from fot_graph.core.tables import markdown
from fot_graph.core.terms import node
from fot_graph.core.words import text_in, texts
from fot_graph.formats.bibliography import Author, Work, bibtex, csl, ris
from fot_graph.formats.cited_claim import capitalized, citation, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fot_graph.formats.cited_claim import Citation, CitedSource
    from fot_graph.formats.cited_words import CitedDocument, CitedWords
    from fot_graph.stores.interface import StoredGraph


def cite(graph: StoredGraph, name: str, format_: str = "text", lang: str = "en") -> str:
    """Cite a claim, named by its IRI, its CURIE or its local name, in a format that holds citations.

    Raises: `UnknownNameError` for a claim or a format that is not known, `UsageError` for a name of several claims and
    for what is no claim.
    """
    write = _WRITERS[media_types.format_named(format_, media_types.CITATION).name]
    return write(citation(graph, find(graph, name), lang))


# --- In words --------------------------------------------------------------------------------------------------------


def _as_text(cited: Citation) -> str:
    """Write lines: the first ones are ready for a footnote, the last ones say what the claim is."""
    quotes = "; ".join(f"“{words.quote}”{_in_brackets(words)}" for words in cited.words)
    addresses = " ".join(address for words in cited.words for address in words.addresses)
    lines = [
        _reading(cited),
        f"{quotes}." if quotes else "",
        " ".join([*_references(cited), addresses]),
        *(" ".join([_source(source, cited.lang), *source.pages]) for source in cited.sources),
        *_notes(cited),
        *_calculation(cited),
        _attribution(cited, "claim", cited.status, cited.claim.iri),
        cited.curation,
    ]
    return "".join(f"{line}\n" for line in lines if line)


def _as_markdown(cited: Citation) -> str:
    """Write paragraphs: each quote as such, with who says it and a link to its place."""
    quotes = [f"> “{markdown(words.quote)}”\n>\n> — {_signed(words)}" for words in cited.words]
    paragraphs = [
        markdown(_reading(cited)),
        *quotes,
        *map(markdown, _references(cited)),
        *(" ".join(map(markdown, [_source(source, cited.lang), *source.pages])) for source in cited.sources),
        *map(markdown, _notes(cited)),
        "\n\n```sparql\n".join(_calculation(cited)) + ("\n```" if cited.claim.derivation else ""),
        _attribution(cited, "claim", cited.status, f"<{cited.claim.iri}>"),
        markdown(cited.curation),
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _attribution(cited: Citation, name: str, *parts: str) -> str:
    return texts("citation", cited.lang)[name].format(*parts)


def _reading(cited: Citation) -> str:
    """Say what the editors read or compute; what a source says is quoted instead."""
    kind = cited.claim.status.rpartition("/")[2]
    return _attribution(cited, kind, cited.voice, cited.statement) if kind in ("interpreted", "computed") else ""


def _in_brackets(words: CitedWords) -> str:
    who = ", ".join(filter(None, [words.speaker, words.place]))
    return f" ({who})" if who else ""


def _signed(words: CitedWords) -> str:
    links = " ".join(f"[{address.rpartition('#')[2]}]({address})" for address in words.addresses)
    return ", ".join(filter(None, [markdown(words.speaker), markdown(words.place), links]))


def _references(cited: Citation) -> list[str]:
    return [
        f"{_attribution(cited, 'in' if document.answered else 'in-question', ', '.join(_document(cited, document)))}"
        f" {_page(cited, document)}"
        for document in cited.documents
    ]


def _page(cited: Citation, document: CitedDocument) -> str:
    return _attribution(cited, "page", document.page) if document.page else _attribution(cited, "no-page")


def _document(cited: Citation, document: CitedDocument) -> Iterator[str]:
    """Give the words that name a document, as far as they are known."""
    yield from filter(None, [document.author.text, f"“{document.title}”" if document.title else ""])
    asked, told = _day(document.issued, cited.lang), _day(document.answered_on, cited.lang)
    if asked or told:
        yield _attribution(cited, "dated" if asked else "answered-on", document.kind, asked or told)
    else:
        yield document.kind


def _source(source: CitedSource, lang: str) -> str:
    """Name a source: by its title where it is known, with publisher and date unless its name has them."""
    name = f"“{source.title}” ({source.label})" if source.title else source.label
    rest = (part for part in (source.publisher, _day(source.issued, lang)) if part not in name)
    return ", ".join([name, *rest]) + "."


def _notes(cited: Citation) -> Iterator[str]:
    """Say on what a claim rests that does not stand in a source."""
    claim = cited.claim
    if claim.rationale:
        yield _attribution(cited, "rationale", text_in(dict(claim.rationale), cited.lang)[1])
    if not cited.words and not _reading(cited):
        yield _attribution(cited, "background", cited.statement)
    if claim.derived_from:
        yield _attribution(
            cited, "derived", ", ".join(cited.namespaces.shorten(base.iri) for base in claim.derived_from)
        )


def _calculation(cited: Citation) -> list[str]:
    return [_attribution(cited, "derivation"), cited.claim.derivation] if cited.claim.derivation else []


def _day(issued: str, lang: str) -> str:
    date = Literal(issued, datatype=node("xsd:date"))
    return terms.literal_text(date, lang) if issued else ""


# --- For lists of references -----------------------------------------------------------------------------------------


def _works(cited: Citation) -> list[Work]:
    """Give what the claim is cited from; what the editors read or compute is a work of theirs."""
    key = cited.claim.iri.removeprefix(cited.namespaces.claim("")).replace("/", "-")
    if _reading(cited):
        return [_of_editors(cited)._replace(key=key)]
    said = [*_notes(cited), _attribution(cited, "claim", cited.status, cited.claim.iri), cited.curation]
    told = [*_addressed(cited), *_references(cited), *said]
    works = [_of_document(document, cited, told) for document in cited.documents]
    works += [_of_source(source, said) for source in cited.sources]
    return [work._replace(key=f"{key}-{number}" if number > 1 else key) for number, work in enumerate(works, start=1)]


def _addressed(cited: Citation) -> list[str]:
    quotes = (f"“{words.quote}”{_in_brackets(words)}: {' '.join(words.addresses)}" for words in cited.words)
    return [f"{'; '.join(quotes)}."] if cited.words else []


def _of_editors(cited: Citation) -> Work:
    return Work(
        "",
        "dataset",
        capitalized(cited.statement),
        (Author(cited.voice),),
        container="fot_graph",
        url=cited.claim.iri,
        language=cited.lang,
        note=" ".join([*_addressed(cited), *_references(cited), *_notes(cited), *_calculation(cited), cited.curation]),
    )


def _of_document(document: CitedDocument, cited: Citation, notes: Iterable[str]) -> Work:
    genre = document.kind.removesuffix(document.number).strip()
    url = next(address for words in cited.words for address in words.addresses if address.startswith(document.iri))
    return Work(
        "",
        "document",
        document.title or capitalized(document.kind),
        _authors(document, cited),
        genre=capitalized(genre),
        number=document.number,
        issued=document.issued or document.answered_on,
        url=url,
        language=document.language,
        note=" ".join(notes),
    )


def _authors(document: CitedDocument, cited: Citation) -> tuple[Author, ...]:
    """Give those whose words are cited from a document, which is that of the questioner only for words of theirs."""
    said = (words.author for words in cited.words if words.addresses[0].startswith(document.iri))
    names = dict.fromkeys(name for name in said if name) or dict.fromkeys(filter(None, [document.author.text]))
    return tuple(document.author if name == document.author.text else Author(name) for name in names)


def _of_source(source: CitedSource, notes: Iterable[str]) -> Work:
    """Refer to a source by its title, and by the name that we gave it only where it has none."""
    kind, url = ("webpage", source.pages[0]) if source.pages else ("document", "")
    note = " ".join([f"{source.label}.", *notes] if source.title else notes)
    title = source.title or source.label
    return Work("", kind, title, publisher=source.publisher, issued=source.issued, url=url, note=note)


_WRITERS: dict[str, Callable[[Citation], str]] = {
    "text": _as_text,
    "md": _as_markdown,
    "bibtex": lambda cited: bibtex(_works(cited)),
    "csl": lambda cited: csl(_works(cited)),
    "ris": lambda cited: ris(_works(cited)),
}
