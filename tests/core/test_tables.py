"""Tables of text: no address in them is broken."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from fot_graph.core import tables

ADDRESSES = [
    "https://w3id.org/fot-graph/claim/vp-sv-2019-2020-358/little-steering-informs-content-direction",
    "claim:vp-sv-2019-2020-358/little-steering-informs-content-direction",
    "urn:uuid:12345678-1234-1234-1234-123456789012",
    "www.vlaamsparlement.be/nl/parlementair-werk/dossiers/vraag-en-interpellatie/1371866",
]
TEXT = "een lange tekst met gewone woorden die over meer dan een regel mag gaan"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", "zie ({}), en meer woorden daarna", "<{}>", "{} {}"])
@pytest.mark.parametrize("width", [20, 60, 100, 130])
def test_no_address_is_broken_on_a_terminal(address: str, around: str, width: int) -> None:
    cell = around.format(address, address)
    for rows in ([["1", cell, TEXT]], [[TEXT, TEXT, cell], ["", "x", ""]]):
        shown = tables.table(["a", "b", "c"], rows, width=width)
        assert shown.count(address) == cell.count(address)


def test_a_column_is_as_wide_as_its_address_and_the_others_share_the_rest() -> None:
    shown = tables.table(["text", "address"], [[TEXT, "https://w3id.org/fot-graph/id/serv"]], width=70)
    assert shown.splitlines()[1] == f"{'─' * 34}  {'─' * 34}"
    assert all(len(line) <= 70 for line in shown.splitlines())
    assert len(shown.splitlines()) == 5


def test_another_long_word_is_broken() -> None:
    shown = tables.table(["a", "b"], [["x" * 50, TEXT]], width=40)
    assert all(len(line) <= 40 for line in shown.splitlines())
    assert sum(line.count("x") for line in shown.splitlines()) == 50


def test_a_browser_breaks_no_address_in_a_cell() -> None:
    whole = '<td>zie <span style="white-space: nowrap">https://w3id.org/fot?a=1&amp;b=2</span> &lt;b&gt;</td>'
    assert whole in tables.html(["a"], [["zie https://w3id.org/fot?a=1&b=2 <b>"]])
    assert "nowrap" not in tables.html(["a"], [["de minister: ja, 10:30 uur"]])


@pytest.mark.parametrize("around", ["{}", "zie {}.", "({}), en", "“{}”", "a *b* {} c", "{} en {}"])
def test_markdown_keeps_an_address_in_a_cell_whole(around: str) -> None:
    address = ADDRESSES[0]
    written = tables.write(["a"], [[around.format(address, address)]], "md")
    assert f"| {around.replace('*', chr(92) + '*').format(*[f'<{address}>'] * 2)} |" in written
    (cell,) = re.findall("<td>(.*)</td>", MarkdownIt("gfm-like").render(written))
    assert re.findall('href="(.*?)"', cell) == [address] * around.count("{}")
