"""A person goes through drafts: each decision is written at once, and nothing else gets into the graph."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fot_graph.api import load
from fot_graph.cli.main import main
from fot_graph.core.terms import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENTS = Path(__file__).parents[1] / "documents"
ONE = "## draft-1\n\n> Er zijn steeds meer fietsers.\n\n- circumstance: this: ja\n"
TWO = "## draft-2\n\n> Wordt het plan geëvalueerd?\n\n- question: this: of het plan wordt geëvalueerd\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    shutil.copytree(DOCUMENTS, tmp_path / "mine")
    place = tmp_path / "mine" / "data" / "documents" / "fietsplan"
    (place / "drafts.md").write_text(f"{ONE}\n{TWO}", encoding="utf-8")
    return place


@pytest.fixture
def review(
    document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    def command(typed: str, *words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["review", str(document), "--lang", "en", *words])
        return code, capsys.readouterr().out

    return command


def test_what_is_accepted_is_a_claim_and_what_is_rejected_goes(
    document: Path, review: Callable[[str], tuple[int, str]]
) -> None:
    code, out = review("r\na\n")
    assert code == 0
    assert out.endswith(f"1 accepted, 1 rejected, 0 left in {document}\n")
    assert "draft 1 of 2\n\n> Er zijn steeds meer fietsers.\n- circumstance: this: ja\n" in out
    assert not (document / "drafts.md").exists()
    text = (document / "claims.md").read_text(encoding="utf-8")
    assert text.endswith(TWO)
    asked = "SELECT ?c { ?c a fot:Claim ; fot:status status:asked }"
    claims = {text_of(row[0]) for row in load(document).query(asked).rows}
    assert [claim.rpartition("/")[2] for claim in claims] == ["draft-2"]


@pytest.mark.parametrize(
    "code", ["```trig\nc:plan { id:a fot:about id:b . }\n```", "```sparql\nSELECT (1 AS ?x) {}\n```"]
)
def test_a_draft_with_code_is_not_accepted(
    code: str, document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (document / "drafts.md").write_text(f"{ONE}\n{code}\n", encoding="utf-8")
    before = (document / "claims.md").read_text(encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nq\n"))
    assert main(["review", str(document), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert said.out.endswith(f"0 accepted, 0 rejected, 1 left in {document}\n")
    assert "a draft with code in it is not accepted here" in said.err
    assert (document / "claims.md").read_text(encoding="utf-8") == before


def test_later_and_quit_leave_drafts(document: Path, review: Callable[[str], tuple[int, str]]) -> None:
    before = (document / "claims.md").read_text(encoding="utf-8")
    assert review("l\nq\n")[1].endswith(f"0 accepted, 0 rejected, 2 left in {document}\n")
    assert review("?\n\nl\n")[1].endswith(f"0 accepted, 0 rejected, 2 left in {document}\n")  # and the end of the input
    assert (document / "claims.md").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("closed", [None, io.TextIOWrapper(io.BytesIO(b"\xff\n"), encoding="utf-8")])
def test_an_input_that_cannot_be_read_is_at_its_end(
    closed: io.TextIOWrapper | None, document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (document / "claims.md").read_bytes(), (document / "drafts.md").read_bytes()
    monkeypatch.setattr("sys.stdin", closed)
    assert main(["review", str(document), "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith(f"0 accepted, 0 rejected, 2 left in {document}\n")
    assert ((document / "claims.md").read_bytes(), (document / "drafts.md").read_bytes()) == before


def test_an_unknown_answer_is_told(
    document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("x\nq\n"))
    main(["review", str(document), "--lang", "en"])
    assert "unknown answer 'x': type a, c, r, l or q" in capsys.readouterr().err


def test_an_interrupt_loses_no_decision(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["a"])

    def answer(_: str = "") -> str:
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("builtins.input", answer)
    assert main(["review", str(document)]) == 130
    assert "- circumstance: this: ja" in (document / "claims.md").read_text(encoding="utf-8")
    assert (document / "drafts.md").read_text(encoding="utf-8") == TWO


def test_a_draft_can_be_changed(document: Path, review: Callable[[str], tuple[int, str]]) -> None:
    review("c\nomstandigheid: steeds meer fietsers\n\na\nq\n")
    text = (document / "claims.md").read_text(encoding="utf-8")
    assert text.endswith("## draft-1\n\n> Er zijn steeds meer fietsers.\n\n- omstandigheid: steeds meer fietsers\n")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda place: (place / "drafts.md").unlink(), "has no drafts"),
        (lambda place: (place / "claims.trig").write_text(""), "has claims.trig"),
    ],
)
def test_what_cannot_be_reviewed_is_told(
    make: Callable[[Path], object], told: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(document)
    assert main(["review", str(document), "--lang", "en"]) == 2
    assert told in capsys.readouterr().err


# --- Who signs --------------------------------------------------------------------------------------------------------


def signed(place: Path, name: str) -> dict[str, str]:
    """Give who curated and who reviewed a claim, and on which day, as the graph tells it."""
    signs = "VALUES ?p { pav:curatedBy pav:curatedOn fot:reviewedBy }"
    asked = f"SELECT ?p ?o {{ {signs} claim:fietsplan\\/{name} ?p ?o }}"
    rows = load(place).query(asked).rows
    return {text_of(p).rpartition("#")[2].rpartition("/")[2]: text_of(o).rpartition("/")[2] for p, o in rows}


def test_who_accepts_a_draft_curates_it_and_another_one_reviews_it(
    document: Path, review: Callable[..., tuple[int, str]]
) -> None:
    review("a\na\n", "--by", "An Smet", "--on", "2030-05-01")
    assert signed(document, "draft-1") == {"curatedBy": "an-smet", "curatedOn": "2030-05-01"}
    assert "- An Smet | persoon | als: id:an-smet\n" in (document / "claims.md").read_text(encoding="utf-8")
    assert review("", "--claims", "--by", "An Smet")[1].startswith("claim 1 of 5")  # those of nobody yet
    assert review("a\n" * 7, "--claims", "--by", "Bo Maes", "--on", "2030-06-01")[1].endswith(
        f"7 accepted, 0 rejected, 0 left in {document}\n"
    )
    assert signed(document, "draft-1") == {"curatedBy": "an-smet", "curatedOn": "2030-05-01", "reviewedBy": "bo-maes"}
    assert signed(document, "plan") == {"curatedBy": "bo-maes", "curatedOn": "2030-06-01"}
    assert review("", "--claims", "--by", "Bo Maes")[1] == f"nothing is left to go through in {document}\n"


def test_the_curator_of_the_workspace_signs_unless_another_one_is_named(
    document: Path, review: Callable[..., tuple[int, str]]
) -> None:
    with (document.parents[2] / "fot-graph.toml").open("a", encoding="utf-8") as settings:
        settings.write('curator = "Eva Claes"\n')
    review("a\nq\n", "--on", "2030-05-01")
    assert signed(document, "draft-1") == {"curatedBy": "eva-claes", "curatedOn": "2030-05-01"}
    assert review("", "--claims", "--by", "Bo Maes")[1].startswith("claim 1 of 6")  # all are Eva's, and unreviewed


def test_a_claim_that_a_reviewer_rejects_is_a_draft_again(
    document: Path, review: Callable[..., tuple[int, str]]
) -> None:
    assert review("r\nq\n", "--claims", "--by", "Bo Maes")[1].endswith(
        f"0 accepted, 1 rejected, 4 left in {document}\n"
    )
    assert "## vraag\n" not in (document / "claims.md").read_text(encoding="utf-8")
    assert "## vraag\n" in (document / "drafts.md").read_text(encoding="utf-8")


def test_nobody_cannot_review(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(document), "--claims", "--lang", "en"]) == 2
    assert "name yourself with --by" in capsys.readouterr().err


def test_dutch_and_english_answers_are_understood(document: Path, review: Callable[..., tuple[int, str]]) -> None:
    before = (document / "drafts.md").read_text(encoding="utf-8")
    for change, reject, leave in (("w", "v", "s"), ("wijzigen", "verwerpen", "stoppen"), ("c", "r", "q")):
        (document / "drafts.md").write_text(before, encoding="utf-8")
        out = review(f"{change}\nomstandigheid: meer fietsers\n\n{reject}\n{leave}\n", "--lang", "nl")[1]
        assert out.endswith(f"0 aanvaard, 1 verworpen, 1 over in {document}\n")


def test_a_day_is_one(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(document), "--on", "gisteren", "--lang", "en"]) == 2
    assert "'gisteren' is no day" in capsys.readouterr().err


def test_what_is_accepted_is_no_draft_any_more_after_an_interrupt(
    document: Path, review: Callable[..., tuple[int, str]]
) -> None:
    before = (document / "drafts.md").read_text(encoding="utf-8")
    review("a\nq\n", "--by", "An Smet", "--on", "2030-05-01")
    (document / "drafts.md").write_text(before, encoding="utf-8")  # as if it had come between the two files
    assert review("q\n")[1].startswith("draft 1 of 1")


@pytest.mark.parametrize("name", ["", " ", "?", "An\nSmet", "An\u2028Smet"])
def test_who_signs_has_a_name(name: str, document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(document), "--by", name, "--lang", "en"]) == 2
    assert "is no name of a person" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "told"), [((), True), (("--by", "An Peeters"), False)])
def test_whoever_accepts_without_a_name_is_told(
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    told: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nq\n"))
    assert main(["review", str(document), "--lang", "en", *words]) == 0
    assert ("it is not recorded who accepted them" in capsys.readouterr().err) is told


def test_what_is_no_document_has_no_drafts_to_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(tmp_path / "nope"), "--lang", "en"]) == 3
    assert main(["review", str(tmp_path / "nope"), "--claims", "--by", "An Peeters", "--lang", "en"]) == 3
    assert capsys.readouterr().err.count("no document is here") == 2
