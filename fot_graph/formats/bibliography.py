"""Works for a list of references, as BibTeX, CSL-JSON and RIS, which reference managers read.

A work says only what is known of it. A title is in the language of the work; `note` says in words what is cited of it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.tables import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Author(NamedTuple):
    """An author: a person's name has parts, that of a group or an office has none."""

    text: str
    person: bool = False


class Work(NamedTuple):
    """A work to refer to. `kind` is one of CSL: 'document', 'webpage', 'dataset'; `issued` is a date as YYYY-MM-DD."""

    key: str
    kind: str
    title: str
    authors: tuple[Author, ...] = ()
    container: str = ""
    genre: str = ""
    number: str = ""
    publisher: str = ""
    issued: str = ""
    url: str = ""
    language: str = ""
    note: str = ""


def bibtex(works: Iterable[Work]) -> str:
    r"""Write BibTeX, in UTF-8, with the fields that biblatex and the classic styles share.

    >>> work = Work("w", "document", "R&D", (Author("Ann Peeters", person=True),), issued="2020-02-12")
    >>> print(bibtex([work]), end="")
    @misc{w,
      author = {Peeters, Ann},
      title = {{R\&D}},
      year = {2020},
      month = feb,
      date = {2020-02-12},
    }
    """
    return "\n".join(_entry(work) for work in works)


def csl(works: Iterable[Work]) -> str:
    """Write CSL-JSON (csl-data.json, CSL 1.0.2): a list of items."""
    return json.dumps([dict(_item(work)) for work in works], ensure_ascii=False, indent=2) + "\n"


def ris(works: Iterable[Work]) -> str:
    """Write RIS, one block of tagged lines a work.

    >>> ris([Work("w", "webpage", "R&D", (Author("Ann Peeters", person=True),), issued="2020-02-12")]).splitlines()
    ['TY  - ELEC', 'ID  - w', 'AU  - Peeters, Ann', 'TI  - R&D', 'PY  - 2020', 'DA  - 2020/02/12/', 'ER  - ']
    """
    return "\n".join("".join(f"{tag}  - {one_line(value)}\n" for tag, value in _ris_lines(work)) for work in works)


# --- BibTeX ----------------------------------------------------------------------------------------------------------

_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec".split()
)  # BibTeX's own abbreviations, which styles translate
_LANGUAGES = {"nl": "dutch", "en": "english"}  # as babel calls them
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SPECIALS = re.compile(r"[\\~^{}$&#%_]")


def _entry(work: Work) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(work))
    return f"@misc{{{work.key},\n{fields}}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    texts = {
        "author": " and ".join(_author(name) for name in work.authors),
        "title": f"{{{_latex(work.title)}}}",  # a second pair of braces keeps its capitals
        "howpublished": _latex(", ".join(filter(None, [f"{work.genre} {work.number}".strip(), work.container]))),
        "publisher": _latex(work.publisher),
    }
    yield from ((name, f"{{{text}}}") for name, text in texts.items() if text)
    yield from _date_fields(work.issued)
    rest = {"url": work.url, "langid": _LANGUAGES.get(work.language, ""), "note": _latex(work.note)}
    yield from ((name, f"{{{text}}}") for name, text in rest.items() if text)


def _date_fields(issued: str) -> Iterator[tuple[str, str]]:
    """Give the year and month that classic styles know, and the date that biblatex knows."""
    parts = _parts(issued)
    if parts:
        yield "year", f"{{{parts[0]}}}"
    if len(parts) > 1:
        yield "month", _MONTHS[parts[1] - 1]
    if len(parts) > 2:
        yield "date", f"{{{issued}}}"


def _author(name: Author) -> str:
    family, given = _family_and_given(name)
    return f"{_latex(family)}, {_latex(given)}" if given else f"{{{_latex(family)}}}"


def _latex(text: str) -> str:
    return _SPECIALS.sub(lambda found: _SPECIAL.get(found[0], f"\\{found[0]}"), text)


# --- CSL-JSON --------------------------------------------------------------------------------------------------------


def _item(work: Work) -> Iterator[tuple[str, object]]:
    yield from (("id", work.key), ("type", work.kind))
    fields: dict[str, object] = {
        "title": work.title,
        "author": [_person(name) for name in work.authors],
        "container-title": work.container,
        "genre": work.genre,
        "number": work.number,
        "publisher": work.publisher,
        "issued": {"date-parts": [_parts(work.issued)]} if work.issued else None,
        "URL": work.url,
        "language": work.language,
        "note": work.note,
    }
    yield from ((name, value) for name, value in fields.items() if value)


def _person(name: Author) -> dict[str, str]:
    family, given = _family_and_given(name)
    return {"family": family, "given": given} if given else {"literal": name.text}


# --- RIS -------------------------------------------------------------------------------------------------------------

_RIS_TYPES = {"document": "GEN", "webpage": "ELEC", "dataset": "DATA"}


def _ris_lines(work: Work) -> Iterator[tuple[str, str]]:
    year, *rest = [f"{part:02}" for part in _parts(work.issued)] or [""]
    fields = [
        ("ID", work.key),
        *(("AU", ", ".join(filter(None, _family_and_given(name)))) for name in work.authors),
        ("TI", work.title),
        ("T2", work.container),
        ("M3", work.genre),
        ("M1", work.number),
        ("PB", work.publisher),
        ("PY", year),
        ("DA", "/".join([year, *rest, "", ""][:4]) if year else ""),
        ("UR", work.url),
        ("LA", work.language),
        ("N1", work.note),
    ]
    yield "TY", _RIS_TYPES[work.kind]
    yield from ((tag, value) for tag, value in fields if value)
    yield "ER", ""


# --- Of all ---------------------------------------------------------------------------------------------------------


def _parts(issued: str) -> list[int]:
    """Read year, month and day, as far as they are there."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$", issued)
    return [int(part) for part in found.groups() if part] if found else []


def _family_and_given(name: Author) -> tuple[str, str]:
    """Part a person's name of two words; of three or more nobody can tell, and it stays whole."""
    words = name.text.split()
    return (words[1], words[0]) if name.person and len(words) == 2 else (name.text, "")
