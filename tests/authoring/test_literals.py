"""The strings of a TriG file, and that changing one of them changes nothing else."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, parse

from fot_graph.authoring.literals import replace_strings, strings
from fot_graph.core.resources import folder

CLAIMS = (folder("data") / "documents" / "vp-sv-2019-2020-358" / "claims.trig").read_text(encoding="utf-8")


def about_quotes(quad: Quad) -> bool:
    return quad.predicate.value == "urn:quote"


def test_the_strings_of_a_file_are_the_literals_that_its_parser_sees() -> None:
    objects = {quad.object.value for quad in parse(CLAIMS, RdfFormat.TRIG) if isinstance(quad.object, Literal)}
    values = {string.value for string in strings(CLAIMS)}
    assert values <= objects
    assert {value for value in objects if " " in value} <= values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"a"', "a"),
        ("'a'", "a"),
        ('"""a"b""c\nd"""', 'a"b""c\nd'),
        ("'''it's\\''''", "it's'"),
        (r'"\" \\ \t \u00e9 \U0001F600"', '" \\ \t é 😀'),
        ('""', ""),
        ('"#no <comment>"', "#no <comment>"),
    ],
)
def test_a_string_is_read_in_each_of_its_forms(written: str, value: str) -> None:
    text = f"# a comment with \" and '\n<urn:a#\\u0022> <urn:quote> {written} ; <urn:b> 'z'@nl . # '"
    assert [string.value for string in strings(text)] == [value, "z"]
    assert next(strings(text)).line(text) == 2


TEXT = """\ufeff# "een zin"
<urn:a> <urn:quote> "een zin"@nl , 'een zin' , \"""een zin\""" ;\r
   <urn:note> "een zin" ; <urn:quote> "een \\u007ain" .
<urn:g> { <urn:a> <urn:quote> [ <urn:note> "een zin" ] }
"""


def test_only_the_objects_of_the_chosen_quads_change_and_all_else_stays() -> None:
    new, done = replace_strings(
        TEXT.removeprefix("\ufeff"), RdfFormat.TRIG, {"een zin": "één \"zin\" 'hier'"}, about_quotes
    )
    assert done == {"een zin": 4}
    assert new == (
        '# "een zin"\n<urn:a> <urn:quote> "één \\"zin\\" \'hier\'"@nl , \'één "zin" \\\'hier\\\'\' , '
        '"""één \\"zin\\" \'hier\'""" ;\r\n   <urn:note> "een zin" ; <urn:quote> "één \\"zin\\" \'hier\'" .\n'
        '<urn:g> { <urn:a> <urn:quote> [ <urn:note> "een zin" ] }\n'
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_replaced_string_reads_back(seed: int) -> None:
    chance = random.Random(seed)
    value = "".join(chance.choices("ab\"'\\\n\r\té#<>{}", k=30))
    marks = chance.choice(['"', "'", '"""', "'''"])
    new, done = replace_strings(f"<urn:a> <urn:quote> {marks}x{marks} .", RdfFormat.TRIG, {"x": value}, about_quotes)
    (quad,) = parse(new, RdfFormat.TRIG)
    assert (quad.object, done) == (Literal(value), {"x": 1})
