"""Names and addresses that mean harm, on every page in headless Chromium: they are shown, and none runs."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
import urllib3
from browsing import NEEDS_CHROMIUM, PATHS, Watch, unfold
from packaged import PREFIXES, curie
from pyoxigraph import Literal, NamedNode, Quad
from serving import running

import fot_graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

ALERT = "window.harmed=1"
HOSTILE = [
    f"<script>{ALERT}</script>",
    f"</script><script>{ALERT}</script>",
    f"</title><script>{ALERT}</script>",
    f"</textarea><script>{ALERT}</script>",
    f"</style><script>{ALERT}</script>",
    f"</svg><script>{ALERT}</script>",
    f"--><script>{ALERT}</script><!--",
    f"<img src=x onerror={ALERT}>",
    f"<svg onload={ALERT}>",
    f"<svg><script>{ALERT}</script></svg>",
    f"<body onload={ALERT}>",
    f"<iframe src=javascript:{ALERT}>",
    f"<a href=javascript:{ALERT}>x</a>",
    f"<math><mtext></mtext><script>{ALERT}</script></math>",
    f"<details open ontoggle={ALERT}>",
    f"<input autofocus onfocus={ALERT}>",
    f"<object data=javascript:{ALERT}>",
    f"<template><script>{ALERT}</script></template>",
    f"<base href=//evil.example/><script src=x></script>{ALERT}",
    f"<meta http-equiv=refresh content='0;url=javascript:{ALERT}'>",
    f"<link rel=stylesheet href=//evil.example/{ALERT}>",
    f"<form action=javascript:{ALERT}><button>",
    f'"><script>{ALERT}</script>',
    f"'><script>{ALERT}</script>",
    f'" onmouseover="{ALERT}" x="',
    f"' onfocus='{ALERT}' autofocus x='",
    f"`-{ALERT}-`",
    f"${{{ALERT}}}",
    "{{7*7}}",
    "{% raw %}{{ config }}",
    "{{ ''.__class__.__mro__ }}",
    f"&lt;script&gt;{ALERT}&lt;/script&gt;",
    f"&#60;script&#62;{ALERT}&#60;/script&#62;",
    f"\\u003cscript\\u003e{ALERT}",
    f"%3Cscript%3E{ALERT}%3C/script%3E",
    f"]]><script>{ALERT}</script>",
    f"<![CDATA[<script>{ALERT}</script>]]>",
    f"<!--{ALERT}//-->",
    f"<scr<script>ipt>{ALERT}</script>",
    f"<video><source onerror={ALERT}></video>",
    f"<noscript><p title='</noscript><img src=x onerror={ALERT}>'>",
    f"<SCRIPT SRC=//evil.example/x.js>{ALERT}",
    f"\u202e<script>{ALERT}</script>",
    f"\u0000<script>{ALERT}</script>".replace("\u0000", ""),
    f"<x onclick={ALERT}>x</x>" * 3,
    "<" * 300,
    "&" * 300,
    "\u2028\u2029",
    f"javascript:{ALERT}",
    f"data:text/html,<script>{ALERT}</script>",
    f"vbscript:{ALERT}",
    "a" * 5_000,
]
HOSTILE_IRIS = [
    f"javascript:{ALERT}",
    f"data:text/html,{ALERT}",
    f"vbscript:{ALERT}",
    f"https://evil.example/?x='onclick={ALERT}",
]


def hostile_quads(graph: fot_graph.Graph) -> Iterator[Quad]:
    """Give the graph with a hostile name for everything that has a name, and hostile addresses."""
    name, naming = NamedNode(PREFIXES["skos"] + "prefLabel"), NamedNode(PREFIXES["graph"] + "naming")
    same, serv = NamedNode(PREFIXES["owl"] + "sameAs"), NamedNode(PREFIXES["id"] + "serv")
    things = sorted({quad.subject for quad in graph.quads if quad.predicate == name}, key=str)
    yield from (quad for quad in graph.quads if quad.predicate != name)
    for place, thing in enumerate(things):
        yield Quad(thing, name, Literal(HOSTILE[place % len(HOSTILE)], language="en"), naming)
    for iri in HOSTILE_IRIS:
        yield Quad(serv, same, NamedNode(iri), naming)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    quads = "".join(f"{quad} .\n" for quad in hostile_quads(fot_graph.load()))
    (folder / "hostile.nq").write_text(quads, encoding="utf-8")
    with running("--workers", "2", "--quiet", "--store", str(stored(folder))) as server:
        yield server.url.rstrip("/")


def stored(folder: Path) -> Path:
    from pyoxigraph import RdfFormat, Store

    place = folder / "store"
    store = Store(str(place))
    store.bulk_load(path=str(folder / "hostile.nq"), format=RdfFormat.N_QUADS)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    store.flush()
    return place


SHOWING = [*PATHS[:6], *PATHS[7:], "/graph?focus=id:serv", "/page/id/serv", "/page/theme/climate"]


def test_all_of_them_are_shown(hostile: str) -> None:
    """A name that no page showed would prove nothing."""
    pages = [urllib3.request("GET", f"{hostile}/en{path}").data.decode() for path in SHOWING]
    shown = [html.unescape(page) for page in pages]
    assert [name for name in HOSTILE if not any(name in page for page in shown)] == []
    assert all(any(curie(iri) in page for page in shown) for iri in HOSTILE_IRIS)
    assert len(set(HOSTILE)) >= 50


@pytest.mark.parametrize("path", SHOWING)
def test_no_name_runs_as_a_script(watch: Watch, page: Page, hostile: str, path: str) -> None:
    page.goto(f"{hostile}/en{path}")
    unfold(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.harmed") is None
    assert [said for said in watch.complaints if not re.search("status of (4|5)", said)] == []
    assert [address for address in watch.requests if not address.startswith(f"{hostile}/")] == []
    links = page.evaluate("[...document.querySelectorAll('[href]')].map((each) => each.href.baseVal ?? each.href)")
    assert [link for link in links if re.match("(javascript|data|vbscript):", link, re.IGNORECASE)] == []
