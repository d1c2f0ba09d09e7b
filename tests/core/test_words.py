"""What is said to people: the same texts with the same fields in each language, none missing, none unused."""

from __future__ import annotations

import ast
import inspect
import json
import re
import string
from errno import errorcode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import fot_graph
from fot_graph.cli import parser
from fot_graph.cli import words as options
from fot_graph.core import errors, resources
from fot_graph.core.words import LANGUAGES, Message, fill, texts
from fot_graph.sparql import mistakes, tokens
from fot_graph.stores import server_answer
from fot_graph.text import nearest, normalisation
from fot_graph.web.http import errors as web_errors
from fot_graph.web.http import problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACKAGE = Path(fot_graph.__file__).parent
FOLDER = PACKAGE / "core" / "languages"
PARTS = sorted(path.stem for path in (FOLDER / "en").iterdir())
ENGLISH = texts("errors", "en")


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


# --- The texts -------------------------------------------------------------------------------------------------------


def test_each_language_has_the_same_parts() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(LANGUAGES)
    for lang in LANGUAGES:
        assert sorted(path.stem for path in (FOLDER / lang).iterdir()) == PARTS


@pytest.mark.parametrize("part", PARTS)
def test_each_text_has_the_same_fields_in_both_languages(part: str) -> None:
    english, dutch = texts(part, "en"), texts(part, "nl")
    assert list(english) == list(dutch)
    assert [key for key in english if fields(english[key]) != fields(dutch[key])] == []


