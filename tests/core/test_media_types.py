"""The one table of formats, and that there is no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fot_graph
from fot_graph.core import media_types
from fot_graph.core.errors import UnknownNameError

PACKAGE = Path(fot_graph.__file__).parent
KINDS = ("dataset", "graph", "rows", "truth", "list", "citation", "report", "mending", "picture")


@pytest.mark.parametrize("kind", KINDS)
def test_of_each_kind_no_two_formats_share_a_name_or_a_suffix(kind: str) -> None:
    found = [each for each in media_types.FORMATS if kind in each.holds]
    names = [name for each in found for name in (each.name, each.alias) if name]
    suffixes = [suffix for each in found for suffix in each.suffixes]
    assert len(found) > 1
    assert len(names) == len(set(names))
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize("kind", ["graph", "rows", "truth"])
def test_a_client_may_name_a_standard_format_in_many_ways(kind: str) -> None:
    offered = media_types.standard_formats(kind)
    for media_type, each in offered.items():
        ways = (each.name, each.name.upper(), each.alias, media_type, f"{media_type};q=1", media_type.replace("+", " "))
        for way in filter(None, ways):
            found = media_types.meant(way, offered)
            assert found is not None
            assert offered[found] == each
    for way in ("", " ", "docx", "text/html", "*/*", "text/*", ";", "/"):
        assert media_types.meant(way, offered) is None


def test_every_format_is_whole() -> None:
    assert {what for each in media_types.FORMATS for what in each.holds} == set(KINDS)
    for each in media_types.FORMATS:
        assert all(re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", name) for name in each.media_types)
        assert all(re.fullmatch(r"\.[a-z]+", suffix) for suffix in each.suffixes)


@pytest.mark.parametrize("name", ["a.xlsx", "a.owl", "a.zip", "a.csv.gz", "a.csv", "A.Xyz", "dir.ttl/a.b"])
def test_a_suffix_that_says_nothing_names_those_that_do(name: str) -> None:
    known = r"unknown suffix '\.[a-z]+' \(known: \.dot, \.gexf, .*\.gz.*\.ttl, \.xml\)"
    with pytest.raises(UnknownNameError, match=known):
        media_types.format_of_file(name, media_types.DATASET)


@pytest.mark.parametrize("name", ["/dev/stdout", "a", "a.gz", ".ttl", "dir.ttl/a"])
def test_a_name_without_a_suffix_leaves_the_choice(name: str) -> None:
    assert media_types.format_of_file(name, media_types.DATASET) is None


# Where a suffix is the name of a file of ours, or a word of Python, and chooses no format
ELSEWHERE = {"claims/corpus.py", "core/media_types.py", "pictures/picture.py"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_there_is_no_other_table_of_media_types_or_suffixes(path: Path) -> None:
    if str(path.relative_to(PACKAGE)) in ELSEWHERE:
        return
    text = path.read_text(encoding="utf-8")
    for each in media_types.FORMATS:
        for word in (each.media_types[0], *each.suffixes):
            listed = re.findall(rf'^\s*"{re.escape(word)}":|: "{re.escape(word)}"', text, re.MULTILINE)
            assert not listed, f"{word} stands in core/media_types.py"
