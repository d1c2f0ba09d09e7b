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
    assert {"name": "SERV", "is": "id:serv"} not in asked["names"]
    assert any(each["name"] == "effectief" for each in asked["names"])


LIES = [
    (lie(quote="In 2023 kreeg de Ombudsman 1.489 klachten", value="1.489"), "not found in the source"),
    (lie(quote="In 2023 kreeg de Ombudsman 1.4"), "divides a word"),
    (lie(value="1.203"), "does not stand in the quotes"),
    (lie(period="2022"), "does not stand in the quotes"),
    (lie(whom="Bureau Spaak"), "mention doc:fietsplan/bureau-spaak under none"),
    (lie(whom="Bureau Speek"), "unknown name 'Bureau Speek'"),
    (lie(whom="Gent"), "unknown name 'Gent'"),
    (lie(value="veel"), "is no number"),
    (lie(kleur="rood"), "no proposal"),
    (lie(template="verzinsel"), "no proposal"),
    (lie(quote=" "), "no proposal"),
    ("Hier zijn mijn voorstellen:", "no proposal"),
    ("[1, 2]", "no proposal"),
    ('{"template": "figure"', "no proposal"),
    ("[" * 100_000, "no proposal"),
    (lie(what={"a": 1}), "no proposal"),
    (lie(whom="Ombudsman | x\n\n## b"), "unknown name"),
    (lie(quote="\n\n## b\n"), "not found in the source"),
    (lie(quote="Er zijn steeds meer fietsers."), "does not stand in the quotes"),
    (beside(also={"firmness:promised": "zullen"}), "no proposal"),  # words that no quote has
    (beside(also={"verdict:effective": "klachten"}), "no proposal"),  # of what is no way to say things
    (beside(also=["klachten"]), "no proposal"),
    (beside(name="## b"), "no proposal"),
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
