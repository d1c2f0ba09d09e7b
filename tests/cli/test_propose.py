"""Programs propose claims, and those that lie are not believed."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fot_graph.api import load
from fot_graph.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENTS = Path(__file__).parents[1] / "documents"
GOOD = {
    "template": "figure",
    "quotes": ["In 2023 kreeg de Ombudsman 1.488 klachten"],
    "fields": {"value": "1.488", "what": "klachten", "whom": "Ombudsman", "period": "2023"},
}


def lie(quote: str = "", template: str = "", **fields: object) -> str:
    told = {**GOOD, "fields": {**GOOD["fields"], **fields}}  # type: ignore[dict-item]
    told |= {"quotes": [quote]} if quote else {}
    return json.dumps(told | ({"template": template} if template else {}), ensure_ascii=False)


def beside(**more: object) -> str:
    return json.dumps(GOOD | more, ensure_ascii=False)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    shutil.copytree(DOCUMENTS, tmp_path / "mine")
    return tmp_path / "mine" / "data" / "documents" / "fietsplan"


@pytest.fixture
def propose(document: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def command(program: str, *words: str) -> tuple[int, str]:
        file = document.parent.parent / "program.py"
        file.write_text(program, encoding="utf-8")
        code = main(["propose", str(document), "--with", f"{sys.executable} {file}", "--lang", "en", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def saying(*lines: str) -> str:
    return f"import sys\nsys.stdin.read()\nprint({chr(10).join(lines)!r})\n"


def test_a_true_proposal_is_a_draft_and_in_no_graph(document: Path, propose: Callable[..., tuple[int, str]]) -> None:
    before = set(load(document).quads)
    code, out = propose(saying(json.dumps(GOOD)))
    assert (code, out.splitlines()[-1]) == (
        0,
        f"1 proposal holds, 0 fell; what holds stands in {document / 'drafts.md'}, and in no graph",
    )
    assert "> In 2023 kreeg de Ombudsman 1.488 klachten" in (document / "drafts.md").read_text(encoding="utf-8")
    assert set(load(document).quads) == before


def test_a_program_is_told_text_templates_and_names(document: Path, propose: Callable[..., tuple[int, str]]) -> None:
    place = document / "asked.json"
    propose(f"import sys\nopen({str(place)!r}, 'w').write(sys.stdin.read())\n")
    asked = json.loads(place.read_text(encoding="utf-8"))
    assert asked["text"] == (document / "source.txt").read_text(encoding="utf-8")
    assert (asked["document"], asked["language"]) == ("fietsplan", "nl")
    figure = next(each for each in asked["templates"] if each["title"] == "figure")
    assert figure["properties"]["fields"]["required"] == ["value", "what", "whom"]
    assert all(set(each["examples"][0]) <= set(each["properties"]) for each in asked["templates"])
    assert figure["examples"][0]["fields"] == {
        "value": "488",
        "what": "requests",
        "whom": "ombudsman",
        "period": "2016",
    }
    judgement = next(each for each in asked["templates"] if each["title"] == "judgement")
    assert set(judgement["required"]) == set(judgement["examples"][0])
    assert {"name": "SERV", "is": "id:serv"} not in asked["names"]
    assert any(each["name"] == "effectief" for each in asked["names"])


LIES = [
    (lie(quote="In 2023 kreeg de Ombudsman 1.489 klachten", value="1.489"), "not found in the source"),
    (lie(quote="In 2023 kreeg de Ombudsman 1.4"), "divides a word"),
    (lie(value="1.203"), "does not stand in the quotes"),
    (lie(period="2022"), "does not stand in the quotes"),
    (
        lie(quote="In 2023 kreeg de Ombudsman 1.488 klachten, in 2022 waren dat er 1.203.", period="2022"),
        "this figure stands beside another year than that of the claim: 1.488: 2023",
    ),
    (lie(whom="Bureau Spaak"), "mention doc:fietsplan/bureau-spaak under none"),
    (lie(whom="Bureau Speek"), "unknown name 'Bureau Speek'"),
    (lie(whom="Gent"), "unknown name 'Gent'"),
    (lie(value="veel"), "is no number"),
    (lie(kleur="rood"), "no proposal by the schema of a template: 'fields.kleur' is none of what figure has"),
    (lie(template="verzinsel"), "no proposal by the schema of a template: 'template' is 'verzinsel'"),
    (lie(quote=" "), "no proposal by the schema of a template: 'quotes' must be a list"),
    (beside(quotes=[]), "no proposal by the schema of a template: 'quotes' must be a list"),
    (beside(fields=[]), "no proposal by the schema of a template: 'fields' must be an object"),
    (json.dumps({"template": "figure"}), "no proposal by the schema of a template: it lacks 'quotes'"),
    ("Hier zijn mijn voorstellen:", "no proposal by the schema of a template: it is no JSON object"),
    ("[1, 2]", "no proposal"),
    ('{"template": "figure"', "no proposal"),
    ("[" * 100_000, "no proposal"),
    (lie(what={"a": 1}), "no proposal by the schema of a template: 'fields.what' must be a text"),
    (lie(whom="Ombudsman | x\n\n## b"), "unknown name"),
    (lie(quote="\n\n## b\n"), "not found in the source"),
    (lie(quote="Er zijn steeds meer fietsers."), "does not stand in the quotes"),
    (beside(also={"firmness:promised": "kreeg"}), "'also' is none of what figure has"),  # wordings of its own
    (beside(name="## b"), "no proposal by the schema of a template: 'name' has '## b'"),
    (beside(because={"nl": "Daarom."}), "no proposal"),  # of a figure, which reads nothing
]
FELL = re.compile(r"^lines? (.+?) fell: (.*)$", re.MULTILINE)


@pytest.mark.parametrize("lies", [LIES[first::3] for first in range(3)])
def test_each_lie_falls_and_the_truth_beside_it_holds(
    lies: list[tuple[str, str]], propose: Callable[..., tuple[int, str]]
) -> None:
    code, out = propose(saying(*(line for line, _ in lies), json.dumps(GOOD)))
    assert code == 0
    assert f"1 proposal holds, {len(lies)} fell" in out
    told = {number: said for numbers, said in FELL.findall(out) for number in re.findall(r"\d+", numbers)}
    assert [reason for number, (_, reason) in enumerate(lies, start=1) if reason not in told[str(number)]] == []


def promise(quote: str, this: str, **more: str) -> str:
    return json.dumps({"template": "promise", "quotes": [quote], "fields": {"this": this, **more}}, ensure_ascii=False)


EXTENDING = "Ik zal het plan eind 2024 uitbreiden."


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("het plan tegen 2030 uitbreiden", "2030"),
        ("het plan uitbreiden met 50 bussen", "50"),
        ("het plan uitbreiden met vijftig bussen", "vijftig"),
        ("het plan uitbreiden in maart", "maart"),
        ("het plan uitbreiden, wat vraag 7 vraagt", "7"),  # there is no such question
        ("het plan uitbreiden @en extending the plan by 2030", "2030"),
        ("het plan uitbreiden @en extending the plan with 2.5 million euro", "2.5 million"),
        ("het plan uitbreiden tegen 1/03/2024", "1"),
    ],
)
def test_a_name_with_a_figure_that_its_quotes_lack_falls(
    name: str, figure: str, document: Path, propose: Callable[..., tuple[int, str]]
) -> None:
    write_promise(document)
    code, out = propose(saying(promise(EXTENDING, name)))
    assert code == 1
    assert f"line 1 fell: the name '{name.rpartition(' @en ')[2]}' holds '{figure}', which stands in no quote" in out


@pytest.mark.parametrize("name", ["het plan eind 2024 uitbreiden", "het plan uitbreiden, wat vraag 3 vraagt"])
def test_a_name_has_the_figures_of_its_quotes(
    name: str, document: Path, propose: Callable[..., tuple[int, str]]
) -> None:
    write_promise(document)
    write_languages(document, "nl", "en")
    english = "extending the plan at the end of 2024"
    assert "1 proposal holds, 0 fell" in propose(saying(promise(EXTENDING, f"{name} @en {english}")))[1]


def test_a_name_of_a_figure_says_it_in_each_language(document: Path, propose: Callable[..., tuple[int, str]]) -> None:
    write_languages(document, "nl", "en")
    assert "1 proposal holds, 0 fell" in propose(saying(json.dumps(GOOD)))[1]


def write_languages(document: Path, *languages: str) -> None:
    settings = document.parents[2] / "fot-graph.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('["nl"]', json.dumps(languages)), encoding="utf-8")


def write_promise(document: Path, sentence: str = EXTENDING) -> None:
    source = document / "source.txt"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("Er zijn steeds", f"{sentence} Er zijn steeds"), encoding="utf-8")


def test_a_promise_is_known_by_the_words_of_its_language_and_no_others(
    document: Path, propose: Callable[..., tuple[int, str]]
) -> None:
    write_promise(document)
    propose(saying(promise(EXTENDING, "het plan uitbreiden"), promise("Er zijn steeds meer fietsers.", "fietsers")))
    drafts = (document / "drafts.md").read_text(encoding="utf-8")
    assert "- firmness:promised | ook: zal\n" in drafts
    assert "- toezegging: wat: fietsers" not in drafts


@pytest.mark.parametrize(
    ("sentence", "name", "word"),
    [
        ("Ik zal het plan niet uitbreiden.", "het plan uitbreiden", "niet"),
        ("Nooit heb ik toegezegd het plan uit te breiden.", "het plan uitbreiden", "Nooit"),
        ("Nooit heb ik toegezegd het plan niet uit te breiden.", "het plan niet uitbreiden", "Nooit"),
        ("Ik zal het plan niet uitbreiden, en dat ook niet overwegen.", "het plan niet uitbreiden", ""),
        ("Ik zal het plan uitbreiden, zodat niemand wacht.", "het plan uitbreiden", ""),
    ],
)
def test_a_promise_that_its_quote_denies_falls(
    sentence: str, name: str, word: str, document: Path, propose: Callable[..., tuple[int, str]]
) -> None:
    write_promise(document, sentence)
    out = propose(saying(promise(sentence, name)))[1]
    assert ("1 proposal holds" in out) == (not word)
    assert not word or f"With ‘{word}’ a quote denies what this claim says" in out


def test_of_equal_proposals_the_first_stays(document: Path, propose: Callable[..., tuple[int, str]]) -> None:
    other = dict(reversed(GOOD.items()))
    code, out = propose(saying(lie(value="1.203"), json.dumps(GOOD), beside(name="klachten"), json.dumps(other)))
    assert code == 0
    assert "lines 3, 4 fell: line 2 proposes the same\n" in out
    assert "1 proposal holds, 3 fell" in out


def test_of_proposals_with_the_same_facts_the_first_stays(propose: Callable[..., tuple[int, str]]) -> None:
    sentence = "Er zijn steeds meer fietsers."
    told = {"template": "circumstance", "quotes": [sentence], "fields": {"this": "steeds meer fietsers"}}
    names = ["Meer Fietsers", "meer fietsers", "meer  fietsers"]
    out = propose(saying(*(json.dumps({**told, "fields": {"this": name}}) for name in names)))[1]
    assert "lines 2, 3 fell: line 1 proposes the same\n" in out


def test_a_judgement_that_quotes_no_answer_falls(propose: Callable[..., tuple[int, str]]) -> None:
    told = {
        "template": "refusal",
        "quotes": ["Wordt het plan geëvalueerd?"],
        "fields": {"matter": "of het plan wordt geëvalueerd"},
        "strength": "weak",
        "because": {"nl": "Er staat niets over."},
        "derived_from": ["vraag-2"],
    }
    assert "at least two texts" in propose(saying(json.dumps(told)))[1]


def test_a_negation_that_is_cut_is_seen(document: Path, propose: Callable[..., tuple[int, str]]) -> None:
    source = document / "source.txt"
    text = source.read_text(encoding="utf-8")
    more = "Er waren nooit zoveel fietsers. Er zijn steeds"
    source.write_text(text.replace("Er zijn steeds", more), encoding="utf-8")
    fields = {"this": "veel fietsers"}
    told = {"template": "circumstance", "quotes": ["Er waren", "zoveel fietsers"], "fields": fields}
    code, out = propose(saying(json.dumps(told)))
    assert code == 1
    assert "0 proposals hold, 1 fell" in out
    assert not (document / "drafts.md").exists()


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import time\ntime.sleep(60)\n", "the program was ended after 1 seconds"),
        ("while True: print('x' * 1000)\n", "answered more than"),
        ("raise SystemExit(3)\n", "the program ended with exit code 3"),
        ("import sys\nsys.stdin.close()\n", "0 proposals hold, 0 fell"),
        ("import os\nos.kill(os.getpid(), 9)\n", "the program was ended by the signal SIGKILL"),
        ("import os\nprint('x', flush=True)\nos.kill(os.getpid(), 15)\n", "ended by the signal SIGTERM"),
        ("import subprocess\nsubprocess.Popen(['sleep', '60'])\n", "ended after 1"),
        ("import sys\nsys.stdout.buffer.write(b'\\xff\\x00\\n' * 10)\n", "no proposal"),
    ],
)
def test_a_program_that_misbehaves_is_ended(program: str, said: str, propose: Callable[..., tuple[int, str]]) -> None:
    start = time.monotonic()
    code, out = propose(program, "--seconds", "1")
    assert code == 1
    assert said in out
    assert time.monotonic() - start < 20


def test_a_program_that_is_not_there_is_told(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["propose", str(document), "--with", "no-such-program-here", "--lang", "en"]) == 2
    assert "no-such-program-here" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["python3 'unclosed", 'python3 "unclosed', "python3 \\", "", "  ", "''"])
def test_a_command_that_names_no_program_is_told(
    command: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["propose", str(document), "--with", command, "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert f"the program '{command}' cannot be run: " in said.err


@pytest.mark.parametrize("seconds", ["inf", "nan", "-1", "x"])
def test_seconds_are_a_number(seconds: str, document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["propose", str(document), "--with", "true", f"--seconds={seconds}", "--lang", "en"]) == 2
    assert seconds in capsys.readouterr().err


def test_where_nothing_holds_no_file_is_named(document: Path, propose: Callable[..., tuple[int, str]]) -> None:
    assert propose(saying(lie(value="1.203")))[1].endswith("0 proposals hold, 1 fell\n")
    assert not (document / "drafts.md").exists()


def test_of_many_that_fall_for_one_reason_the_first_are_told(propose: Callable[..., tuple[int, str]]) -> None:
    told = propose(saying(*["{}"] * 12))[1].splitlines()[0]
    assert told.startswith("lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, … fell: ")
    assert told.endswith("(12)")


def test_of_many_reasons_of_one_kind_the_first_are_told(propose: Callable[..., tuple[int, str]]) -> None:
    unknown = [lie(whom=f"Bureau {number}") for number in range(40)]
    untrue = [lie(value=str(number)) for number in range(2, 42)]
    told = propose(saying(*(line for pair in zip(unknown, untrue, strict=True) for line in pair)))[1].splitlines()
    assert sum("unknown name 'Bureau" in line for line in told) == 5
    assert sum("does not stand in the quotes" in line for line in told) == 5
    assert told.count("35 others fell for reasons of this kind") == 2
