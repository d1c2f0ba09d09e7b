"""A file becomes a document whole or not at all, and a later version of it finds its quotes again."""

from __future__ import annotations

import shutil
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

import fot_graph
from fot_graph.claims import origin
from fot_graph.cli.main import main
from fot_graph.core.errors import InputFileError

TEXT = (Path(__file__).parents[1] / "fixtures" / "vp-test-1" / "source.txt").read_text(encoding="utf-8")
TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Give a new workspace, in which the commands are given."""
    place = tmp_path / "mine"
    assert main(["init", str(place)]) == 0
    monkeypatch.chdir(place)
    capsys.readouterr()
    return place


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Give a text file outside the workspace."""
    file = tmp_path / "Vraag 12 (één).txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def documents(mine: Path) -> list[str]:
    return sorted(path.name for path in (mine / "data" / "documents").iterdir() if path.name != ".gitkeep")


def test_a_text_becomes_a_document(mine: Path, text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(text), "--lang", "en"]) == 0
    assert documents(mine) == ["vraag-12-een"]
    place = mine / "data" / "documents" / "vraag-12-een"
    assert capsys.readouterr().out.startswith(
        "data/documents/vraag-12-een: layout 'flemish-parliament', in 'nl'; items"
    )
    assert sorted(path.name for path in place.iterdir()) == ["document.toml", "source.txt"]
    assert (place / "source.txt").read_bytes() == text.read_bytes()
    told = tomllib.loads((place / "document.toml").read_text(encoding="utf-8"))
    assert told["file"] == text.name
    assert told["sha256"] == sha256(text.read_bytes()).hexdigest()
    assert told["address"] == "unknown"
    assert list(fot_graph.load(mine).sources) == ["vraag-12-een"]
    assert main(["validate"]) == 0


