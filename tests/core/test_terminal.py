"""Nothing that stands in a document, a name, a file name or an error steers a terminal."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaged import PREFIXES

from fot_graph.core import terminal
from fot_graph.stores import loading

pty = pytest.importorskip("pty", reason="only POSIX systems have terminals of this kind")

TINY = Path(__file__).parents[1] / "fixtures" / "vp-test-1"
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
# ESC, BEL, backspace, CSI and OSC of C1, DEL, an override, an embedding and an isolate, and a carriage return
STEERING = "\x1b\x07\x08\x9b\x9d\x7f\u202e\u202b\u2066\r"
KEPT = "\u00ad\u200b\u200d"  # soft hyphen, zero-width space and joiner: they belong to a word
NAME = f"x{STEERING}y{KEPT}z"
ESCAPED = "".join(f"\\u{ord(char):04X}" for char in NAME)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store of a document with such characters in its text, its claims and its names."""
    folder = tmp_path_factory.mktemp("steering")
    copy = Path(shutil.copytree(TINY, folder / "vp-test-1"))
    for file in (copy / "source.txt", copy / "claims.trig"):
        text = file.read_text(encoding="utf-8").replace(
            "goed instrument", f"goed {NAME.replace(chr(13), '')} instrument"
        )
        file.write_text(text, encoding="utf-8")
    claims = (copy / "claims.trig").read_text(encoding="utf-8")
    (copy / "claims.trig").write_text(claims + 'c:again fot:rationale "' + ESCAPED + '"@nl .', encoding="utf-8")
    (folder / "names.ttl").write_text(
        f'{HEAD}id:barometer a fot:Instrument ; skos:prefLabel "{ESCAPED}"@nl ; skos:definition "{ESCAPED}"@nl .\n',
        encoding="utf-8",
    )
    loading.write(folder / "store", [copy, folder / "names.ttl"])
    return folder / "store"


def on_terminal(*words: str) -> str:
    """Run a command with a terminal as output and as standard error, and give what comes there."""
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "fot_graph", *words]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env=environment)
    with process:
        os.close(child)
        content = b""
        try:
            while part := os.read(parent, 1 << 16):
                content += part
        except OSError:  # so Linux tells that the terminal is closed
            pass
        process.wait(60)
    os.close(parent)
    text = content.decode("utf-8").replace("\r\n", "\n")  # the terminal itself adds the carriage returns
    return re.sub(r"(\r\d+ documents)+\r\x1b\[K", "", text)  # the progress of `load`


QUERY = "SELECT ?o { { id:barometer ?p ?o } UNION { ?s fot:quote|prov:value|fot:rationale ?o } }"
COMMANDS = {
    **{
        f"query as {format_}": ("query", "-e", QUERY, "--lang", "nl", "-f", format_)
        for format_ in ("table", "csv", "tsv", "json", "md")
    },
    "with quotes": ("query", "-e", "SELECT ?s { ?s dcterms:replaces ?o }", "--lang", "nl", "--with-quotes"),
    "triples": ("query", "-e", "DESCRIBE id:barometer"),
    "show": ("show", "id:barometer", "--lang", "nl"),
    "path": ("path", "id:barometer", "id:plan", "--lang", "nl"),
    "cite": ("cite", "again", "--lang", "nl"),
    "export as trig": ("export",),
    "export as nq": ("export", "-f", "nq"),
    "export to the terminal": ("export", "-f", "nq", "-o", "/dev/stdout"),
    "an unknown name": ("show", "id:barometre"),
    "a name that is like it": ("show", "xyx", "--lang", "nl"),
    "a query with such characters": ("query", "-e", f"SELECT {NAME}"),
}


@pytest.mark.parametrize("what", COMMANDS)
def test_what_a_command_prints_steers_no_terminal(place: Path, what: str) -> None:
    said = on_terminal(*COMMANDS[what], "--store", str(place))
    assert said
    assert not [char for char in said if char in STEERING or (not char.isprintable() and char not in "\n\t" + KEPT)]


@pytest.mark.parametrize(
    "words",
    [
        ("load", "--store", "{0}/none/" + NAME),
        ("load", "--store", "{0}/new", "{0}/" + NAME),
        ("validate", "{0}/" + NAME + ".trig"),
        ("query", "{0}/" + NAME + ".rq"),
        ("query", "-e", "ASK {{}}", "--store", "{0}/" + NAME),
        ("show", NAME),
        ("ask", NAME),
        ("ask", "predecessors", "--" + NAME, "x"),
        ("export", "-f", NAME),
        ("export", "-o", "{0}/none/" + NAME),
        (NAME,),
        ("--" + NAME,),
    ],
)
def test_an_error_steers_no_terminal_and_is_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = on_terminal(*(word.format(tmp_path) for word in words))
    assert said.startswith("fot-graph: ")
    assert not set(said) & set(STEERING)
    assert said.count("\n") == 1


def test_a_file_name_of_two_lines_is_told_on_one(tmp_path: Path) -> None:
    assert on_terminal("validate", str(tmp_path / "a\nfot-graph: all is well.trig")).count("\n") == 1


def test_a_pipe_and_a_file_have_the_characters_of_the_data(place: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fot_graph", *COMMANDS["query as json"], "--store", str(place)]
    piped = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    subprocess.run([*command, "-o", str(tmp_path / "answer.json")], check=True)
    assert (tmp_path / "answer.json").read_bytes().decode() == piped
    for char in "\u202e\u2066\x9b\x7f" + KEPT:
        assert char in piped or f"\\u{ord(char):04x}" in piped


def test_what_is_no_control_is_kept() -> None:
    text = "".join(map(chr, range(0xA0, 0x2000))) + "\t\n" + KEPT + "\u200e\ufeff😀"
    assert terminal.visible_text(text) == text
    assert terminal.visible_text(STEERING) == "\ufffd" * len(STEERING)
