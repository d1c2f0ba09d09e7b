"""The command line as its users meet it: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from packaged import BASE, WITHOUT_ANSWER
from pyoxigraph import RdfFormat, parse
from sampling import every, in_turn

from fot_graph.api import load
from fot_graph.cli.line import COMMANDS
from fot_graph.cli.main import main
from fot_graph.core import media_types
from fot_graph.core.resources import folder
from fot_graph.questions import catalogue
from fot_graph.questions.coverage import coverage

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
SHACL = "http://www.w3.org/ns/shacl#"
FLAGSHIP = "findings-informing-themes"
EVERYTHING = "everything-about"


class Ran:
    """What a command line printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


class Command:
    """Runs command lines in this process, in a pipe as pytest has it."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: str) -> Ran:
        code = main(words)
        out, err = self.capsys.readouterr()
        return Ran(code, out, err)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return Command(capsys)


def process(*words: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "fot_graph", *words]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**os.environ, **env})


def on_terminal(*words: str, columns: int) -> str:
    """Give what a command prints on a terminal of so many columns."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "fot_graph", *words]
    env = {**os.environ, "COLUMNS": str(columns), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=env) as running:
        os.close(follower)
        with open(leader, "rb", buffering=0) as terminal:
            output = b"".join(iter(lambda: _read(terminal), b""))
        running.wait()
    return output.decode().replace("\r\n", "\n")


def _read(terminal: io.FileIO) -> bytes:
    try:
        return terminal.read(4096) or b""
    except OSError:  # Linux says so where the other end is closed
        return b""


# --- Asking ----------------------------------------------------------------------------------------------------------


def test_ask_gives_tab_separated_lines_in_a_pipe(run: Command) -> None:
    ran = run("ask", FLAGSHIP)
    header, *rows = ran.out.splitlines()
    assert (ran.code, ran.err, header.split("\t")[:2]) == (0, "", ["document", "finding"])
    assert rows
    assert all(len(row.split("\t")) == 6 for row in rows)