def test_dutch_says_u_to_its_reader_everywhere() -> None:
    told = [*(FOLDER / "nl").iterdir(), *(PACKAGE / "web" / "pages").glob("*.html")]
    told += [Path(__file__).parents[2] / "docs" / "zelfstudie.md", resources.folder("data") / "entities.ttl"]
    told += (path for name in ("ontology", "queries", "templates") for path in resources.folder(name).rglob("*.*"))
    familiar = re.compile(r"\b(?:je|jij|jou|jouw|jullie|jezelf)\b", re.IGNORECASE)
    assert [(path.name, words) for path in told for words in familiar.findall(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_given_twice(part: str, lang: str) -> None:
    def once(pairs: list[tuple[str, str]]) -> dict[str, str]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    json.loads((FOLDER / lang / f"{part}.json").read_text(encoding="utf-8"), object_pairs_hook=once)


def test_each_text_has_the_quotes_of_its_language() -> None:
    assert [key for key in ENGLISH if "‘" in ENGLISH[key]] == []
    dutch = texts("errors", "nl")
    assert [key for key in dutch if "'" in dutch[key]] == ["origin-null.hint", "quotes-are-straight"]  # what is typed


def test_values_are_written_as_readers_write_them() -> None:
    text = "{a:,} {b:g} {c} {d:or} {e:and} {f} {g:lower}"
    values = {"a": 12345, "b": 0.5, "c": 12345, "d": ["x", "y", "z"], "e": ["x", "y"], "f": ("x", "y"), "g": "A"}
    assert fill(text, "en", **values) == "12,345 0.5 12345 x or y or z x and y x, y a"
    assert fill(text, "nl", **values) == "12.345 0,5 12345 x, y of z x en y x, y a"
    assert fill("{x}", "nl", x=Message("no-folder")) == "die map bestaat niet"


@pytest.mark.parametrize(
    ("lang", "count", "text"), [("nl", 1, "1 rij"), ("nl", 0, "0 rijen"), ("en", 1500, "1500 rows")]
)
def test_a_number_stands_before_one_thing_or_several(lang: str, count: int, text: str) -> None:
    assert fill(texts("pages", lang)["rows"], lang, count) == text


def test_a_place_may_be_a_message() -> None:
    closed = errors.InputFileError(Message("standard-input"), "is-closed")
    assert str(closed) == "cannot read standard input: it is closed"
    assert closed.worded("nl") == "kan de standaardinvoer niet lezen: ze is gesloten"
    full = errors.OutputFileError(
        Message("standard-output"), errors.system_message(OSError(28, "No space left on device"))
    )
    assert str(full) == "cannot write standard output: no space left on device"
    assert full.worded("nl") == "kan de standaarduitvoer niet schrijven: de schijf is vol"


# --- The code --------------------------------------------------------------------------------------------------------


class Said(NamedTuple):
    """What one call says: where, the codes that it may give, the hints, and the data for their fields."""

    place: str
    codes: list[str]
    hints: list[str] | None
    data: set[str] | None


def _subclasses(kind: type[errors.FotGraphError]) -> Iterator[type[errors.FotGraphError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _subclasses(each)


assert web_errors.WebError in errors.FotGraphError.__subclasses__()  # imported, so that its kinds are found
MAKERS: dict[str, Callable[..., object]] = {kind.__name__: kind for kind in _subclasses(errors.FotGraphError)} | {
    "Message": Message,
    "OneOf": options.OneOf,
    "malformed": tokens.syntax_error_at,
    "refused": tokens.refusal_at,
}


def literals(node: ast.expr | None, constants: dict[str, str]) -> list[str]:
    """Give the texts that an expression may be, as far as they stand there."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return [*literals(node.body, constants), *literals(node.orelse, constants)]
        case ast.Name() if node.id in constants:
            return [constants[node.id]]
    return []


def said(source: str, place: str) -> Iterator[Said]:
    tree = ast.parse(source)
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if not isinstance(node, ast.Call) or name not in MAKERS:
            continue
        parameters: list[inspect.Parameter] = [
            each for each in inspect.signature(MAKERS[name]).parameters.values() if each.kind != each.KEYWORD_ONLY
        ]
        given = dict(zip([each.name for each in parameters], node.args, strict=False))
        keywords = {each.arg: each.value for each in node.keywords}
        whole = not any(isinstance(each, ast.Starred) for each in node.args) and None not in keywords
        given |= {key: value for key, value in keywords.items() if key}
        codes = literals(given.get("code"), constants)
        if "kind" in given:
            codes = [f"unknown-{kind.replace(' ', '-')}" for kind in literals(given.get("kind"), constants)]
        hints = literals(given.get("hint"), constants)
        data = (
            {key for key in given if key}
            | ({"name"} if "kind" in given else set())
            | {each.name for each in parameters}
        )
        yield Said(f"{place}:{node.lineno}", codes, hints, data if whole else None)


@cache
def calls() -> list[Said]:
    """Give what each call of the package says."""
    return [
        call
        for path in sorted(PACKAGE.rglob("*.py"))
        for call in said(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix())
    ]


# The codes that stand in a table, or are put together
LISTED = {
    *mistakes._MISTAKES.values(),
    *(code for _, code, _ in server_answer._FAILURES),
    *resources._KINDS.values(),
    *problems._CODES.values(),
    *parser._MISUSES.values(),
    *(rule.name for rule in normalisation.RULES),
    *(kind for kind, _ in nearest._DIFFERENCES),
}
JOINED = {f"{form}-{place}" for form in ("or", "and", "sentences") for place in ("between", "last")}


def complaints(calls: list[Said]) -> Iterator[str]:
    for call in calls:
        for code in call.codes:
            if code not in ENGLISH:
                yield f"{call.place}: no words for ‘{code}’"
                continue
            needed = set(fields(ENGLISH[code])) | set(fields(ENGLISH.get(f"{code}.hint", "")) if not call.hints else ())
            for hint in call.hints or ():
                needed |= set(fields(ENGLISH.get(hint, "")))
            if call.data is not None and (missing := needed - call.data - CLASS_FIELDS):
                yield f"{call.place}: ‘{code}’ speaks of {', '.join(sorted(missing))}"
        for hint in call.hints or ():
            if hint and hint not in ENGLISH:
                yield f"{call.place}: no words for ‘{hint}’"


CLASS_FIELDS = {"shown", "stretch", "places", "found", "whole", "library", "near"}  # that the classes themselves give


def test_every_code_has_its_words_and_its_fields() -> None:
    assert sum(bool(call.codes) for call in calls()) > 150
    assert list(complaints(calls())) == []
    assert {code for code in LISTED if code not in ENGLISH} == set()


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("UsageError('a-new-mistake')", "no words for ‘a-new-mistake’"),
        ("UsageError('no-query' if x else 'none')", "no words for ‘none’"),
        ("UsageError('no-query', 'a-new-hint')", "no words for ‘a-new-hint’"),
        ("UsageError('no-query', hint='a-new-hint')", "no words for ‘a-new-hint’"),
        ("UsageError('no-port')", "‘no-port’ speaks of word"),
        ("UsageError('no-number-for-limit', word=1)", "‘no-number-for-limit’ speaks of name"),
        ("UnknownNameError('dog', name, known)", "no words for ‘unknown-dog’"),
        ("malformed(query, 0, 'never-closed', token=1)", "‘never-closed’ speaks of closing"),
        ("Message('or else')", "no words for ‘or else’"),
    ],
)
def test_a_code_without_words_is_seen(code: str, complaint: str) -> None:
    assert list(complaints(list(said(code, "new.py")))) == [f"new.py:1: {complaint}"]


def test_no_words_are_unused() -> None:
    written = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    used = written | LISTED | JOINED | {code for call in calls() for code in call.codes}
    used |= {f"system-{name}" for name in errorcode.values()}
    used |= set(
        re.findall(r'metavar="(\w+)"', "".join(p.read_text(encoding="utf-8") for p in PACKAGE.glob("cli/*.py")))
    )
    assert [key for key in ENGLISH if key.removesuffix(".hint") not in used] == []


@pytest.mark.parametrize("part", [part for part in PARTS if part not in ("errors", "help", "pages", "welcome")])
def test_no_words_of_a_part_are_unused(part: str) -> None:  # pages and help have tests of their own; a welcome says all
    users = [text for path in PACKAGE.rglob("*.py") if f'texts("{part}"' in (text := path.read_text(encoding="utf-8"))]
    said = {
        node.value
        for text in users
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    states = {"missing", "ambiguous", "divides-word", "found"}  # of a quote, in authoring.mending
    parts = {"question", "answer"}  # of a document
    tongues = set(LANGUAGES)  # of names, in show
    assert [key for key in texts(part, "en") if key.removesuffix("-said") not in said | states | parts | tongues] == []
