"""Mending: what is proposed for a quote that does not hold, and what is put in its place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fot_graph.authoring.mending import AMBIGUOUS, DIVIDES, FOUND, MISSING, Proposal, proposals, write_certain
from fot_graph.claims.documents import read_document
from fot_graph.cli.main import main
from fot_graph.core.errors import InputFileError
from fot_graph.core.resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = folder("data") / "documents" / "vp-sv-2019-2020-358"
CLAIMS = (FOLDER / "claims.trig").read_text(encoding="utf-8")


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., Path]:
    """Give what copies the document with other quotes in the place of some, and gives its folder."""

    def make(*changes: tuple[str, str], source: tuple[str, str] = ("", "")) -> Path:
        place = Path(shutil.copytree(FOLDER, tmp_path / FOLDER.name))
        claims = CLAIMS
        for before, after in changes:
            assert before in claims
            claims = claims.replace(before, after, 1)
        (place / "claims.trig").write_text(claims, encoding="utf-8")
        text = (place / "source.txt").read_text(encoding="utf-8")
        assert source[0] in text
        (place / "source.txt").write_text(text.replace(*source, 1), encoding="utf-8")
        return place

    return make


def only(place: Path) -> Proposal:
    (proposal,) = proposals([place])
    return proposal


WHOLE = "Mijn administratie voert een evaluatie uit in functie van een toekomstige heroriëntering"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (WHOLE.lower(), "capitals"),
        (WHOLE.upper(), "capitals"),
        (WHOLE.replace("voert", "vort"), "one letter or sign"),
        (WHOLE.replace("voert", "voerrt"), "one letter or sign"),
        (WHOLE.replace("voert", "voetr"), "one letter or sign"),
        (WHOLE.replace("voert", "voerd"), "one letter or sign"),
        (WHOLE.replace("een evaluatie", "eenevaluatie"), "white space"),
        (WHOLE.replace("heroriëntering", "herorientering"), "accents"),
    ],
)
def test_a_slip_is_mended_and_nothing_else_changes(broken: Callable[..., Path], typed: str, kind: str) -> None:
    place = broken((WHOLE, typed))
    proposal = only(place)
    assert (proposal.state, proposal.certain, proposal.only) == (MISSING, True, kind)
    assert (proposal.claim, proposal.source_line) == ("claim:vp-sv-2019-2020-358/evaluation-by-administration", 44)
    assert CLAIMS.splitlines()[proposal.line - 1].strip().startswith(f'prov:wasQuotedFrom "{WHOLE}')
    assert write_certain([proposal]) == [proposal]
    assert (place / "claims.trig").read_text(encoding="utf-8") == CLAIMS
    assert proposals([place]) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"2016 443 707.315,48', '"2016 443 707.315,49'),
        ('"2016 443 707.315,48', '"2016 443 707315,48'),
        ('"2016 443 707.315,48', '"2016 443 707.315.48'),
        ('"2016 443 707.315,48', '"2016 -443 707.315,48'),
        ('"2016 443 707.315,48', '"2016 443² 707.315,48'),
        ("te veel Vlamingen geen werk", "te veel Vlamingen een werk"),
        ("slaagden er niet in", "slaagden er iet in"),
        ("Mijn administratie voert een evaluatie uit in", "Mijn administratie doet een evaluatie uit in"),
        ('"Elk jaar werden de KPI’s verhoogd."', '"Elke jaren werden de KPI’s verhoogd."'),
    ],
)
def test_a_figure_a_negation_and_more_than_a_slip_are_left_to_people(
    broken: Callable[..., Path], before: str, after: str
) -> None:
    place = broken((before, after))
    proposal = only(place)
    assert (proposal.state, proposal.certain) == (MISSING, False)
    assert proposal.passage
    kept = (place / "claims.trig").read_bytes()
    assert write_certain([proposal]) == []
    assert (place / "claims.trig").read_bytes() == kept


@pytest.mark.parametrize(
    ("has", "typed"),
    [
        *(("in juni", "in juli"), ("twee partners", "twe partners"), ("hoofdstuk XI", "hoofdstuk XII")),
        *(("hoofdstuk IV", "hoofdstuk VI"), ("bijlage A", "bijlage B"), ("vraag b", "vraag d"), ("mei", "mee")),
        *(("jan@werk.be", "jon@werk.be"), ("www.werk.be", "www.perk.be"), ("werk.be/focus", "werk.be/fokus")),
    ],
)
def test_what_one_letter_makes_another_is_left_to_people(broken: Callable[..., Path], has: str, typed: str) -> None:
    """A number or a month in words, a numeral, a letter, an address: it is no typing error."""
    change = ('"Elk jaar werden de KPI’s verhoogd."', f'"Zie daarvoor de lijst met {typed} dan."')
    source = ("Momenteel loopt", f"Zie daarvoor de lijst met {has} dan. Momenteel loopt")
    proposal = only(broken(change, source=source))
    assert (proposal.only, proposal.certain) == ("one letter or sign", False)


def test_of_two_passages_that_are_as_near_none_is_put_in(broken: Callable[..., Path]) -> None:
    source = ("Momenteel loopt", "Elk jaar werden de KPI’x verhoogd. Momenteel loopt")
    proposal = only(
        broken(('"Elk jaar werden de KPI’s verhoogd."', '"Elk jaar werden de KPI’y verhoogd."'), source=source)
    )
    assert (proposal.certain, proposal.is_near) == (False, True)


def test_what_is_cut_or_stands_twice_is_listed_with_the_whole_words(broken: Callable[..., Path]) -> None:
    cut, twice = proposals(
        [broken(('"Uiteraard loop ik', '"raard loop ik'), ('"Elk jaar werden de KPI’s verhoogd."', '"de projecten"'))]
    )[::-1]
    assert (cut.state, cut.passage[:17], cut.certain) == (DIVIDES, "Uiteraard loop ik", False)
    assert (twice.state, twice.passage, twice.certain) == (AMBIGUOUS, "", False)


def test_what_is_found_by_the_normalisation_only_is_told(broken: Callable[..., Path]) -> None:
    proposal = only(broken(("de KPI’s verhoogd", "de KPI's verhoogd")))
    assert (proposal.state, proposal.overlooked[0]) == (FOUND, "quotation marks and apostrophes")


def test_the_mark_and_the_line_ends_of_a_file_stay(broken: Callable[..., Path]) -> None:
    place = broken((WHOLE, WHOLE.lower()))
    file = place / "claims.trig"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert len(write_certain(proposals([place]))) == 1
    assert file.read_bytes() == b"\xef\xbb\xbf" + CLAIMS.replace("\n", "\r\n").encode()


def test_a_text_that_is_no_quote_stays(broken: Callable[..., Path]) -> None:
    """The same words as a rationale are the editors' own."""
    place = broken((WHOLE, WHOLE.lower()))
    file = place / "claims.trig"
    note = f'\nc:note fot:rationale "{only(place).quote}"@nl . # "{only(place).quote}"\n'
    file.write_text(file.read_text(encoding="utf-8") + note, encoding="utf-8")
    write_certain(proposals([place]))
    assert file.read_text(encoding="utf-8") == CLAIMS + note


