"""Findings and the themes and intentions that they inform: as a picture whose lines can be chosen, and link by link."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fot_graph.formats.style import line, looks
from fot_graph.pictures.layout import lay_out
from fot_graph.pictures.relations import status_class
from fot_graph.pictures.scene import Box, Scene, SceneLine
from fot_graph.web.pages.around import MARGIN, MOST_LINES
from fot_graph.web.pages.claim_views import ClaimView, QuoteView, claims, link_quotes
from fot_graph.web.pages.common import Namer, TermView
from fot_graph.web.pages.page import Page

if TYPE_CHECKING:
    from fot_graph.api import Graph
    from fot_graph.core.terms import Solution
    from fot_graph.formats.style import Look
    from fot_graph.pictures.drawing import Drawing


class Link(NamedTuple):
    """A link from a finding to a theme or intention, with the quotes on both sides; the claim has the rationale."""

    id: str
    finding: TermView
    kind: TermView
    theme: TermView
    theme_kind: TermView
    strength: TermView
    finding_quotes: tuple[QuoteView, ...]
    theme_quotes: tuple[QuoteView, ...]
    claim: ClaimView


class Themes(NamedTuple):
    """All links by theme, their picture, and the findings and the themes that no link joins."""

    links: tuple[Link, ...]
    picture: Drawing
    findings: tuple[TermView, ...]
    themes: tuple[TermView, ...]


def themes(graph: Graph, lang: str) -> Themes:
    """Give all links from findings to themes."""
    namer = Namer(graph, lang)
    found = list(graph.rows(_LINKS))
    namer.expect(term for row in found for term in (row[name] for name in _NAMED))
    judged = claims(graph, namer, [row["claim"].value for row in found])
    both = link_quotes(graph, namer, judged.values())
    links = [_link(row, namer, judged[row["claim"].value], both) for row in found if row["claim"].value in judged]
    links.sort(key=lambda link: (link.theme.text.casefold(), link.kind.text, link.finding.text.casefold()))
    alone = {name: [row[0] for row in graph.rows(query)] for name, query in _ALONE.items()}
    namer.expect(term for things in alone.values() for term in things)
    left = {name: tuple(sorted(map(namer, things))) for name, things in alone.items()}
    return Themes(tuple(links), _theme_drawing(links), left["findings"], left["themes"])


# --- Inside ----------------------------------------------------------------------------------------------------------

_MOST = 200  # links; more are no picture
_NAMED = ("finding", "kind", "theme", "theme_kind", "strength")
_LINKS = f"""SELECT ?claim ?finding ?theme ?kind ?theme_kind ?strength {{
  GRAPH ?claim {{ ?finding fot:informs ?theme }}
  ?finding a fot:Finding . ?theme a ?theme_kind . ?claim a fot:Claim .
  FILTER (?theme_kind != skos:Concept)
  OPTIONAL {{ ?finding fot:findingKind ?kind }}
  OPTIONAL {{ ?claim fot:strength ?strength }}
}} ORDER BY ?claim LIMIT {_MOST}"""
_ALONE = {
    "findings": "SELECT ?it { ?it a fot:Finding FILTER NOT EXISTS { ?it fot:informs ?theme } } LIMIT 200",
    "themes": "SELECT ?it { ?it a fot:Theme FILTER NOT EXISTS { ?finding fot:informs ?it } } LIMIT 200",
}


def _link(
    row: Solution, namer: Namer, claim: ClaimView, both: dict[str, tuple[tuple[QuoteView, ...], tuple[QuoteView, ...]]]
) -> Link:
    finding, kind, theme, theme_kind, strength = (namer(row[name]) for name in _NAMED)
    return Link(f"link-{claim.name}", finding, kind, theme, theme_kind, strength, *both[claim.iri], claim)


def _theme_drawing(links: list[Link]) -> Drawing:
    """Put the findings on the left, by kind, and the themes and intentions on the right."""
    findings = {link.finding.name: link for link in links}
    shown = looks(kind.name for link in links for kind in (link.kind, link.theme_kind))
    boxes = {name: _box(0, link.finding, "finding", shown[link.kind.name]) for name, link in findings.items()}
    boxes |= {link.theme.name: _box(1, link.theme, "theme", shown[link.theme_kind.name]) for link in links}
    lines = tuple(
        SceneLine(
            link.finding.name,
            link.theme.name,
            line(f"status:{link.claim.status}", link.strength.name),
            kind=status_class(f"status:{link.claim.status}"),
            href=f"#{link.id}",
            title=f"{link.finding.text} → {link.theme.text} ({link.strength.text})".removesuffix(" ()"),
        )
        for link in links
    )
    groups = {name: link.kind.text[:1].upper() + link.kind.text[1:] for name, link in findings.items()}
    return lay_out(Scene(boxes, lines, groups=groups, most_lines=MOST_LINES), margin=MARGIN)


def _box(column: int, thing: TermView, role: str, look: Look) -> Box:
    return Box(column, thing.text, role, look, href=thing.href, lang=thing.lang)


PAGES = (Page("themes", "themes.html", themes),)
MENU = ((3, "themes"),)