def test_it_is_told_which_layout_was_taken_what_was_found_and_what_is_missing(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("Une note de service. Elle ne suit aucun modèle, et n'est pas une question du tout.", "utf-8")
    (tmp_path / "half.txt").write_text(TEXT.partition("ANTWOORD")[0], "utf-8")
    assert main(["new", str(plain), str(tmp_path / "half.txt"), "--lang", "en"]) == 0
    first, _, rest = capsys.readouterr().out.partition("\n")
    assert first.endswith("layout 'plain', in 'fr'; items of the question: 0, of the answer: 0")
    assert origin.read(mine / "data" / "documents" / "plain")[5:7] == ("plain", ("fr",))
    assert fot_graph.load(mine).sources["plain"].language == "fr"
    assert "not found: " in rest or "'plain'" in rest


LAYOUT = """language = "fr"
recognised = ['^NOTE\\s+PARLEMENTAIRE']
expects = ["number", "author"]
[[head]]
pattern = '^NOTE\\s+PARLEMENTAIRE\\s+(?P<number>\\d+)'
"""


def test_a_workspace_brings_its_own_layouts(mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mine / "layouts").mkdir()
    (mine / "layouts" / "note.toml").write_text(LAYOUT, encoding="utf-8")
    (tmp_path / "a.txt").write_text("NOTE PARLEMENTAIRE 12\n\nUne phrase de la note.\n", encoding="utf-8")
    assert main(["new", str(tmp_path / "a.txt"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "layout 'note', in 'fr'" in said
    assert "  number: 12\n" in said
    assert "not found: author" in said
    graph = fot_graph.load(mine)
    assert graph.sources["a"].layout == graph.here().sources["a"].layout == "note"
    assert main(["load", "--store", str(tmp_path / "store")]) == 0


@pytest.mark.parametrize(
    ("told", "expected"), [('["fr"]', {'"fr"'}), ('["fr", "nl"]', {'"nl"'}), ('["en", "fr", "nl"]', {'"nl"', '"fr"'})]
)
def test_the_texts_are_in_the_languages_that_are_told(
    curated: Path, tmp_path: Path, told: str, expected: set[str]
) -> None:
    """With several, each is in that of its words."""
    (curated / "document.toml").write_text(f"languages = {told}", encoding="utf-8")
    if len(expected) > 1:
        with (curated / "source.txt").open("a", encoding="utf-8") as file:
            file.write("\nLe ministre est dans la région et pour les communes du pays.\n")
    graph = fot_graph.load(curated)
    tags = {
        str(row[0])
        for row in graph.query(
            "SELECT DISTINCT (LANG(?text) AS ?tag) { ?part a doco:Sentence ; prov:value ?text }"
        ).rows
    }
    assert tags == expected
    assert main(["export", "--data", str(curated), "-o", str(tmp_path / "all.nq")]) == 0
    assert set(fot_graph.load(tmp_path / "all.nq").quads) == set(graph.quads)


def test_several_files_each_become_one_and_bad_ones_are_told(
    mine: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = str(shutil.copy(text, tmp_path / "second.txt"))
    files = [str(text), str(tmp_path / "nowhere.pdf"), second, str(text)]
    assert main(["new", *files, "--lang", "en"]) == 3
    said = capsys.readouterr()
    assert documents(mine) == ["second", "vraag-12-een"]
    assert said.out.count(": layout '") == 2
    assert "nowhere.pdf" in said.err
    assert "there is a document named vraag-12-een already" in said.err


def test_standard_input_is_named_by_its_title_or_as_told(mine: Path, text: Path) -> None:
    with text.open("rb") as file:
        for words in ([], ["--name", "second"]):
            file.seek(0)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("sys.stdin", type("Input", (), {"buffer": file}))
                assert main(["new", "-", *words]) == 0
    assert documents(mine) == ["barometer-toekomst", "second"]


@pytest.mark.parametrize("name", ["../x", "a b", "", ".x", "é", "x--y", "x/y", "a\nb"])
def test_what_is_no_name_is_refused(mine: Path, text: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(text), f"--name={name}", "--lang", "en"]) == 2
    assert "is no name for a document" in capsys.readouterr().err
    assert documents(mine) == []


def test_a_file_is_named(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--lang", "en"]) == 2
    assert "no file is named" in capsys.readouterr().err
    assert documents(mine) == []


def test_nothing_that_is_there_is_written_over(
    mine: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (mine / "data" / "documents" / "vraag-12-een").symlink_to(tmp_path / "elsewhere")
    assert main(["new", str(text)]) == 2
    assert not (tmp_path / "elsewhere").exists()
    capsys.readouterr()


def test_a_file_is_made_a_document_only_in_a_workspace_of_ones_own(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", str(text), "--lang", "en"]) == 2
    assert "there is no workspace here" in capsys.readouterr().err


def test_no_half_folder_is_left(mine: Path, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fails)
    assert main(["new", str(text)]) == 3
    assert documents(mine) == []


# --- Later versions --------------------------------------------------------------------------------------------------


@pytest.fixture
def curated(mine: Path) -> Path:
    """Give a document with claims."""
    place = mine / "data" / "documents" / "vp-test-1"
    shutil.copytree(TINY, place)
    return place


def later(tmp_path: Path, text: str) -> str:
    file = tmp_path / "vp-test-1.txt"
    file.write_text(text, encoding="utf-8")
    return str(file)


def quoted(place: Path) -> set[str]:
    query = "SELECT ?p { ?claim a fot:Claim ; prov:wasQuotedFrom ?p }"
    return {str(row[0]) for row in fot_graph.load(place).query(query).rows}


def aliases(place: Path) -> set[str]:
    query = "SELECT ?old { ?old owl:sameAs ?new . ?claim a fot:Claim ; prov:wasQuotedFrom ?new }"
    return {str(row[0]) for row in fot_graph.load(place).query(query).rows}


def test_quotes_that_move_are_listed_and_keep_their_addresses(
    curated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = quoted(curated)
    assert main(["new", later(tmp_path, "\n\n" + TEXT), "--update", "--lang", "en"]) == 0
    assert " → char=" in capsys.readouterr().out
    second = quoted(curated)
    assert second.isdisjoint(first)
    assert aliases(curated) == first
    assert main(["new", later(tmp_path, "\n" + TEXT), "--update"]) == 0
    assert aliases(curated) == (first | second) - quoted(curated)
    assert main(["new", later(tmp_path, TEXT), "--update"]) == 0
    assert quoted(curated) == first
    assert aliases(curated).isdisjoint(first)


def test_an_updated_document_is_exported_and_read_back(curated: Path, tmp_path: Path) -> None:
    assert main(["new", later(tmp_path, "\n\n" + TEXT), "--update"]) == 0
    told = origin.read(curated)._replace(address="https://example.org/q")
    (curated / "document.toml").write_text(origin.written(told), encoding="utf-8")
    graph = fot_graph.load(curated)
    assert graph.query("SELECT ?page { ?document foaf:page ?page }").rows
    for suffix in ("trig", "nq"):
        assert main(["export", "--data", str(curated), "-o", str(tmp_path / f"all.{suffix}")]) == 0
        assert set(fot_graph.load(tmp_path / f"all.{suffix}").quads) == set(graph.quads)


def test_quotes_that_are_gone_are_listed(curated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quote = str(next(iter(fot_graph.load(curated).query("SELECT ?q { ?claim fot:quote ?q }").rows))[0]).split('"')[1]
    word = quote.split()[0]
    assert main(["new", later(tmp_path, TEXT.replace(word, "Xxxxx")), "--update", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "no longer hold" in said
    assert word in said
    assert "Xxxxx" in (curated / "source.txt").read_text(encoding="utf-8")


def test_another_document_takes_no_place(curated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file.name: file.read_bytes() for file in curated.iterdir()}
    assert main(["new", later(tmp_path, "Wat kost de brug?\n\nNiets.\n"), "--update", "--lang", "en"]) == 2
    assert "the text has none of the" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in curated.iterdir()} == before


def test_an_update_keeps_what_people_wrote(curated: Path, tmp_path: Path) -> None:
    (curated / "document.toml").write_text('address = "https://example.org/q"\n', encoding="utf-8")
    (curated / "notes.md").write_text("mine", encoding="utf-8")
    claims = (curated / "claims.trig").read_bytes()
    assert main(["new", later(tmp_path, "\n" + TEXT), "--update"]) == 0
    assert (curated / "claims.trig").read_bytes() == claims
    assert (curated / "notes.md").read_text(encoding="utf-8") == "mine"
    assert origin.read(curated).address == "https://example.org/q"
    assert documents(curated.parents[2]) == ["vp-test-1"]


def test_only_a_document_that_is_there_has_a_later_version(
    mine: Path, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(text), "--update", "--lang", "en"]) == 2
    assert "there is no document named vraag-12-een yet" in capsys.readouterr().err
    assert documents(mine) == []


# --- document.toml ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("adress = 'x'", "unknown|did you mean address"),
        ("address = 'x'", "'x' is no address of a page"),
        ("address = 'javascript:alert(1)'", "is no address of a page"),
        ("address = 'https://a b'", "is no address of a page"),
        ("languages = 'nl'", "it does not say in which languages"),
        ("file = 1", "it has no text for 'file'"),
        ("moved = {a = 'b'}", "is no list of passages"),
        ("address", "it is no TOML"),
    ],
)
def test_a_bad_file_is_told_with_its_place(curated: Path, line: str, message: str) -> None:
    (curated / "document.toml").write_text(line, encoding="utf-8")
    with pytest.raises(InputFileError, match=message) as caught:
        fot_graph.load(curated)
    assert "vp-test-1/document.toml" in str(caught.value)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    told = origin.Origin("https://example.org/é?a=1", 'a "b"\\c\n\x7f.pdf', "0" * 64, "t", "1", "plain", ("nl", "fr"))
    told = told._replace(moved={"char=1,2": "char=3,4"})
    (tmp_path / "document.toml").write_text(origin.written(told), encoding="utf-8")
    assert origin.read(tmp_path) == told