def test_ask_speaks_the_language_of_the_option_or_the_locale(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    query = ("query", "-e", "SELECT ?x { VALUES ?x { id:flemish-government } }")
    assert "Flemish Government" in run(*query).out
    assert "Vlaamse Regering" in run(*query, "--lang", "nl").out
    monkeypatch.setenv("LANG", "nl_BE.UTF-8")
    assert "Vlaamse Regering" in run(*query).out


@pytest.mark.parametrize("words", [("--entity", "SERV"), ("--entity=serv",), ("--entity", "id:serv")])
def test_ask_takes_the_parameters_of_a_question(run: Command, words: tuple[str, ...]) -> None:
    before, after = run("ask", *words, EVERYTHING), run("ask", EVERYTHING, *words)
    assert (before.code, before.out) == (0, after.out)
    assert "SERV" in before.out


def test_ask_selects_texts_in_the_language_of_the_output(run: Command) -> None:
    assert run("board", "--lang", "nl").out != run("board", "--lang", "en").out


@pytest.mark.parametrize("name", sorted(catalogue.questions().keys() - WITHOUT_ANSWER))
def test_every_question_of_the_catalogue_is_answered(run: Command, name: str) -> None:
    ran = run("ask", name, "-f", "json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["results"]["bindings"]


def test_a_parameter_cannot_inject_sparql(run: Command) -> None:
    ran = run("ask", EVERYTHING, "--entity", "x> } } ; DROP ALL ; #")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("fot-graph: unknown name")


# --- Queries ---------------------------------------------------------------------------------------------------------

COUNT = "SELECT (COUNT(*) AS ?n) { ?c a fot:Claim }"


def test_a_query_comes_from_an_option_a_file_or_standard_input(run: Command, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text("\ufeff" + COUNT, encoding="utf-8")
    printed = run("query", "-e", COUNT).out
    assert printed.startswith("n\n")
    assert run("query", str(tmp_path / "count.rq")).out == printed
    assert process("query", "-", stdin=COUNT.encode()).stdout.decode() == printed


def test_ask_queries_can_set_the_exit_code(run: Command) -> None:
    no = ("query", "-e", "ASK { FILTER(false) }")
    assert (run(*no).code, run(*no, "--exit-status").code) == (0, 1)
    assert run("query", "-e", "ASK {}", "--exit-status").code == 0


@pytest.mark.parametrize(
    ("words", "start"),
    [
        *(((), "@base"), (("-f", "nt"), "<https://"), (("-f", "ttl"), "@base"), (("-f", "trig"), "@base")),
        *((("-f", "nq"), "<https://"), (("-f", "jsonld"), '{\n  "@context": {')),
    ],
)
def test_a_query_for_a_graph_gives_one(run: Command, words: tuple[str, ...], start: str) -> None:
    assert run("query", "-e", "DESCRIBE id:vdab", *words).out.startswith(start)


# --- Evidence --------------------------------------------------------------------------------------------------------


def test_quotes_are_shown_when_they_are_asked_for(run: Command) -> None:
    query = (
        "query",
        "-e",
        "SELECT ?theme { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }",
        "-f",
        "table",
    )
    plain, quoted = run(*query), run(*query, "--with-quotes")
    assert "“Daarnaast wil ik" not in plain.out
    assert quoted.out.startswith(f"{plain.out}    “De partners ervaren te weinig samenhang")
    assert "\n      motivering: " in run(*query, "--with-quotes", "--lang", "nl").out


@pytest.mark.parametrize("name", ["board", "ask"])
def test_all_evidence_is_more(run: Command, name: str) -> None:
    words = [name] if name == "board" else [name, "asked-themes-in-the-answer"]
    few, all_ = run(*words, "--with-quotes", "-f", "json"), run(*words, "--all-evidence", "-f", "json")
    few_notes, notes = (json.loads(ran.out)["evidenceNotes"] for ran in (few, all_))
    assert all("derivations" in note for note in notes)
    assert not any("derivations" in note for note in few_notes)


def test_a_graph_with_quotes_says_what_its_form_loses(run: Command) -> None:
    query = (
        "query",
        "-e",
        "CONSTRUCT WHERE { doc:vp-sv-2019-2020-358\\/finding-little-steering fot:informs ?theme }",
        "--with-quotes",
    )
    trig, ttl = run(*query, "-f", "trig"), run(*query, "-f", "ttl")
    assert (trig.err, "\n<claim/vp-sv-2019-2020-358/little-steering-informs-content-direction> {" in trig.out) == (
        "",
        True,
    )
    assert ttl.err.startswith("fot-graph: ttl holds no named graphs, so the triples of a claim also stand as rdf:State")


# --- One thing, and the way between two ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["SERV", "Sociaal-Economische raad van vlaanderen", "id:serv", f"{BASE}id/serv"])
def test_show_finds_a_thing_by_any_of_its_names(run: Command, name: str) -> None:
    ran = run("show", name, "-f", "table")
    assert (ran.code, ran.err) == (0, "")
    assert "← concerns\n  an opinion of the SERV as an example of that input\n      “Zal over de hervorming" in ran.out
    said = "(question 5, line 32)\n      — Tom Ongena, asked; written question 358 (claim:vp-sv-2019-2020-358/asks-serv"
    assert said in ran.out


def test_show_gives_rows_with_their_quotes(run: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(run("show", "SERV", "-f", "csv", "--lang", "nl").out)))
    columns = [
        "subject",
        "relation",
        "object",
        "status",
        "voice",
        "quote",
        "claim",
        "place",
        "rationale",
        "derived_from",
    ]
    assert list(rows[0]) == columns
    (asked,) = [row for row in rows if row["status"] == "gevraagd"]
    assert (asked["object"], asked["voice"], asked["quote"][-7:]) == ("SERV", "Tom Ongena", "(SERV)?")
    assert asked["place"] == "vraag 5, regel 32"


def test_show_gives_json_with_iris_and_labels(run: Command) -> None:
    shown = json.loads(run("show", "SERV", "-f", "json").out)
    assert (shown["iri"], shown["labels"]) == (f"{BASE}id/serv", {"nl": ["SERV"], "en": ["SERV"]})
    assert {fact["object"]["label"] for fact in shown["facts"] if "iri" in fact["object"]} == {"SERV"}
    assert all(fact["claim"].startswith(f"{BASE}claim/") for fact in shown["facts"])
    (asked,) = [fact for fact in shown["facts"] if fact["status"]["label"] == "asked"]
    assert asked["passages"][0]["item"].endswith("#question-5")
    assert asked["passages"][0]["line"] == 32


def test_show_gives_markdown(run: Command) -> None:
    out = run("show", "SERV", "-f", "md").out
    assert out.startswith("# SERV\n\n- English: SERV\n")
    assert "| subject | relation | object | evidence |" in out
    assert "\n[^4]: “Zal over de hervorming" in out


def test_show_says_what_a_document_part_reads_and_why_a_claim_is_made(run: Command) -> None:
    assert "Klopt het dat er" in run("show", "question 3a", "-f", "table").out
    assert "rationale  " in run("show", "claim:vp-sv-2019-2020-358/reorientation-considered-judged", "-f", "table").out
    assert "No claim speaks of it." in run("show", "foaf:Person", "-f", "table").out


def test_show_lists_the_members_of_a_class_and_of_a_scheme(run: Command) -> None:
    table = run("show", "fot:Policy", "-f", "table", "--lang", "nl").out
    assert "\n\nleden: 12\n  diversiteitsconsulenten" in table
    assert "\n  kmo-portefeuille  id:sme-portfolio\n" in table  # itself
    assert "\n  spoor 1 van Focus op Talent: activering van alle talent  id:track-1\n" in table  # of a subclass
    rows = list(csv.DictReader(io.StringIO(run("show", "fot:Policy", "-f", "csv").out)))
    assert (len(rows), rows[0]["subject"], rows[0]["object"]) == (12, "the broad activation policy", "policy")
    members = json.loads(run("show", "fot:Policy", "-f", "json").out)["members"]
    assert {"iri": f"{BASE}id/sme-portfolio", "label": "SME portfolio (kmo-portefeuille)"} in members
    assert "members: 12\n\n- career and diversity policy (id:" in run("show", "Policy", "-f", "md").out
    assert "  diversity  theme:diversity\n" in run("show", f"{BASE}theme", "-f", "table").out
    assert "members" not in run("show", "SERV", "-f", "table").out


def test_show_lists_the_things_that_a_part_of_a_name_may_mean(run: Command) -> None:
    ran = run("show", "kmo", "--lang", "nl")
    assert (ran.code, ran.out) == (2, "")
    assert "\n  id:sme-portfolio " in ran.err
    assert "  kmo-portefeuille (beleid)\n" in ran.err


def test_a_term_that_the_graph_does_not_hold_is_told_beside_the_answer(run: Command) -> None:
    for words in (("query", "-e", "SELECT ?x { ?x fot:infroms ?y }"), ("query", "-e", "ASK { ?x fot:infroms ?y }")):
        ran = run(*words, "-f", "csv")
        assert (ran.code, ran.err.count("did you mean fot:informs?")) == (0, 1)


def test_path_shows_each_step_with_its_claim(run: Command) -> None:
    ran = run("path", "SERV", "VDAB", "-f", "table")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("SERV → VDAB: 5 steps\n\n1. SERV ← concerns ← ")
    assert ran.out.count("(claim:") == 5
    assert len(run("path", "SERV", "VDAB").out.splitlines()) == 6
    assert len(json.loads(run("path", "SERV", "VDAB", "-f", "json").out)["steps"]) == 5


def test_no_path_is_a_negative_finding(run: Command) -> None:
    ran = run("path", "SERV", "VDAB", "--status", "stated", "-f", "table")
    assert (ran.code, ran.out, ran.err) == (1, "no claims connect SERV with VDAB\n", "")
    ran = run("path", "SERV", "VDAB", "--status", "stated,quoted", "-f", "json")
    assert (ran.code, json.loads(ran.out)) == (1, {"connected": False, "steps": []})
    assert run("path", "SERV", "SERV", "-f", "table").out == "SERV and SERV are the same thing\n"


# --- The other commands ----------------------------------------------------------------------------------------------


def test_questions_lists_the_catalogue(run: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(run("questions", "-f", "csv").out)))
    assert [row["name"] for row in rows] == list(catalogue.questions())
    assert {entry["name"] for entry in json.loads(run("questions", "-f", "json").out)} == {row["name"] for row in rows}


def test_coverage_lists_every_sentence_and_ends_with_the_share(run: Command) -> None:
    ran = run("coverage")
    assert (ran.code, ran.out.splitlines()[-1].endswith(": 100%")) == (0, True)
    assert run("coverage", "-f", "csv").out.startswith("document,item,line,text,claims,reason\n")
    assert json.loads(run("coverage", "-f", "json").out)["percentage"] == 100


def test_coverage_takes_documents_or_a_store(run: Command, tmp_path: Path) -> None:
    tiny, packaged = str(TINY), str(folder("data") / "documents")
    alone = run("coverage", tiny, "--lang", "nl")
    assert (alone.code, alone.err) == (1, "")
    assert alone.out.endswith(" 7 aangehaald, 0 zonder bewering, 5 niet gedekt: 58.3%\n")
    assert "vp-test-1" not in alone.out
    both = run("coverage", packaged, tiny).out
    assert both.startswith("vp-sv-2019-2020-358\n")
    assert "\n\nvp-test-1\n   1 " in both
    assert both.splitlines()[-1].startswith("88 sentences")
    assert run("load", "--store", str(tmp_path / "store"), tiny).code == 0
    assert run("coverage", "--store", str(tmp_path / "store"), "--lang", "nl").out == alone.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere"], 3, "cannot read nowhere: no document is here"),
        ([str(TINY), "nowhere"], 3, "cannot read nowhere: no document is here"),
        ([str(TINY), "--store", "x"], 2, "documents are read from folders, or from a store or a server"),
        (["--store", "nowhere"], 3, "there is no such folder"),
    ],
)
def test_coverage_of_nothing_is_an_error(run: Command, words: list[str], code: int, said: str) -> None:
    ran = run("coverage", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_coverage_below_all_is_a_negative_finding(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = [line._replace(claims=(), reasons={}) for line in coverage(load())]
    monkeypatch.setattr("fot_graph.cli.commands.coverage.coverage", lambda _: bare)
    ran = run("coverage")
    assert (ran.code, "NOT COVERED" in ran.out, ran.out.endswith(": 0%\n")) == (1, True, True)


def test_export_takes_its_format_from_the_name_of_the_file(run: Command, tmp_path: Path) -> None:
    for format_ in media_types.formats_holding(media_types.DATASET):
        place = tmp_path / f"graph.{format_}"
        assert run("export", "--layer", "background", "-o", str(place)).code == 0
        assert place.read_text(encoding="utf-8") == run("export", "--layer", "background", "-f", format_).out


def test_export_says_what_a_format_loses(run: Command) -> None:
    assert run("export", "-f", "ttl").err.startswith("fot-graph: ttl holds no named graphs, so ")
    assert run("export", "-f", "ttl", "--layer", "naming").err == ""


def test_an_answer_may_rest_on_claims_of_some_statuses_only(run: Command) -> None:
    count = ("query", "-e", "SELECT (COUNT(*) AS ?n) { ?claim a fot:Claim }", "-f", "csv")
    assert run(*count, "--status", "stated").out == "n\n38\n"
    assert run(*count, "--status", "stated,reported").out == "n\n66\n"
    assert run("ask", FLAGSHIP, "--status", "stated,reported", "-f", "csv").out.count("\n") == 1  # all is interpreted
    assert "barometer" in run("show", "barometer", "--status", "stated", "-f", "csv").out
    rest = "rests on claims of status interpreted\n"
    assert run("ask", FLAGSHIP, "--status", "stated").err.endswith(f"without them the answer {rest}")
    asked = run("query", "-e", "ASK { ?x fot:informs ?y }", "--status", "stated", "--lang", "nl", "-f", "csv")
    assert asked.err.endswith("berust het antwoord op beweringen met status interpreted\n")
    assert run("query", "-e", "ASK { ?x fot:informs ?y }", "--status", "interpreted").err == ""
    assert run("show", "theme:diversity", "--status", "computed").err.endswith(
        " of status stated, quoted, premise, interpreted, asked\n"
    )
    failed = run("board", "--status", "statd")
    assert (failed.code, failed.err) == (2, "fot-graph: unknown status 'statd' (did you mean stated?)\n")


def test_export_keeps_layers_and_statuses(run: Command) -> None:
    part = run("export", "--layer", "claims,naming", "--status", "stated,status:quoted").out
    assert "status:stated" in part
    assert not any(word in part for word in ("status:reported", "graph:document", "graph:ontology"))


def test_an_answer_goes_to_a_file_in_the_format_of_its_name(run: Command, tmp_path: Path) -> None:
    assert run("ask", "predecessors", "-o", str(tmp_path / "x.csv")).out == ""
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == run("ask", "predecessors", "-f", "csv").out


@pytest.fixture
def nameless(tmp_path: Path) -> str:
    """Give a file with a person who has no Dutch name."""
    text = (
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
        "<https://w3id.org/fot-graph/id/x> a foaf:Person ; skos:prefLabel 'x'@en ."
    )
    (tmp_path / "names.ttl").write_text(text)
    return str(tmp_path / "names.ttl")


def test_validate_finds_nothing_in_the_packaged_graph(run: Command) -> None:
    ran = run("validate")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


def test_validate_says_what_to_mend(run: Command, nameless: str) -> None:
    ran = run("validate", nameless)
    assert (ran.code, ran.err, "id:x" in ran.out) == (1, "", True)
    assert run("validate", nameless, "--lang", "nl").out != ran.out


def test_validate_takes_a_packaged_document_once(run: Command) -> None:
    place = str(folder("data") / "documents" / "vp-sv-2019-2020-358")
    assert run("validate", place).out == run("validate", f"{place}/claims.trig").out == run("validate").out


def test_validate_gives_the_standard_report(run: Command, nameless: str) -> None:
    ran = run("validate", nameless, "-f", "turtle")
    report = {(quad.predicate.value, getattr(quad.object, "value", "")) for quad in parse(ran.out, RdfFormat.TURTLE)}
    assert (ran.code, (f"{SHACL}conforms", "false") in report) == (1, True)
    assert (f"{SHACL}focusNode", "https://w3id.org/fot-graph/id/x") in report
    assert json.loads(run("validate", nameless, "-f", "json").out)


# --- Help ------------------------------------------------------------------------------------------------------------


def test_alone_it_says_what_it_holds_and_what_to_try(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run()
    held, tries = ran.out.split("\n\n")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[0] for line in held.splitlines()] == ["documents", "claims", "findings", "themes", "coverage"]
    for line in tries.splitlines():
        assert line.split()[0] == "fot-graph"
        assert line.split()[1] in (*COMMANDS, "--help")
    monkeypatch.setenv("LANG", "nl_BE.UTF-8")
    assert "beweringen" in run().out


def test_what_it_says_to_try_works(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in run().out.split("\n\n")[1].splitlines():
        assert run(*shlex.split(line.split("  ")[1])[1:]).code == 0


@pytest.mark.parametrize("chosen", [("--lang", "nl"), ("--lang=nl",)])
def test_a_language_may_stand_before_the_command(run: Command, chosen: tuple[str, ...]) -> None:
    assert run(*chosen, "show", "SERV").out == run("show", "SERV", "--lang", "nl").out
    assert run(*chosen, "ask", "predecessors", "--lang", "en").out == run("ask", "predecessors", "--lang", "en").out
    assert run(*chosen).out.startswith("documenten")
    assert run(*chosen, "--version").out == run("--version").out
    assert run(*chosen, "shwo").err == "fot-graph: onbekend commando ‘shwo’ (bedoelt u show?)\n"


def test_a_language_before_the_command_has_to_be_one(run: Command) -> None:
    assert run("--lang").err == "fot-graph: option --lang needs a value\n"
    assert run("--lang", "de").err == run("--lang", "de", "show", "SERV").err
    assert run("--lang", "de").err.startswith("fot-graph: unknown language 'de'")


def test_version(run: Command) -> None:
    assert run("--version").out.startswith("fot-graph 0.")


# --- Completion ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", list(COMMANDS)),
        ("ask finding-", ["finding-to-intention"]),
        ("ask findings -f cs", ["csv"]),
        ("draw --question funding", ["funding-principles"]),
        ("ask findings --fi", ["--finding", "--firmness"]),
        ("show SERV --lang ", ["en", "nl"]),
        ("path SERV VDAB --status st", ["stated"]),
        ("export --layer na", ["naming"]),
        ("cite efficiency", ["efficiency-gains", "efficiency-gains-informs-result-oriented"]),
    ],
)
def test_bash_completes_commands_options_and_questions(run: Command, typed: str, offered: list[str]) -> None:
    script = run("--print-completion", "bash").out
    words = " ".join(f"'{word}'" for word in ["fot-graph", *typed.split(" ")])
    call = (
        f"\nCOMP_WORDS=({words}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 )); _shtab_fot_graph; echo ${{COMPREPLY[*]}}"
    )
    ran = subprocess.run(["bash", "-c", script + call], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == offered


def test_zsh_has_every_command_and_question(run: Command) -> None:
    script = run("--print-completion", "zsh").out
    assert script.startswith("#compdef fot-graph\n")
    assert all(name in script for name in (*COMMANDS, *catalogue.questions()))


# --- Pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name", "start"),
    [
        (("--theme-map", "--lang", "nl"), "map.svg", b"<?xml"),
        (("--focus", "SERV", "--hops", "2"), "serv.png", b"\x89PNG"),
        (("--question", "funding-principles", "--status", "stated,quoted"), "funding.pdf", b"%PDF"),
    ],
)
def test_draw_writes_a_picture(run: Command, tmp_path: Path, words: tuple[str, ...], name: str, start: bytes) -> None:
    ran = run("draw", *words, "-o", str(tmp_path / name))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(start)


# --- Errors: one clear line, the right exit code, nothing half-written -----------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["aks", FLAGSHIP], 2, "unknown command 'aks' (did you mean ask?)"),
        (["ask"], 2, "the following arguments are required: NAME"),
        (["ask", "findings-informing-theme"], 2, "unknown question 'findings-informing-theme' (did you"),
        (["ask", "xyzzy"], 2, "unknown question 'xyzzy' (fot-graph questions lists them)"),
        (["ask", FLAGSHIP, "--entity", "SERV"], 2, f"question '{FLAGSHIP}' has no parameter --entity (it has none)"),
        (["ask", FLAGSHIP, "--lnag", "nl"], 2, f"question '{FLAGSHIP}' has no parameter --lnag (did you mean --lang?)"),
        (["ask", EVERYTHING, "--x", "y"], 2, f"question '{EVERYTHING}' has no parameter --x (it has --entity)"),
        (["ask", EVERYTHING, "--enity", "SERV"], 2, f"question '{EVERYTHING}' has no parameter --enity (did you mean"),
        (["ask", EVERYTHING, "--entity"], 2, "option --entity needs a value"),
        (["ask", EVERYTHING, "--entity", "SERF"], 2, "unknown name 'SERF' (did you mean SERV or sterk?)"),
        (["ask", FLAGSHIP, "extra"], 2, "unexpected argument 'extra'"),
        (["ask", FLAGSHIP, "-f", "cvs"], 2, "unknown format 'cvs' (did you mean csv"),
        (["ask", FLAGSHIP, "-f", "ttl"], 2, "SELECT gives no graph"),
        (["ask", FLAGSHIP, "--lang", "fr"], 2, "unknown language 'fr' (known: en, nl)"),
        (["ask", FLAGSHIP, "-x"], 2, "unknown option '-x'"),
        (["ask", FLAGSHIP, "-o", "no/such/folder/x.csv"], 3, "cannot write no/such/folder/x.csv: there is no"),
        (["show"], 2, "the following arguments are required: ENTITY"),
        (["show", "SERF"], 2, "unknown name 'SERF' (did you mean SERV or sterk?)"),
        (["show", "SERV", "-f", "ttl"], 2, "unknown format 'ttl'"),
        (["show", "SERV", "-o", "no/such/x.csv"], 3, "cannot write no/such/x.csv"),
        (["path", "SERV"], 2, "the following arguments are required: B"),
        (["path", "SERV", "VDAD"], 2, "unknown name 'VDAD' (did you mean VDAB?)"),
        (["path", "SERV", "VDAB", "--status", "state"], 2, "unknown status 'state' (did you mean stated"),
        (["--print-completion"], 2, "--print-completion needs a shell (bash or zsh)"),
        (["--print-completion", "zhs"], 2, "unknown shell 'zhs' (did you mean zsh?)"),
        (["draw", "--theme-map"], 2, "the following arguments are required: -o/--output"),
        (["draw", "-o", "x.svg"], 2, "what shall be drawn? (choose --theme-map"),
        (["draw", "--theme-map", "--focus", "SERV", "-o", "x.svg"], 2, "a picture shows one thing"),
        (["draw", "--theme-map", "--hops", "2", "-o", "x.svg"], 2, "--hops counts from a thing"),
        (["draw", "--focus", "SERV", "--hops", "-1", "-o", "x.svg"], 2, ""),
        (["draw", "--focus", "SERV", "--hops", "0", "-o", "x.svg"], 2, "'0' is no number of steps"),
        (["draw", "--focus", "SERF", "-o", "x.svg"], 2, "unknown name 'SERF' (did you mean SERV or sterk?)"),
        (["draw", "--question", "fundin-principles", "-o", "x.svg"], 2, "unknown question 'fundin-principles' (did"),
        (["draw", "--theme-map", "--status", "statd", "-o", "x.svg"], 2, "unknown status 'statd' (did you mean st"),
        (["draw", "--theme-map", "-o", "x.gif"], 2, "unknown picture format 'gif'"),
        (["draw", "--theme-map", "-o", "no/such/x.svg"], 3, "cannot write no/such/x.svg: "),
        (["query"], 2, "a query comes from one place"),
        (["query", "x.rq", "-e", "ASK {}"], 2, "a query comes from one place"),
        (["query", "missing.rq"], 3, "cannot read missing.rq: "),
        (["query", "-e", "DESCRIBE id:vdab", "-f", "csv"], 2, "DESCRIBE gives a graph, which csv cannot show"),
        (["query", "-e", "SELECT * { SERVICE <http://x> { } }"], 3, ""),
        (["query", "-e", "INSERT DATA { <a:a> <a:b> <a:c> }"], 3, ""),
        (["query", "-e", "SELECT * FROM <http://example.org/> { }"], 3, ""),
        (["validate", "missing.trig"], 3, "cannot read missing.trig: "),
        (["mend", "missing.trig"], 3, "cannot read missing.trig: no document is here (give a folder with source.txt"),
        (["mend", "-f", "jsn"], 2, "unknown format 'jsn' (did you mean json?)"),
        (["mend", "--wirte"], 2, "unknown option '--wirte' (did you mean --write"),
        (["validate", "-f", "turtel"], 2, "unknown format 'turtel' (did you mean turtle or ttl?)"),
        (["export", "-f", "rdff"], 2, "unknown format 'rdff' (did you mean rdf or rdfxml?)"),
        (["export", "--layer", "claim"], 2, "unknown layer 'claim' (did you mean claims"),
        (["export", "--status", "stated,rumoured"], 2, "unknown status 'rumoured'"),
        (["export", "-f", "dot", "--layer", "document"], 2, "dot holds claims, not the layer document (choose"),
        (["export", "--for-validation", "--layer", "claims"], 2, "--for-validation writes the whole graph (leave out"),
        (["export", "--for-validation", "--status", "stated"], 2, "--for-validation writes the whole graph (leave out"),
        (["export", "--for-validation", "-f", "dot"], 2, "unknown format 'dot' (known: "),
        (["export", "--shapes", "--status", "stated"], 2, "--shapes writes the shapes for the whole graph (leave out"),
        (["export", "--shapes", "--for-validation"], 2, "argument --for-validation: not allowed with argument"),
        (["export", "-f", "dot", "-o", "no/such/x.dot"], 3, "cannot write no/such/x.dot: there is no such folder"),
        (["ask", FLAGSHIP, "-f", "jsonld"], 2, "SELECT gives no graph, which jsonld would show (choose one of table"),
        (["query", "-e", "DESCRIBE id:vdab", "-f", "xml"], 2, "DESCRIBE gives a graph, which xml cannot show"),
    ],
)
def test_an_error_is_one_clear_line(run: Command, words: list[str], code: int, message: str) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(f"fot-graph: {message}")
    assert ran.err.count("\n") == 1


