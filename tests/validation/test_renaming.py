"""A folder that bears another name than its claims tell is one mistake, and one finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fot_graph.api import load
from fot_graph.core.resources import folder
from fot_graph.validation.validating import validate

pytestmark = pytest.mark.slow
PACKAGED = folder("data") / "documents" / "vp-sv-2019-2020-358"
TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
BACKGROUND = sorted((folder("data") / "background").glob("*.trig"))


def renamed(tmp_path: Path, document: Path, name: str) -> Path:
    return Path(shutil.copytree(document, tmp_path / name))


@pytest.mark.parametrize("beside", [[], [PACKAGED]])
def test_a_renamed_folder_gives_one_finding_that_names_both(tmp_path: Path, beside: list[Path]) -> None:
    place = renamed(tmp_path, PACKAGED, "vp-sv-2019-2020-359")
    report = validate(load([*beside, place, *BACKGROUND], strict=False))
    (finding,) = report.findings()
    assert not report.conforms
    assert finding.focus.endswith("/doc/vp-sv-2019-2020-359")
    for lang, said in (("nl", "heten naar de map"), ("en", "are named after the folder")):
        assert f"{said} vp-sv-2019-2020-358" in finding.message[lang]
        assert "vp-sv-2019-2020-359" in finding.message[lang]
        assert "vp-sv-2019-2020-359" in report.text(lang).splitlines()[0]


def test_a_prefix_of_claims_for_another_folder_gives_one_finding(tmp_path: Path) -> None:
    place = renamed(tmp_path, PACKAGED, PACKAGED.name)
    claims = (place / "claims.trig").read_text(encoding="utf-8")
    other = claims.replace("/claim/vp-sv-2019-2020-358/", "/claim/vp-358/")
    (place / "claims.trig").write_text(other, encoding="utf-8")
    (finding,) = validate(load([place, *BACKGROUND], strict=False)).findings()
    assert "vp-358" in finding.message["en"]


def test_what_is_wrong_with_other_documents_is_told_besides(tmp_path: Path) -> None:
    alone = validate(load([TINY, *BACKGROUND], strict=False)).findings()
    place = renamed(tmp_path, PACKAGED, "vp-sv-2019-2020-359")
    both = validate(load([place, TINY, *BACKGROUND], strict=False)).findings()
    tiny = [finding for finding in alone if "vp-test-1" in finding.focus + finding.claim]
    assert tiny
    assert set(map(str, tiny)) <= set(map(str, both))
    assert sum("vp-sv-2019-2020-35" in finding.focus for finding in both) == 1


def test_one_claim_that_is_named_after_another_folder_is_told_itself(tmp_path: Path) -> None:
    place = renamed(tmp_path, PACKAGED, PACKAGED.name)
    claims = (place / "claims.trig").read_text(encoding="utf-8")
    other = claims.replace("c:kpis-raised ", "<https://w3id.org/fot-graph/claim/vp-358/kpis-raised> ")
    (place / "claims.trig").write_text(other, encoding="utf-8")
    found = validate(load([place, *BACKGROUND], strict=False)).findings()
    assert "claim:vp-358/kpis-raised" in {finding.claim for finding in found}