def test_what_was_put_in_is_what_the_text_has(broken: Callable[..., Path]) -> None:
    place = broken(
        ('"Elk jaar werden de KPI’s verhoogd."', '"Elk jaar werden de KPI’s vergoogd."'),
        source=("verhoogd", "ver\u00adhoogd"),
    )
    write_certain(proposals([place]))
    assert '"Elk jaar werden de KPI’s ver\u00adhoogd."' in (place / "claims.trig").read_text(encoding="utf-8")
    read_document(place)


def test_a_place_without_a_document_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.trig"):
        with pytest.raises(InputFileError, match="no document is here"):
            proposals([path])


# --- The command ----------------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["mend", *words])
    return code, capsys.readouterr().out


def test_the_command_lists_writes_and_tells_by_its_exit_code(
    broken: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(broken((WHOLE, WHOLE.lower()), ("te veel Vlamingen geen", "te veel Vlamingen een")))
    code, out = run(capsys, place)
    assert code == 1
    assert "‘mijn’ → ‘Mijn’" in out
    assert "a figure or a word such as ‘niet’ is at stake" in out
    assert out.endswith("2 quotes do not hold: 0 mended, 1 can be mended with --write, 1 by hand.\n")
    code, out = run(capsys, place, "--write", "--lang", "nl")
    assert (code, "in de plaats van het citaat gezet" in out) == (1, True)
    assert out.endswith("2 citaten kloppen niet: 1 verbeterd, 0 te verbeteren met --write, 1 met de hand.\n")
    code, out = run(capsys, place, "-f", "json")
    (left,) = json.loads(out)
    assert (code, left["changes"], left["certain"]) == (1, [["een", "geen"]], False)


def test_the_command_is_content_when_all_is_mended(
    broken: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(broken((WHOLE, WHOLE.lower())))
    assert run(capsys, place, "--write")[0] == 0
    assert run(capsys, place) == (0, "Every quote holds.\n")
    assert run(capsys) == (0, "Every quote holds.\n")
