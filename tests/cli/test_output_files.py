"""The file that a command writes is what its name says, or nothing is written."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from fot_graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

ROWS = ["query", "-e", "SELECT ?x { VALUES ?x { 1.5 } }"]
TRIPLES = ["query", "-e", "CONSTRUCT WHERE { id:serv a ?x }"]


@pytest.mark.parametrize(
    ("words", "name", "known"),
    [
        (ROWS, "x.ttl", ".csv"),
        (ROWS, "x.xls", ".xlsx"),
        (ROWS, "x.ttl.gz", ".csv"),
        (["query", "-e", "ASK {}"], "x.owl", ".json"),
        (TRIPLES, "x.csv", ".ttl"),
        (TRIPLES, "x.xlsx", ".ttl"),
        (["ask", "findings"], "x.zip", ".csv"),
        (["board"], "x.docx", ".xlsx"),
        (["questions"], "x.xml", ".json"),
        (["show", "SERV"], "x.ttl", ".md"),
        (["path", "SERV", "Focus op Talent"], "x.bib", ".md"),
        (["cite", "predecessors"], "x.docx", ".ris"),
        (["coverage"], "x.pdf", ".txt"),
        (["validate"], "x.csv", ".ttl"),
        (["mend"], "x.ttl", ".json"),
        (["export", "--layer", "background"], "x.csv", ".trig"),
        (["export", "--layer", "background"], "x.zip", ".trig"),
        (["export", "--layer", "background"], "x.owl", ".rdf"),
        (["export", "--layer", "background"], "x.ttl.bz2", ".gz"),
    ],
)
def test_an_unknown_suffix_names_those_that_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], name: str, known: str
) -> None:
    assert main([*words, "-o", str(tmp_path / name)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    suffix = name.removesuffix(".gz").rpartition(".")[2]
    assert err.startswith(f"fot-graph: unknown suffix '.{suffix}' (known: .")
    assert f" {known}," in err or f" {known})" in err or f"known: {known}," in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.ttl.gz", "x.TTL.GZ", "x.gz"])
def test_gz_compresses_whatever_is_written(tmp_path: Path, name: str) -> None:
    plain, packed = tmp_path / "plain.ttl", tmp_path / name
    words = ["export", "--layer", "background", *(["-f", "ttl"] if name == "x.gz" else [])]
    assert main([*words, "-o", str(plain)]) == main([*words, "-o", str(packed)]) == 0
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert packed.read_bytes()[4:8] == bytes(4)  # no time of writing, by which the same graph would differ


@pytest.mark.parametrize(
    ("words", "name", "start"),
    [
        (ROWS, "x.txt", b"  x\n\xe2\x94\x80"),
        (ROWS, "x.csv.gz", b"x\n1.5\n"),
        (ROWS, "x.xlsx", b"PK"),
        (ROWS, "x.srj", b"{"),
        (TRIPLES, "x.rdf", b"<?xml"),
        (TRIPLES, "x.jsonld.gz", b"{"),
        (["cite", "predecessors"], "x.ris", b"TY  - GEN\n"),
        (["show", "SERV"], "x.xlsx", b"PK"),
        (["path", "SERV", "Focus op Talent"], "x.xlsx", b"PK"),
        (["questions"], "x.xlsx.gz", b"PK"),
        (["coverage"], "x.xlsx", b"PK"),
        (["coverage"], "x.txt", b"   "),
        (["ask", "findings"], "x", b"document\t"),
        (["draw", "--focus", "SERV"], "x.svg.gz", b"<?xml"),
    ],
)
def test_the_name_chooses_the_format(tmp_path: Path, words: list[str], name: str, start: bytes) -> None:
    assert main([*words, "--lang", "en", "-o", str(tmp_path / name)]) == 0
    content = (tmp_path / name).read_bytes()
    assert (gzip.decompress(content) if name.endswith(".gz") else content).startswith(start)


def test_another_name_of_a_format_is_as_good(tmp_path: Path) -> None:
    for name in ("rdf", "rdfxml"):
        assert main([*TRIPLES, "-f", name, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "rdf").read_bytes() == (tmp_path / "rdfxml").read_bytes()


def test_a_workbook_goes_into_a_pipe_whole(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([*ROWS, "-f", "xlsx"]) == 0
    out = capfdbinary.readouterr().out
    assert (out[:2], out[-22:-18]) == (b"PK", b"PK\x05\x06")
