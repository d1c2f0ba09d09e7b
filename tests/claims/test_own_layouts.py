"""A layout of a workspace, the one that CONTRIBUTING shows, is known to all that read its documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fot_graph.api import load, open_store
from fot_graph.authoring import intake, mending, updating
from fot_graph.cli.main import main
from fot_graph.core import workspace
from fot_graph.core.errors import InputFileError, UnknownNameError
from fot_graph.web.pages import reading

ROOT = Path(__file__).parents[2]
TEXT = """QUESTION No. 7 by Mary Jones

Cycle paths

1. Who pays for the paths?
2. Who builds them?

REPLY by the Minister for Transport (3 June 2024)

1. The county pays.
2. The towns build them.
"""
CLAIMS = """@prefix c: <https://w3id.org/fot-graph/claim/q/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix fot: <https://w3id.org/fot-graph/ontology#> .
c:n a fot:NoClaim ; prov:wasQuotedFrom "The county pays." ; fot:rationale "x"@nl , "x"@en .
c:m a fot:NoClaim ; prov:wasQuotedFrom "The towns build thme." ; fot:rationale "x"@nl , "x"@en .
"""


@pytest.fixture
def mine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    place = tmp_path / "mine"
    assert main(["init", str(place), "--lang", "en", "--base", "https://data.example.org/mine/"]) == 0
    shown = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Add a layout\n")[2]
    example = re.search(r"```toml\n(.*?)```", shown, re.DOTALL)
    assert example
    lines = [line.removeprefix("   ") for line in example[1].splitlines()]
    assert len(lines) <= 11
    (place / "layouts").mkdir()
    (place / "layouts" / "county.toml").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "q.txt").write_text(TEXT, encoding="utf-8")
    assert main(["new", str(tmp_path / "q.txt"), "--data", str(place), "--lang", "en"]) == 0
    assert "layout 'county', in 'en'; items of the question: 2, of the answer: 2" in capsys.readouterr().out
    return place


def test_all_readers_know_it(mine: Path, tmp_path: Path) -> None:
    folder = mine / "data" / "documents" / "q"
    graph = load(mine)
    assert graph.sources["q"].layout == load(folder).sources["q"].layout == "county"
    assert [len(pair.asked) for pair in reading.reading(graph, "en", "q").answer.pairs] == [1, 1]
    assert main(["export", "--data", str(mine), "-o", str(mine / "all.nq")]) == 0
    assert set(load(mine / "all.nq").quads) == set(graph.quads)
    assert main(["load", "--data", str(mine), "--store", str(tmp_path / "store")]) == 0
    stored = open_store(tmp_path / "store")
    stored.workspaces = [mine]
    assert stored.sources["q"] == graph.sources["q"]
    assert set(graph.here().quads) == set(graph.quads)


def test_mending_and_updating_know_it(mine: Path) -> None:
    folder = mine / "data" / "documents" / "q"
    (folder / "claims.trig").write_text(CLAIMS, encoding="utf-8")
    assert [each.passage for each in mending.proposals([folder])][-1] == "The towns build them."
    later = f"QUESTION No. 7 by Mary Jones\n\nNew\n\n{TEXT.partition('paths')[2].strip()}\n"
    read = intake.read(later.encode(), "q.txt", "q.txt", workspace.layouts(mine))
    changed = updating.update(read, mine / "data" / "documents", "q")
    assert [each.quote for each in changed.moved] == ["The county pays."]


def test_without_it_an_error_names_it(mine: Path, tmp_path: Path) -> None:
    assert main(["export", "--data", str(mine), "-o", str(tmp_path / "all.nq")]) == 0
    assert main(["load", "--data", str(mine), "--store", str(tmp_path / "store")]) == 0
    (mine / "layouts" / "county.toml").unlink()
    for path in (tmp_path / "all.nq", mine):
        with pytest.raises(InputFileError, match="unknown layout 'county'"):
            load(path)
    with pytest.raises(UnknownNameError, match="unknown layout 'county'"):
        open_store(tmp_path / "store").sources["q"]


def test_what_document_toml_tells_is_what_is_read(mine: Path) -> None:
    (mine / "data" / "documents" / "q" / "document.toml").write_text('layout = "plain"', encoding="utf-8")
    assert load(mine).sources["q"].layout == "plain"
