"""Rules propose claims of a text; they pass the gate that programs pass, and stay drafts until they are accepted."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fot_graph.api import load
from fot_graph.authoring import drafts
from fot_graph.cli.main import main
from fot_graph.core.terms import text_of
from fot_graph.validation.validating import validate

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENTS = Path(__file__).parents[1] / "documents"
ASKED = ("question-1", "question-2", "question-3")
JUDGED = ("judgement-1", "judgement-2", "judgement-3")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Give a document that nobody has written a claim of."""
    shutil.copytree(DOCUMENTS, tmp_path / "mine")
    place = tmp_path / "mine" / "data" / "documents" / "fietsplan"
    (place / "claims.md").unlink()
    return place


@pytest.fixture
def command(
    document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    def run(name: str, *words: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([name, str(document), "--lang", "en", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_an_answer_gives_drafts_of_each_kind_with_the_names_that_they_need(
    document: Path, command: Callable[..., tuple[int, str]]
) -> None:
    code, out = command("propose")
    assert (code, out) == (
        0,
        f"8 proposals hold, 0 fell; what holds stands in {document / 'drafts.md'}, and in no graph\n",
    )
    found = {draft.name: draft for draft in drafts.read(document)}
    assert set(found) == {*ASKED, *JUDGED, "evaluation", "promise"}
    assert found["promise"].names == (
        "Koen Maertens | persoon",
        "firmness:promised | ook: zal",
        "this:koen-maertens | ook: ik",
    )
    assert found["promise"].claim.endswith("| wanneer: eind 2024")
    assert found["evaluation"].claim.endswith("| stadium: loopt")
    assert found["question-2"].claim == (
        "## question-2\n\n> Wordt het plan geëvalueerd?\n\n- vraag: kwestie: Wordt het plan geëvalueerd"
    )
    assert "> onderwerp: Wordt het plan geëvalueerd?\n\n> voorwerp: Ja." in found["judgement-2"].claim
    assert not load(document).query("ASK { ?claim a fot:Claim ; fot:status ?any . FILTER(?any != status:found) }").truth


def test_what_is_accepted_says_it_and_is_not_proposed_again(
    document: Path, command: Callable[..., tuple[int, str]]
) -> None:
    command("propose")
    assert "8 accepted" in command("review", typed="a\n" * 8)[1]
    asked = "SELECT ?item ?how { ?item fot:asksAbout ?matter . ?matter fot:assessedAs ?how }"
    said = {
        (text_of(item).rpartition("#")[2], text_of(how).rpartition("/")[2])
        for item, how in load(document).query(asked).rows
    }
    assert said == {(name, "answered") for name in ASKED}
    code, out = command("propose")
    assert (code, out) == (0, f"the rules read nothing in {document} that its claims do not say already\n")


def test_a_refusal_is_proposed_in_place_of_an_answer(document: Path, command: Callable[..., tuple[int, str]]) -> None:
    source = document / "source.txt"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("2. Ja.", "2. Deze cijfers zijn niet beschikbaar."), encoding="utf-8")
    command("propose")
    found = {draft.name: draft.claim for draft in drafts.read(document)}
    assert "judgement-2" not in found
    assert "- weigering: kwestie: Wordt het plan geëvalueerd\n" in found["refusal-2"]
    assert "- omdat nl: Het antwoord zegt ‘niet beschikbaar’." in found["refusal-2"]


def test_what_rests_on_a_draft_that_is_rejected_is_not_accepted(
    document: Path, command: Callable[..., tuple[int, str]]
) -> None:
    command("propose")
    out = command("review", typed="r\na\na\na\n")[1]  # the first question, and what reads it
    assert "unknown name 'Hoeveel klachten kreeg de Ombudsman in 2023'" in out
    assert f"2 accepted, 1 rejected, 5 left in {document}\n" in out


def test_proposals_of_a_sentence_that_stands_twice_fall_together(
    document: Path, command: Callable[..., tuple[int, str]]
) -> None:
    source = document / "source.txt"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("1. Hoeveel klachten kreeg de Ombudsman in 2023?", "1. Wordt het plan geëvalueerd?"),
        encoding="utf-8",
    )
    code, out = command("propose")
    assert code == 0
    assert "lines 1, 2 fell: quote is ambiguous" in out
    assert "line 4 fell: it reads 'question-1', which fell" in out


def test_drafts_that_are_there_stay(document: Path, command: Callable[..., tuple[int, str]]) -> None:
    mine = "## mine\n\n> Er zijn steeds meer fietsers.\n\n- omstandigheid: meer fietsers"
    (document / "drafts.md").write_text(mine, encoding="utf-8")
    command("propose")
    command("propose")
    assert next(draft.name for draft in drafts.read(document)) == "mine"
    assert len(drafts.read(document)) == 9


def test_what_holds_is_valid_once_accepted_but_for_labels_in_another_language(
    document: Path, command: Callable[..., tuple[int, str]]
) -> None:
    settings = document.parents[2] / "fot-graph.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('["nl"]', '["nl", "en"]'), encoding="utf-8")
    needed = "each new name also needs a label in en: write it in claims.md after the name"
    code, out = command("propose")
    assert code == 0
    assert "8 proposals hold, 0 fell" in out
    assert needed in out
    assert needed in command("review", typed="a\n" * 8)[1]
    claims = document / "claims.md"
    text = claims.read_text(encoding="utf-8")
    rules = {result.rule for result in validate(load(document)).results}
    assert "preferred-label" in rules
    mended = re.search(r"- (\d+) findings mended", out := command("validate")[1])
    assert mended
    shared = out.count("[voice-named]")  # of a name that documents share, which is of no document
    assert re.search(rf"\n{int(mended[1]) + shared} findings, \d+ sentences? without a claim; ", out)
    named = re.compile(r"(?m)^- (?:vraag|toezegging|evaluatie): [^|;\n]*[^|;\s]")
    translated = named.sub(lambda found: f"{found[0]} @en number {found.start()}", text)
    claims.write_text(translated, encoding="utf-8")
    assert rules - {result.rule for result in validate(load(document)).results} == {"preferred-label"}
