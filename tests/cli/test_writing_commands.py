"""The commands for those who write claims in Markdown: convert, fmt, templates, and mend."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fot_graph.claims.documents import read_document
from fot_graph.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURE = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
CLAIMS = """\
# Names
- Een plan  | fot:Policy


## a
stated by  Een plan
> Het is een goed
> instrument.
*  Een plan |is a|   beleid
<!-- a note -->
"""
FORMED = """\
# Names

- Een plan | fot:Policy

## a
stated by Een plan

> Het is een goed
> instrument.

- Een plan | is a | beleid
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE, tmp_path / "vp-test-1")
    return tmp_path / "vp-test-1"


@pytest.fixture
def lines(document: Path) -> Path:
    (document / "claims.trig").unlink()
    (document / "claims.md").write_text(CLAIMS, encoding="utf-8")
    return document / "claims.md"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def command(*words: str | Path) -> tuple[int, str, str]:
        code = main(list(map(str, words)))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_convert_there_and_back_keeps_every_statement(document: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    before = set(read_document(document).quads)
    assert run("convert", document, "--write", "--lang", "en") == (
        0,
        f"{document / 'claims.md'} has taken the place of {document / 'claims.trig'}\n",
        "",
    )
    assert sorted(path.name for path in document.iterdir()) == ["claims.md", "source.txt"]
    assert set(read_document(document).quads) == before
    assert run("convert", document, "--write")[0] == 0
    assert sorted(path.name for path in document.iterdir()) == ["claims.trig", "source.txt"]
    assert set(read_document(document).quads) == before


def test_convert_prints_where_nothing_is_to_be_written(
    document: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, err = run("convert", document / "claims.trig")
    assert (code, err) == (0, "")
    assert "## title\ngeen bewering\n\n> Barometer - Toekomst\n" in out
    assert not (document / "claims.md").exists()


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (lambda place: (place / "claims.trig").unlink(), 3, "has no claims yet"),
        (lambda place: (place / "claims.md").write_text(""), 3, "claims.trig and claims.md"),
        (lambda place: (place / "claims.trig").write_text("<a"), 3, "claims.trig:1:"),
    ],
)
def test_convert_says_why_it_cannot(
    make: Callable[[Path], object], code: int, said: str, document: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    make(document)
    ended, out, err = run("convert", document, "--write", "--lang", "en")
    assert (ended, out) == (code, "")
    assert said in err


def test_fmt_writes_the_canonical_form_once(lines: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    before = set(read_document(lines.parent).quads)
    assert run("fmt", lines.parent, "--check", "--lang", "en") == (1, f"{lines} is not in its canonical form\n", "")
    assert lines.read_text(encoding="utf-8") == CLAIMS
    assert run("fmt", lines.parent, "--lang", "en") == (0, f"formatted {lines}\n", "")
    assert lines.read_text(encoding="utf-8") == FORMED
    assert run("fmt", lines.parent, "--check") == (0, "", "")
    assert set(read_document(lines.parent).quads) == before


def test_fmt_leaves_a_file_that_cannot_be_read(lines: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    lines.write_text(CLAIMS + "\n- - x\n", encoding="utf-8")
    code, out, err = run("fmt", lines.parent, "--lang", "en")
    assert (code, out) == (3, "")
    assert f"{lines}:12:3: an item of a list is one line of text" in err


def test_mend_puts_the_words_of_the_source_into_the_lines(
    lines: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    lines.write_text(CLAIMS.replace("instrument.", "instrumment."), encoding="utf-8")
    code, out, _ = run("mend", lines.parent, "--write", "--lang", "en")
    assert code == 0, out
    assert f"{lines}:7: claim:vp-test-1/a" in out
    assert lines.read_text(encoding="utf-8") == CLAIMS.replace(
        "Het is een goed\n> instrument.", "Het is een goed instrument."
    )


def test_templates_lists_the_kinds_of_fact(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("templates", "--lang", "nl", "-f", "tsv")
    assert code == 0
    assert "cijfer: waarde | wat | wie | [periode]\tEen getal dat de bron geeft" in out


def test_a_template_is_explained_with_what_its_fields_may_hold(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("templates", "bevinding", "--lang", "nl", "-f", "table")
    assert code == 0
    assert "- bevinding: bevinding | herkomst | soort | waarover | oordeel | [opzicht]" in out
    assert re.search("oordeel +een van deze, of een naam van de soort ‘verdict:’: .*effectief", out)
    assert re.search("waarover +een naam\n", out)
    assert "> Volgens de studie over schoolroutes heeft het Fietsplan een meerwaarde en is het effectief." in out


def test_a_template_that_is_not_there_is_said_so(run: Callable[..., tuple[int, str, str]]) -> None:
    code, _, err = run("templates", "bevindin", "--lang", "nl")
    assert (code, err) == (2, "fot-graph: er is geen sjabloon ‘bevindin’ (fot-graph templates somt ze op)\n")


@pytest.mark.parametrize(
    ("word", "row"),
    [
        ("organisation", "organisation\ta kind\torganisatie\torg:Organization"),
        ("predicate", "succeeds\ta predicate\treplaces; volgt op\tdcterms:replaces"),
        ("VERDICT", "effective\tVerdicts\teffectief\tverdict:effective"),
        ("counted:", "What is counted or measured\ta kind\tWat wordt geteld of gemeten\tcounted:"),
        ("sociaal-economische raad", "SERV\torganisation\t"),
    ],
)
def test_names_lists_what_a_file_of_claims_can_name(
    word: str, row: str, run: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _ = run("names", word, "--lang", "en", "-f", "tsv")
    assert code == 0
    assert row in out
    assert all(word.lower() in line.lower() for line in out.splitlines()[1:])


def test_a_word_that_no_name_has_is_said_so(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("names", "zzz", "--lang", "en")
    assert (code, out) == (1, "")
    assert "no name, kind or predicate has 'zzz' in it" in err
