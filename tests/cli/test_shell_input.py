"""What a shell may give: words that are no text, closed streams, numbers beyond all measure."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = [sys.executable, "-m", "fot_graph"]
NO_TEXT = b"\xff"


@pytest.mark.parametrize(
    "words",
    [
        *(["show", start + NO_TEXT] for start in (b"", b"id:", b"http://e/")),
        *(["cite", NO_TEXT], ["path", NO_TEXT, "SERV"]),
        ["ask", "finding-to-intention", "--finding", NO_TEXT],
    ],
)
def test_a_name_that_is_no_text_is_not_known(words: list[str | bytes]) -> None:
    ran = subprocess.run([*PROGRAM, *words], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)
    assert ran.stderr.startswith(b"fot-graph: unknown")


def test_with_standard_error_closed_nothing_is_added_to_the_data() -> None:
    command = ["sh", "-c", '"$@" 2>&-', "sh", *PROGRAM]
    ran = subprocess.run([*command, "export", "-f", "nt"], capture_output=True, check=True)
    assert all(line.endswith(b" .") for line in ran.stdout.splitlines())
    assert subprocess.run([*command, "nope"], capture_output=True, check=False).stdout == b""


@pytest.mark.parametrize(("most", "rows"), [("9" * 30, 3), ("9" * 5_000, 3), ("0" * 30 + "1", 1)])
def test_a_number_of_rows_may_be_larger_than_any(most: str, rows: int) -> None:
    query = ["query", "-e", "SELECT ?x { VALUES ?x { 1 2 3 } }", "--max-rows", most]
    assert len(subprocess.run([*PROGRAM, *query], capture_output=True, check=True).stdout.splitlines()) == 1 + rows


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_a_full_disk_is_told_of_without_any_words() -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(PROGRAM, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr.count(b"\n"), b"Traceback" in ran.stderr) == (3, 1, False)
