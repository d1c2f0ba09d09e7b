"""The shared names as a table: read, written, added to, renamed, merged and looked over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fot_graph.api import load
from fot_graph.authoring import entities
from fot_graph.claims import entities_csv
from fot_graph.claims.layers import NAMING, read_layer
from fot_graph.cli.main import main
from fot_graph.core.errors import FotGraphError
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.resources import folder
from fot_graph.validation.validating import validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SPACES = Namespaces()
HEAD = "id,kind,nl,en,aliases,wikidata,ovo,themis,note\n"


def table(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "entities.csv"
    file.write_text(text, encoding="utf-8")
    return file


def said(file: Path) -> set[str]:
    quads = entities_csv.read(file, SPACES)
    return {
        " ".join(SPACES.shorten(getattr(t, "value", "")) if str(t)[0] == "<" else str(t) for t in q.triple)
        for q in quads
    }


def test_the_packaged_names_go_there_and_back_unchanged(tmp_path: Path) -> None:
    quads = read_layer(folder("data") / "entities.ttl", NAMING)
    text = entities.text(entities.of_quads(tmp_path / "entities.csv", quads, SPACES, ("nl", "en")))
    assert text.startswith("id,kind,nl,en,aliases,wikidata,ovo,themis,note")
    assert set(entities_csv.read(table(tmp_path, text), SPACES)) == set(quads)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{HEAD}id:x,org:Organization,De raad,The council,Raad; Council@en,Q1,,,Een raad.; A council.@en\n",
            {
                "id:x rdf:type org:Organization",
                'id:x skos:prefLabel "De raad"@nl',
                'id:x skos:prefLabel "The council"@en',
                'id:x skos:hiddenLabel "Raad"@nl',
                'id:x skos:hiddenLabel "Council"@en',
                "id:x owl:sameAs http://www.wikidata.org/entity/Q1",
                'id:x skos:definition "Een raad."@nl',
                'id:x skos:definition "A council."@en',
            },
        ),
        (
            "\ufeffid;kind;fr\r\nx;organisatie;Le conseil\r\n",
            {"id:x rdf:type org:Organization", 'id:x skos:prefLabel "Le conseil"@fr'},
        ),
        (
            "id,kind,nl,schema:startDate\nid:x,dcterms:PeriodOfTime,'-5,2020-01-31\n",
            {
                "id:x rdf:type dcterms:PeriodOfTime",
                'id:x skos:prefLabel "-5"@nl',
                'id:x schema:startDate "2020-01-31"^^<http://www.w3.org/2001/XMLSchema#date>',
            },
        ),
        (f"{HEAD},,,\n", set()),
    ],
)
def test_a_row_says_what_a_thing_is_called(text: str, expected: set[str], tmp_path: Path) -> None:
    assert said(table(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("naam,soort\n", "1:1", "entities-columns"),
        ("id,kind,nl,nl\n", "1:1", "entities-columns"),
        (f"{HEAD}id:x,org:Organization\nid:x,org:Organization\n", "3:1", "claims-twice"),
        (f"{HEAD}een raad,org:Organization\n", "2:1", "entities-id"),
        (f"{HEAD}id:x,wasda\n", "2:2", "entities-cell"),
        (f"{HEAD}id:x,org:Organization,a,b,c,d,e,f,g,h\n", "2:10", "entities-cells"),
        (f"{HEAD}id:x,org:Organization,a,b,c,a b\n", "2:6", "entities-cell"),
        ("id,kind,hond\nid:x,org:Organization,een\n", "2:3", "entities-cell"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, place: str, code: str, tmp_path: Path) -> None:
    file = table(tmp_path, text)
    with pytest.raises(FotGraphError) as caught:
        entities_csv.read(file, SPACES)
    assert caught.value.code == code
    assert str(caught.value).startswith(f"{file}:{place}: ")
    assert caught.value.worded("nl") != caught.value.worded("en")


def test_a_quotation_mark_that_never_closes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FotGraphError, match=r"entities\.csv"):
        entities_csv.read(table(tmp_path, f'{HEAD}id:x,"org\n'), SPACES)


# --- In a workspace ---------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    assert main(["init", str(tmp_path / "mine")]) == 0
    monkeypatch.chdir(tmp_path / "mine")
    for path in (tmp_path / "mine" / "data").glob("entities.*"):
        path.unlink()
    capsys.readouterr()
    return tmp_path / "mine"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def command(*words: str) -> tuple[int, str]:
        code = main(["entities", *words, "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def test_a_thing_is_added_renamed_and_found_by_its_old_name(home: Path, run: Callable[..., tuple[int, str]]) -> None:
    code, out = run("add", "De raad", "--kind", "org:Organization", "--label", "en=The council", "--alias", "raad")
    assert (code, out) == (0, "added id:de-raad to data/entities.csv\n")
    assert run("rename", "De raad", "De Dijleraad") == (
        0,
        "id:de-raad is now called 'De Dijleraad', and by its old label too\n",
    )
    text = (home / "data" / "entities.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1] == "id:de-raad,org:Organization,De Dijleraad,The council,raad; De raad@nl,,,,"
    graph = load(home)
    assert graph.find("De raad") == graph.find("De Dijleraad")
    assert run("check") == (0, "")


def test_two_things_become_one_wherever_they_are_named(home: Path, run: Callable[..., tuple[int, str]]) -> None:
    run("add", "Raad", "--kind", "org:Organization", "--label", "en=Council")
    run("add", "Dijleraad", "--kind", "org:Organization", "--label", "en=Dijle Council", "--id", "id:raad-2")
    (home / "queries" / "x.rq").write_text("ASK { id:raad-2 ?p id:raad-22 }", encoding="utf-8")
    (home / "templates").mkdir(exist_ok=True)
    (home / "templates" / "y.rq").write_text("CONSTRUCT { ?this fot:involves id:raad-2 } WHERE { }", encoding="utf-8")
    assert run("merge", "Raad", "Dijleraad") == (0, "id:raad-2 is now id:raad; 2 files changed besides\n")
    assert "id:raad }" in (home / "templates" / "y.rq").read_text(encoding="utf-8")
    assert (home / "queries" / "x.rq").read_text(encoding="utf-8") == "ASK { id:raad ?p id:raad-22 }"
    rows = (home / "data" / "entities.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1:] == ["id:raad,org:Organization,Raad,Council,Dijleraad@nl; Dijle Council@en,,,,"]


def test_identifiers_are_no_claims(home: Path) -> None:
    row = "id:raad,org:Organization,Raad,Council,,Q1,OVO000001,,\n"
    (home / "data" / "entities.csv").write_text(HEAD + row, encoding="utf-8")
    told = {str(result.constraint) for result in validate(load(home), house=False).results}
    assert not any("entity-said-outside-claims" in constraint for constraint in told)


def test_check_tells_doubles_common_words_and_missing_labels(home: Path, run: Callable[..., tuple[int, str]]) -> None:
    run("add", "Raad", "--kind", "org:Organization", "--label", "en=Council", "--alias", "van")
    run("add", "raad", "--kind", "org:Organization", "--id", "id:raad-2")
    run("add", "Plan", "--kind", "fot:Policy", "--label", "en=Plan", "--alias", "Council")
    code, out = run("check")
    assert code == 1
    assert out.splitlines() == [
        "id:raad and id:raad-2 have the same name and kind, 'Raad': merge them, or give one another label",
        "id:raad and id:plan are both called 'Council': claims in lines need a CURIE for them",
        "id:raad has the alias 'van', a common word that most texts hold",
        "id:raad-2 has no label in en",
    ]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "Raad"), 2, "needs its kind"),
        (("add",), 2, "takes 1 name"),
        (("add", "Raad", "--kind", "org:Organization", "--label", "fr=Conseil"), 2, "unknown language 'fr'"),
        (("rename", "Qqqq", "Raad"), 2, "unknown name 'Qqqq'"),
        (("merge", "Raad", "Raad"), 2, "unknown name 'Raad'"),
        (("verwijder", "Raad"), 2, "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_said(
    words: tuple[str, ...], code: int, told: str, home: Path, run: Callable[..., tuple[int, str]]
) -> None:
    ended, out = run(*words)
    assert ended == code
    assert told in out
    assert not (home / "data" / "entities.csv").exists()


def test_convert_goes_to_turtle_and_back(home: Path, run: Callable[..., tuple[int, str]]) -> None:
    run("add", "Raad", "--kind", "org:Organization", "--label", "en=Council", "--alias", "de raad; van zes")
    before = set(load(home).quads)
    assert run("convert")[0] == 0
    assert (home / "data" / "entities.ttl").exists()
    assert set(load(home).quads) == before
    assert run("convert")[0] == 0
    assert not (home / "data" / "entities.ttl").exists()
    assert set(load(home).quads) == before


@pytest.mark.parametrize(
    "words",
    [
        ("add", "", "--kind", "org:Organization"),
        ("add", " – ", "--kind", "org:Organization"),
        ("add", "a\nb", "--kind", "org:Organization"),
        ("add", "a\x1b[1m", "--kind", "org:Organization"),
        ("add", "Москва", "--kind", "org:Organization"),  # no letter that an id may have
        ("add", "De zaak", "--kind", "org:Organization", "--label", "en="),
        ("add", "De zaak", "--kind", "org:Organization", "--alias", ""),
        ("add", "De zaak", "--kind", "org:Organization", "--alias", "a\u2028b"),
        ("add", "De zaak", "--kind", "org:Organization", "--id", "id:"),
        ("add", "De zaak", "--kind", "org:Organization", "--id", "x|y"),
        ("add", "De zaak", "--kind", "nonsense"),
        ("rename", "De raad", ""),
        ("rename", "De raad", "a\rb"),
        ("rename", "", "De zaak"),
        ("merge", "", "De raad"),
        ("merge", "De raad", "?"),
    ],
)
def test_what_is_no_name_changes_nothing(words: list[str], home: Path, run: Callable[..., tuple[int, str]]) -> None:
    run("add", "De raad", "--kind", "org:Organization")
    run("add", "Het plan", "--kind", "org:Organization", "--label", "en=The plan")
    before = (home / "data" / "entities.csv").read_bytes()
    code, out = run(*words)
    assert (code, len(out.splitlines())) == (2, 1)
    assert (home / "data" / "entities.csv").read_bytes() == before


def test_an_id_is_short_and_a_name_without_one_is_given_it(home: Path, run: Callable[..., tuple[int, str]]) -> None:
    assert "added id:raad-raad" in run("add", "raad " * 400, "--kind", "org:Organization")[1]
    assert "added id:moskva" in run("add", "Москва", "--kind", "org:Organization", "--id", "id:moskva")[1]
    rows = (home / "data" / "entities.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert max(len(row.partition(",")[0]) for row in rows) <= len("id:") + 60