def test_malformed_sparql_shows_the_place(run: Command) -> None:
    ran = run("query", "-e", "SELECT ?x\nWHERE { ?x fot:status }")
    message, line, caret = ran.err.splitlines()
    assert (ran.code, ran.out) == (3, "")
    assert message.startswith("fot-graph: malformed SPARQL at line 2, column ")
    assert (line, caret.strip()) == ("  WHERE { ?x fot:status }", "^")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "SELECT ?é".encode("latin-1")])
def test_a_query_in_another_encoding_is_refused(run: Command, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "q.rq").write_bytes(content)
    ran = run("query", str(tmp_path / "q.rq"))
    assert (ran.code, "UTF-8" in ran.err, ran.err.count("\n")) == (3, True, 1)
    piped = process("query", "-", stdin=content)
    assert (piped.returncode, b"UTF-8" in piped.stderr, piped.stdout) == (3, True, b"")


@pytest.mark.parametrize("command", ["query", "validate"])
def test_a_folder_is_no_file(run: Command, tmp_path: Path, command: str) -> None:
    ran = run(command, str(tmp_path))
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)


def test_broken_turtle_shows_line_and_column(run: Command, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("@prefix id: <https://w3id.org/fot-graph/id/> .\nid:x a id:y\nid:z a id:y .\n")
    ran = run("validate", str(tmp_path / "x.ttl"))
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert ran.err.startswith(f"fot-graph: {tmp_path / 'x.ttl'}:3:")


def test_a_refused_answer_leaves_an_old_file_as_it_was(run: Command, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("old")
    assert run("query", "-e", "SELECT", "-o", str(tmp_path / "x.csv")).code == 3
    assert ([path.name for path in tmp_path.iterdir()], (tmp_path / "x.csv").read_text()) == (["x.csv"], "old")


# --- Processes -------------------------------------------------------------------------------------------------------


SEEDED = [
    *(("ask", "finding-to-intention", "--all-evidence", "-f", format_) for format_ in ("csv", "json", "xml", "md")),
    *(("query", "-e", "DESCRIBE theme:diversity", "--all-evidence", "-f", format_) for format_ in ("trig", "ttl")),
    *(("ask", FLAGSHIP), ("coverage",), ("show", "SERV", "-f", "json"), ("path", "SERV", "VDAB")),
    *(("export", "-f", format_) for format_ in media_types.formats_holding(media_types.DATASET)),
]


@pytest.mark.parametrize("words", every(3, [(words,) for words in SEEDED]))
def test_bytes_are_the_same_under_any_hash_seed(words: tuple[str, ...]) -> None:
    one, two = (process(*words, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert (one.returncode, one.stdout) == (two.returncode, two.stdout)
    assert one.stdout


def test_a_pipe_gets_utf8_in_any_locale() -> None:
    ran = process("ask", FLAGSHIP, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout == process("ask", FLAGSHIP, LC_ALL="C.UTF-8").stdout


def test_a_closed_pipe_is_no_error() -> None:
    command = f"set -o pipefail; '{sys.executable}' -m fot_graph export -f trig | head -n 1"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"@base <https://w3id.org/fot-graph/> .\n", b"")


def test_a_closed_standard_input_is_one_clear_line() -> None:
    command = f"'{sys.executable}' -m fot_graph query - <&-"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (3, b"fot-graph: cannot read standard input: it is closed\n")


def test_a_full_disk_is_one_clear_line() -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "fot_graph", "questions"]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 3
    assert ran.stderr == b"fot-graph: cannot write standard output: no space left on device\n"


ON_TERMINAL = [
    ("ask", FLAGSHIP),
    ("ask", "totals", "--with-quotes"),
    ("board", "--all-evidence", "--lang", "nl"),
    ("query", "-e", "ASK { id:serv fot:informs ?x }", "--with-quotes"),
    ("coverage",),
    ("questions",),
    ("board",),
    ("show", "SERV"),
    ("path", "SERV", "VDAB"),
    (),
]


@pytest.mark.parametrize(("words", "columns"), in_turn(ON_TERMINAL, [80, 120]))
def test_a_terminal_gets_what_fits(words: tuple[str, ...], columns: int) -> None:
    printed = on_terminal(*words, columns=columns)
    assert printed
    assert "\t" not in printed
    assert max(map(len, printed.splitlines())) <= columns


def test_draw_takes_the_parameters_of_a_question(run: Command, tmp_path: Path) -> None:
    place = tmp_path / "x.svg"
    assert run("draw", "--question", EVERYTHING, "--entity", "VDAB", "--lang", "nl", "-o", str(place)).code == 0
    assert "beleid of thema? – VDAB</title>" in place.read_text(encoding="utf-8")
    for words, said in (
        (("--question", EVERYTHING, "--entty", "VDAB"), "has no parameter --entty (did you mean --entity?)"),
        (("--focus", "VDAB", "--entity", "VDAB"), "unknown option '--entity'"),
        (("--question", "everything-abot"), "did you mean everything-about?"),
    ):
        ran = run("draw", *words, "-o", str(tmp_path / "y.svg"))
        assert (ran.code, said in ran.err) == (2, True)


def test_a_list_of_questions_names_parameters_as_they_are(run: Command) -> None:
    listed = {line.split("\t")[0]: line.split("\t")[2] for line in run("questions", "-f", "tsv").out.splitlines()}
    assert listed["finding-to-intention"] == "finding"


@pytest.mark.parametrize("words", [["query", "-e", "ASK {}"], ["export"], ["show", "SERV"]])
def test_a_format_that_is_like_none_has_no_suggestion(run: Command, words: list[str]) -> None:
    assert run(*words, "-f", "txt").err.startswith("fot-graph: unknown format 'txt' (known: ")
    assert "did you mean csv?" in run("show", "SERV", "-f", "cvs").err


def test_an_empty_answer_says_which_things_the_question_is_about(run: Command) -> None:
    ran = run("ask", "finding-to-intention", "--finding", "SERV")
    assert len(ran.out.splitlines()) == 1
    assert ran.err == "fot-graph: there is no answer for --finding SERV; the question is about: finding\n"
    dutch = run("ask", "finding-to-intention", "--finding", "SERV", "--lang", "nl", "-f", "json")
    assert dutch.err == "fot-graph: er is geen antwoord voor --finding SERV; de vraag gaat over: bevinding\n"


def test_an_empty_board_says_that_it_is_empty(run: Command, tmp_path: Path) -> None:
    claims = tmp_path / "claims.nq"
    claims.write_text("", encoding="utf-8")
    assert run("load", "--store", str(tmp_path / "store"), str(claims)).code == 0
    assert run("board", "--store", str(tmp_path / "store")).err == (
        "fot-graph: the graph has no answer to this question\n"
    )
