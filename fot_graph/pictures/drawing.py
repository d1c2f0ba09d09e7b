"""Pictures of the graph for people: a thing and what is said of it, the answer to a question, findings and themes.

Boxes stand in columns (see `layout`), sized by their text as the font measures it; a relation is named in a place of
its own between them. So nothing overlaps and nothing is cut, however long the labels are. A type has a colour and a
mark, a status a kind of line: neither is told by colour alone. Lengths are in inches, from the top left.
"""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from contextlib import contextmanager
from functools import lru_cache
from itertools import cycle, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict

import matplotlib as mpl
import networkx as nx
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path as Curve
from matplotlib.textpath import text_to_path
from pyoxigraph import NamedNode

from fot_graph.core import media_types
from fot_graph.core.errors import UnknownNameError, UsageError
from fot_graph.core.files import write
from fot_graph.core.namespaces import expand
from fot_graph.core.terms import shown
from fot_graph.formats.networkx import to_networkx
from fot_graph.pictures.layout import heights, ordered
from fot_graph.questions import catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Unpack

    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from fot_graph.stores.interface import StoredGraph

    Network = nx.MultiDiGraph[str]

MOST_THINGS = 60  # more boxes than this are mud, not a picture

# The palette of Okabe and Ito (2008), which people with any colour vision tell apart, and a mark for each type
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8C7A00", "#5A5A5A")
_MARKS = ("o", "s", "^", "D", "v", "p", "P", "X", "h", "*", "<", ">", "d", "8", "H")
_INK, _GREY, _LINE = "#1A1A1A", "#5A5A5A", "#4D4D4D"

_SOLID, _DASHED, _DOTTED, _MIXED = (0.0, ()), (0.0, (5.0, 2.5)), (0.0, (1.2, 2.0)), (0.0, (7.0, 2.0, 1.5, 2.0))
_DASHES = {  # how a line is drawn tells who stands for it: the source, the question, the reader, another source
    **dict.fromkeys(("status:premise", "status:asked"), _DOTTED),
    **dict.fromkeys(("status:interpreted", "status:computed"), _DASHED),
    "status:background": _MIXED,
}

_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "fot_graph",
    "pdf.fonttype": 42,
    "path.simplify": False,
    "font.family": "DejaVu Sans",
}
_METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": "fot_graph"},
    "pdf": {"CreationDate": None, "Creator": "fot_graph", "Producer": None},
    "png": {"Software": "fot_graph"},
}
_DOTS_PER_INCH = 150

_MARGIN = 0.4
_CORNER = 0.05
_PADDING = 0.09
_GUTTER = (0.42, 0.04)  # between columns, room for lines to bend: so much, and so much for each inch that they climb
_GAP_OF_MAP = 2.2
_HEADING = 0.34  # above the first box of a group
_BETWEEN = {"box": 0.13, "finding": 0.07, "theme": 0.3, "relation": 0.09, "pass": 0.09}
_BETWEEN_PARTS = 0.45
_PORT = 0.09  # between lines that meet at one side of a box
_HEAD = 0.1  # length of an arrow's head
_MARK = 0.26  # the strip in a box where its mark stands
_LEAST_WIDTH = 6.5
_LEGEND_ROW = 0.27
_SAMPLE = 0.55  # of a line, in the legend

_SIZES = {"title": 15.0, "heading": 11.0, "finding": 9.5, "theme": 10.5, "box": 9.0, "relation": 8.0, "small": 8.0}
_LINE_HEIGHT = 1.25
_WIDTHS = {"finding": 3.9, "theme": 2.1, "box": 1.95, "relation": 1.1}  # of a line of text, at most
_AROUND = {"finding": _MARK + 0.17, "theme": 0.32, "box": _MARK + 0.17, "relation": 0.1, "pass": 0.0}

_WORDS = {
    "nl": {
        "focus": "Wat de beweringen zeggen over ‘{}’",
        "hops": "Wat de beweringen zeggen over ‘{}’, tot op {} stappen",
        "all": "Wat de beweringen zeggen",
        "themes": "Bevindingen en de hervormingsthema’s die ze voeden",
        "links": "Status van de verbanden: {}. De redenen: zie de vraag why-findings-inform-themes.",
        "unlinked": "Zonder verband: {} bevindingen en {} hervormingsthema’s, hier niet getoond.",
        "statuses": "Alleen wat als status heeft: {}.",
        "background": "Wat achtergrond is, komt uit andere openbare bronnen.",
        "source": "Bron: {}.",
        "other": "overige",
    },
    "en": {
        "focus": "What the claims say about ‘{}’",
        "hops": "What the claims say about ‘{}’, up to {} steps away",
        "all": "What the claims say",
        "themes": "Findings and the reform themes that they inform",
        "links": "Status of the links: {}. For the reasons, see the question why-findings-inform-themes.",
        "unlinked": "Without a link: {} findings and {} reform themes, not shown here.",
        "statuses": "Only what has the status: {}.",
        "background": "What is background comes from other public sources.",
        "source": "Source: {}.",
        "other": "other",
    },
}


_HEADINGS = {
    "nl": ("Bevindingen", "voeden", "Hervormingsthema’s"),
    "en": ("Findings", "inform", "Reform themes"),
}


class View(TypedDict, total=False):
    """What to show: at most one of a `focus`, a `question` and the `theme_map`; without them, everything."""

    lang: str
    focus: str | None
    hops: int
    question: str | None
    theme_map: bool
    statuses: Collection[str]


def draw(graph: StoredGraph, path: Path, **view: Unpack[View]) -> None:
    """Draw a picture into a .png (150 dots an inch), .svg or .pdf file; the same graph gives the same bytes.

    See `figure` for what can be drawn. The file is written whole or not at all, with no display.
    Raises: `UnknownNameError` for another suffix, `OutputFileError`, and what `figure` raises.
    """
    formats = media_types.holding(media_types.PICTURE)
    format_ = Path(Path(path).stem if media_types.is_compressed(path) else path).suffix.lower().removeprefix(".")
    if format_ not in formats:
        raise UnknownNameError("picture format", format_, formats)
    sheet = figure(graph, **view)
    content = io.BytesIO()
    with _style():
        sheet.savefig(content, format=format_, dpi=_DOTS_PER_INCH, metadata=_METADATA[format_])
    write(path, content.getvalue())


def figure(graph: StoredGraph, **view: Unpack[View]) -> Figure:
    """Draw a picture as a matplotlib `Figure`, for a notebook or a page of one's own.

    `lang` is 'nl' or 'en' (the default). `focus` (anything that `Graph.entity` finds) shows what lies within so many
    `hops` of it; `question` the things in the rows of a catalogue question and what joins them; `theme_map` the
    findings, by kind, with the reform themes that they inform. `statuses` leaves out claims of other statuses.

    >>> from fot_graph import load
    >>> len(figure(load(), focus="SERV").axes)
    1

    Raises: `UnknownNameError` for a language, focus, question or status that is not known; `UsageError` where there is
    nothing to draw, or more than `MOST_THINGS` things.
    """
    lang = view.get("lang", "en")
    chosen = [name for name in ("focus", "question", "theme_map") if view.get(name)]
    if len(chosen) > 1:
        raise UsageError(f"a picture shows one thing, not {' and '.join(chosen)}", "choose one")
    network = to_networkx(graph, lang=lang, statuses=view.get("statuses", ()))
    notes = _notes(graph, view, lang)
    with _style():
        if view.get("theme_map"):
            return _drawn(_theme_map(graph, network, lang), notes)
        part, columns, title = _chosen(graph, network, view, lang)
        if len(part) > MOST_THINGS:
            raise UsageError(f"{len(part)} things are too many for one picture", _fewer(view))
        return _drawn(_scene(graph, part, columns, title, lang), notes)


@contextmanager
def _style() -> Iterator[None]:
    """Draw in our own style whatever the user's matplotlibrc says, and leave theirs as it was."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


# --- What is shown ---------------------------------------------------------------------------------------------------

Dashes = tuple[float, tuple[float, ...]]


class _Look(NamedTuple):
    """How a kind of thing looks, and what the legend says of it."""

    colour: str
    mark: str
    name: str


class _Box(NamedTuple):
    """What stands in a column: a thing, the name of a relation, or ("pass") a line on its way to a further column."""

    column: int
    role: str
    lines: tuple[str, ...] = ()
    kind: str = ""
    bold: bool = False


class _Stroke(NamedTuple):
    """A line from one box to another in a neighbouring column, with or without a head at its end."""

    start: str
    end: str
    dashes: Dashes
    head: bool = True
    colour: str = _LINE


class _Key(NamedTuple):
    """A kind of line in the legend."""

    name: str
    dashes: Dashes
    colour: str = _LINE
    mark: str = ""


class _Scene(NamedTuple):
    """A picture before it is laid out; `groups` keep boxes of a kind together, `headings` stand over columns."""

    title: str
    boxes: dict[str, _Box]
    strokes: list[_Stroke]
    looks: dict[str, _Look]
    keys: list[_Key]
    groups: Mapping[str, str] = {}
    headings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def _chosen(graph: StoredGraph, network: Network, view: View, lang: str) -> tuple[Network, dict[str, int], str]:
    """Give the part of the network to show, the column of each thing in it, and the title."""
    words, focus, question = _WORDS[lang], view.get("focus"), view.get("question")
    if question:
        return *_answered(graph, network, question), catalogue.question(question).summary[lang]
    if focus is None:
        return network, _columns(network), words["all"]
    hops = view.get("hops", 1)
    around = to_networkx(graph, lang=lang, statuses=view.get("statuses", ()), focus=focus, hops=hops)
    name = graph.namespaces.shorten(graph.find(focus).value)
    around.nodes[name]["focus"] = True
    title = words["focus" if hops == 1 else "hops"].format(around.nodes[name]["label"], hops)
    return around, _sides(around, name), title


def _answered(graph: StoredGraph, network: Network, name: str) -> tuple[Network, dict[str, int]]:
    """Give the things in a row of an answer, or named in its query, that a claim joins, and the column of each.

    It is the column of the answer where a thing stands first; what the query names goes before.
    """
    columns, together = _together(graph, network, catalogue.bind(catalogue.question(name), graph, {}))
    part = network.copy()
    part.remove_edges_from([edge for edge in network.edges(keys=True) if (edge[0], edge[1]) not in together])
    part.remove_nodes_from([node for node, degree in [*part.degree()] if not degree])
    if not part:
        hint = "draw one that asks how things are related, such as findings-informing-themes"
        raise UsageError(f"no claim joins the things in the answer to '{name}'", hint)
    numbers = {column: i for i, column in enumerate(sorted({columns[node] for node in part}))}
    return part, {node: numbers[columns[node]] for node in part}


def _together(graph: StoredGraph, network: Network, query: str) -> tuple[dict[str, int], set[tuple[str, str]]]:
    """Give the column of each thing in an answer or in its query, and the pairs of things that share a row."""
    named = dict.fromkeys((node for node in network if re.search(rf"(?<![\w:]){re.escape(node)}(?![\w-])", query)), -1)
    columns: dict[str, int] = {}
    pairs: set[tuple[str, str]] = set()
    for row in graph.execute(query).found:
        nodes = [(i, term.value) for i, term in enumerate(row) if isinstance(term, NamedNode)]
        things = {**named, **{graph.namespaces.shorten(iri): i for i, iri in nodes}}
        pairs |= {(one, other) for one in things for other in things}
        columns = {**things, **columns}
    return columns, pairs


def _columns(network: Network) -> dict[str, int]:
    """Put each part that hangs together to the left and right of the thing in it that most is said about."""
    columns: dict[str, int] = {}
    for part in nx.connected_components(_undirected(network)):
        middle = max(sorted(part), key=lambda node: len(network.in_edges(node)) + len(network.out_edges(node)))
        columns |= _sides(network, middle)
    return columns


def _sides(network: Network, middle: str) -> dict[str, int]:
    """Put what a thing points to on its right, what points to it on its left, and the rest further out."""
    columns = {middle: 0}
    for before, node in nx.bfs_edges(_undirected(network), middle):
        side = columns[before] or (1 if network.has_edge(middle, node) else -1)
        columns[node] = columns[before] + (1 if side > 0 else -1)
    first = min(columns.values())
    return {node: column - first for node, column in columns.items()}


def _undirected(network: Network) -> nx.Graph[str]:
    """Forget directions; networkx's own undirected view hands out neighbours in an order that differs by run."""
    return nx.Graph([(start, end) for start, end, _ in network.edges(keys=True)])


def _fewer(view: View) -> str:
    if view.get("question"):
        return "draw another question, or a focus"
    return "choose a focus" if view.get("focus") is None else "take fewer hops, fewer statuses or another focus"


def _notes(graph: StoredGraph, view: View, lang: str) -> list[str]:
    """Say from which statuses and documents the picture was drawn, documents with number, date and author."""
    words, notes = _WORDS[lang], []
    statuses = [name.removeprefix("status:") for name in view.get("statuses", ())]
    if statuses:
        names = [graph.label(expand(f"status:{name}"), lang) for name in statuses]
        notes.append(words["statuses"].format(", ".join(names)))
    rows = list(graph.execute(_DOCUMENTS).found)
    labels, name = graph.labels(lang), graph.namespaces.shorten
    documents = [", ".join(shown(term, labels, {}, lang, name) for term in row) for row in rows]
    return [*notes, words["source"].format("; ".join(documents))] if documents else notes


_DOCUMENTS = """
SELECT ?document ?date ?author WHERE {
  ?question dcterms:isPartOf ?document ; dcterms:issued ?date ; dcterms:creator ?author .
}
ORDER BY ?date ?document ?author
"""


def _looks(names: Mapping[str, str], kinds: Iterable[str], other: str) -> dict[str, _Look]:
    """Give each kind its colour and mark, the most frequent first; `names` are the kinds' labels."""
    ranked = sorted(Counter(kinds).items(), key=lambda item: (-item[1], item[0]))
    looks = zip(ranked, cycle(_COLOURS), cycle(_MARKS), strict=False)
    return {kind: _Look(colour, mark, names.get(kind) or other) for (kind, _), colour, mark in looks}


# --- Things and relations --------------------------------------------------------------------------------------------


class _Fact(NamedTuple):
    start: str
    end: str
    label: str
    dashes: Dashes


def _scene(graph: StoredGraph, network: Network, columns: Mapping[str, int], title: str, lang: str) -> _Scene:
    """Put things in the even columns and relations in between; what shares an end and a relation names it once."""
    boxes = {node: _thing(network, node, columns[node]) for node in network}
    names = {about["kind"]: about["type"] for _, about in network.nodes(data=True)}
    looks = _looks(names, [about["kind"] for _, about in network.nodes(data=True)], _WORDS[lang]["other"])
    strokes: list[_Stroke] = []
    for number, ((hub, _, label, dashes, _), facts) in enumerate(_bundles(network, columns).items()):
        relation = f"relation {number}"
        boxes[relation] = _relation(columns, hub, facts, label)
        strokes += _bundle(boxes, relation, hub, facts, dashes)
    elsewhere = any(edge["status"] == "status:background" for _, _, edge in network.edges(data=True))
    remarks = (_WORDS[lang]["background"],) if elsewhere else ()
    return _Scene(title, boxes, strokes, looks, _keys(graph, network, lang), remarks=remarks)


def _thing(network: Network, node: str, column: int) -> _Box:
    about = network.nodes[node]
    bold = bool(about.get("focus"))
    return _Box(2 * column, "box", _wrapped(_readable(about["label"]), "box", bold=bold), about["kind"], bold)


def _readable(label: str) -> str:
    """Let a web address break after its slashes, and leave out what every address has."""
    return label if "://" not in label else re.sub(r"([/_-])", "\\1\u200b", label.partition("://")[2])


def _bundles(network: Network, columns: Mapping[str, int]) -> dict[tuple[str, bool, str, Dashes, int], list[_Fact]]:
    """Give facts that share a start or an end, a relation, a kind of line and the other column, as one bundle."""
    facts = dict.fromkeys(
        _Fact(start, end, edge["label"], _DASHES.get(edge["status"], _SOLID))
        for start, end, edge in network.edges(data=True)
    )
    choices = {
        fact: [
            (fact.start, True, fact.label, fact.dashes, columns[fact.end]),
            (fact.end, False, fact.label, fact.dashes, columns[fact.start]),
        ]
        for fact in facts
    }
    sizes = Counter(choice for both in choices.values() for choice in both)
    bundles = defaultdict(list)
    for fact, both in choices.items():
        bundles[max(both, key=sizes.__getitem__)].append(fact)
    return bundles


def _relation(columns: Mapping[str, int], hub: str, facts: Sequence[_Fact], label: str) -> _Box:
    """Name a relation beside the thing that its facts share, on the side of the others; outside if in one column."""
    other = facts[0].end if facts[0].start == hub else facts[0].start
    outside = 1 if 2 * columns[hub] >= max(columns.values()) else -1
    side = outside if columns[other] == columns[hub] else 1 if columns[other] > columns[hub] else -1
    return _Box(2 * columns[hub] + side, "relation", _wrapped(label, "relation"))


def _bundle(
    boxes: dict[str, _Box], relation: str, hub: str, facts: Sequence[_Fact], dashes: Dashes
) -> Iterator[_Stroke]:
    """Yield the lines of a bundle, through boxes of their own where they pass a column."""
    outward = facts[0].start == hub
    yield _Stroke(hub, relation, dashes, head=False) if outward else _Stroke(relation, hub, dashes)
    for fact in facts:
        other = fact.end if outward else fact.start
        way = [relation, *_passes(boxes, relation, other), other]
        for one, two in pairwise(way if outward else way[::-1]):
            yield _Stroke(one, two, dashes, head=outward and two == other)


def _passes(boxes: dict[str, _Box], start: str, end: str) -> list[str]:
    first, last = boxes[start].column, boxes[end].column
    step = 1 if last > first else -1
    between = {f"{start} to {end} by {column}": column for column in range(first + step, last, step)}
    boxes.update({name: _Box(column, "pass") for name, column in between.items()})
    return list(between)


def _keys(graph: StoredGraph, network: Network, lang: str) -> list[_Key]:
    """Name each kind of line by the statuses that it is drawn for."""
    statuses = dict.fromkeys(sorted(edge["status"] for _, _, edge in network.edges(data=True)))
    named = defaultdict(list)
    for status in statuses:
        named[_DASHES.get(status, _SOLID)].append(graph.label(graph.namespaces.expand(status), lang))
    return [_Key(", ".join(named[dashes]), dashes) for dashes in (_SOLID, _DOTTED, _DASHED, _MIXED) if dashes in named]


# --- Findings and themes ---------------------------------------------------------------------------------------------


def _theme_map(graph: StoredGraph, network: Network, lang: str) -> _Scene:
    """Put the findings on the left, by kind, and the themes on the right."""
    links = _joined(network, "fot:informs")
    if not links:
        raise UsageError("no finding informs a reform theme here", "keep claims of more statuses")
    full = to_networkx(graph, lang=lang)
    kinds = dict(_joined(full, "fot:findingKind"))
    groups = {finding: kinds.get(finding, "") for finding, _ in links}
    names = {kind: graph.label(graph.namespaces.expand(kind), lang) for kind in groups.values() if kind}
    looks = _looks(names, groups.values(), _WORDS[lang]["other"])
    dashes = dict(zip(looks, cycle((_SOLID, _DASHED, _DOTTED, _MIXED)), strict=False))
    boxes = {finding: _row(network, finding, 0, kind) for finding, kind in groups.items()}
    boxes |= {theme: _row(network, theme, 1, "") for _, theme in links}
    strokes = [_Stroke(start, end, dashes[groups[start]], colour=looks[groups[start]].colour) for start, end in links]
    keys = [_Key(look.name, dashes[kind], look.colour, look.mark) for kind, look in looks.items()]
    left_out = [about["kind"] for node, about in full.nodes(data=True) if node not in boxes]
    remarks = (*_remarks(graph, network, left_out, lang),)
    return _Scene(_WORDS[lang]["themes"], boxes, strokes, looks, keys, groups, _HEADINGS[lang], remarks)


def _joined(network: Network, predicate: str) -> list[tuple[str, str]]:
    """Give the pairs that a relation joins, each once."""
    edges = network.edges(data=True)
    return list(dict.fromkeys((start, end) for start, end, edge in edges if edge["predicate"] == predicate))


def _row(network: Network, name: str, column: int, kind: str) -> _Box:
    width = "finding" if column == 0 else "theme"
    return _Box(column, width, _wrapped(network.nodes[name]["label"], width, bold=column == 1), kind, bold=column == 1)


def _remarks(graph: StoredGraph, network: Network, left_out: Iterable[str], lang: str) -> Iterator[str]:
    """Say what the links rest on and what is left out, so that nobody takes the picture for all that was found."""
    edges = [edge for _, _, edge in network.edges(data=True) if edge["predicate"] == "fot:informs"]
    statuses = sorted({graph.label(graph.namespaces.expand(edge["status"]), lang) for edge in edges})
    yield _WORDS[lang]["links"].format(", ".join(statuses))
    counts = Counter(left_out)
    if counts["fot:Finding"] or counts["fot:ReformTheme"]:
        yield _WORDS[lang]["unlinked"].format(counts["fot:Finding"], counts["fot:ReformTheme"])


# --- Text ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _measured(text: str, role: str, *, bold: bool = False) -> float:
    """Measure a line of text as the font draws it."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=_SIZES[role])
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]) / 72


def _wrapped(text: str, role: str, *, bold: bool = False, width: float = 0) -> tuple[str, ...]:
    """Break a text into lines that fit, at white space and, where a word alone is too long, within the word."""
    room = width or _WIDTHS[role]
    lines = [""]
    for word in _words(text, role, room):
        longer = f"{lines[-1]} {word}".strip()
        if _measured(longer, role, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(line for line in lines if line) or ("?",)


def _words(text: str, role: str, room: float) -> Iterator[str]:
    for word in text.split():
        piece = ""
        for part in re.findall(r"[^/_-]+[/_-]*|[/_-]+", word) if _measured(word, role, bold=True) > room else [word]:
            if piece and _measured(piece + part, role, bold=True) > room:
                yield piece
                piece = ""
            piece += part
        yield piece


def _tall(lines: int, role: str) -> float:
    return lines * _SIZES[role] * _LINE_HEIGHT / 72


# --- Layout ----------------------------------------------------------------------------------------------------------


class _Place(NamedTuple):
    """Where a box stands: its middle and its size."""

    x: float
    y: float
    width: float
    height: float

    def side(self, to: float) -> float:
        """Give the edge that looks to a place on the left or right."""
        return self.x + (self.width / 2 if to > self.x else -self.width / 2)


def _placed(scene: _Scene) -> dict[str, _Place]:
    """Give each box its place, the parts that hang together one below the other."""
    tall = {name: _high(name, box, scene.strokes) for name, box in scene.boxes.items()}
    down = _down(scene, tall)
    climb = max(abs(down[stroke.start] - down[stroke.end]) for stroke in scene.strokes)
    across = _across(scene, _GAP_OF_MAP if scene.groups else _GUTTER[0] + _GUTTER[1] * climb)
    return {name: _Place(x, down[name], wide, tall[name]) for name, (x, wide) in across.items()}


def _wide(box: _Box) -> float:
    widest = max((_measured(line, box.role, bold=box.bold) for line in box.lines), default=0.0)
    return widest + _AROUND[box.role]


def _high(name: str, box: _Box, strokes: Sequence[_Stroke]) -> float:
    """Give the height that the text needs, or the lines that meet at one side."""
    if box.role == "pass":
        return _PORT / 2
    ports = max(sum(stroke.end == name for stroke in strokes), sum(stroke.start == name for stroke in strokes))
    room = 0.0 if box.role == "relation" else ports * _PORT
    return max(_tall(len(box.lines), box.role) + (0.04 if box.role == "relation" else 2 * _PADDING), room)


def _across(scene: _Scene, gutter: float) -> dict[str, tuple[float, float]]:
    """Give the middle and the width of each box: as wide as its column, but for the names of relations."""
    widths = {name: _wide(box) for name, box in scene.boxes.items()}
    members = defaultdict(list)
    for name, box in scene.boxes.items():
        members[box.column].append(name)
    spots: dict[str, tuple[float, float]] = {}
    left = _MARGIN
    for number in sorted(members):
        wide = max(widths[name] for name in members[number])
        for name in members[number]:
            spots[name] = (left + wide / 2, widths[name] if scene.boxes[name].role == "relation" else wide)
        left += wide + gutter
    return spots


def _down(scene: _Scene, tall: Mapping[str, float]) -> dict[str, float]:
    """Give the middle of each box from the top down."""
    links = list(dict.fromkeys((stroke.start, stroke.end) for stroke in scene.strokes))
    down: dict[str, float] = {}
    top = 0.0

    def room(upper: str, lower: str) -> float:
        apart = _BETWEEN[scene.boxes[upper].role]
        heading = _HEADING if scene.groups.get(upper) != scene.groups.get(lower) else 0
        return (tall[upper] + tall[lower]) / 2 + apart + heading

    for part in _parts(scene, links):
        columns = [[name for name in part if scene.boxes[name].column == i] for i in _span(scene, part)]
        inside = [link for link in links if link[0] in part]
        found = heights(ordered(columns, inside, scene.groups), inside, room)
        first = min(found[name] - tall[name] / 2 for name in part)
        down |= {name: top + height - first for name, height in found.items()}
        top = max(down[name] + tall[name] / 2 for name in part) + _BETWEEN_PARTS
    return down


def _span(scene: _Scene, part: Iterable[str]) -> range:
    columns = [scene.boxes[name].column for name in part]
    return range(min(columns), max(columns) + 1)


def _parts(scene: _Scene, links: Iterable[tuple[str, str]]) -> list[dict[str, None]]:
    """Give the parts that hang together, the largest first, each in the order in which its boxes were made."""
    parts = list(nx.connected_components(nx.Graph(links)))
    parts.sort(key=lambda part: (-len(part), min(part)))
    return [dict.fromkeys(name for name in scene.boxes if name in part) for part in parts]


# --- Drawing ---------------------------------------------------------------------------------------------------------


def _drawn(scene: _Scene, notes: Sequence[str]) -> Figure:
    """Draw a scene on a sheet of its own size: title, headings, boxes and lines, legend, notes."""
    places = _placed(scene)
    width = max(_LEAST_WIDTH, max(place.x + place.width / 2 for place in places.values()) + _MARGIN)
    title = _wrapped(scene.title, "title", bold=True, width=width - 2 * _MARGIN)
    above = _MARGIN + _tall(len(title), "title") + (0.3 + 2 * _HEADING if scene.headings else 0.3)
    places = {name: place._replace(y=place.y + above) for name, place in places.items()}
    entries = _flowed(scene, width, max(place.y + place.height / 2 for place in places.values()) + 0.5)
    floor = entries[-1].y + _LEGEND_ROW
    wrapped = [_wrapped(note, "small", width=width - 2 * _MARGIN) for note in (*scene.remarks, *notes) if note]
    lines = [line for note in wrapped for line in note]
    sheet, axes = _sheet(width, floor + _tall(len(lines), "small") + _MARGIN)
    _write_text(axes, (_MARGIN, _MARGIN), title, "title", weight="bold", va="top")
    _draw_headings(axes, scene, places)
    _draw_lines(axes, scene, places)
    _draw_boxes(axes, scene, places)
    for entry in entries:
        _draw_entry(axes, entry)
    _write_text(axes, (_MARGIN, floor), lines, "small", va="top", color=_GREY)
    return sheet


def _sheet(width: float, height: float) -> tuple[Figure, Axes]:
    """Give a sheet, and axes over all of it, in inches from the top left."""
    sheet = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(sheet)
    axes = sheet.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    return sheet, axes


class _Style(TypedDict, total=False):
    ha: Literal["left", "center"]
    va: Literal["top", "center"]
    color: str
    style: Literal["normal", "italic"]
    weight: Literal["normal", "bold"]


def _write_text(
    axes: Axes, spot: tuple[float, float], lines: Sequence[str], role: str, **style: Unpack[_Style]
) -> Text:
    """Write lines of text. One line stands on the same base whatever its letters; several are centred as a block."""
    middle: Literal["center_baseline", "center"] = "center_baseline" if len(lines) == 1 else "center"
    look: dict[str, Any] = {"va": middle, "color": _INK, **style}
    (x, y), size = spot, _SIZES[role]
    y -= 0.07 * size / 72 if middle == "center_baseline" else 0.0  # letters without tails look centred a little higher
    return axes.text(x, y, "\n".join(lines), fontsize=size, linespacing=_LINE_HEIGHT, parse_math=False, **look)


def _draw_headings(axes: Axes, scene: _Scene, places: Mapping[str, _Place]) -> None:
    """Head the columns, and name the relation between them."""
    if not scene.headings:
        return
    left, right = sorted({place.x - place.width / 2 for place in places.values()})
    middle = right - _GAP_OF_MAP / 2
    y = min(place.y - place.height / 2 for place in places.values()) - _HEADING - 0.3
    start, relation, end = ([heading] for heading in scene.headings)
    _write_text(axes, (left, y), start, "heading", weight="bold")
    _write_text(axes, (middle, y), relation, "heading", ha="center", style="italic")
    _write_text(axes, (right, y), end, "heading", weight="bold")
    _draw_stroke(axes, (middle - 0.6, y + 0.17), (middle + 0.6, y + 0.17), _Stroke("", "", _SOLID))
    _draw_group_headings(axes, scene, places, left)


def _draw_group_headings(axes: Axes, scene: _Scene, places: Mapping[str, _Place], left: float) -> None:
    """Head each group over its first box."""
    for kind in dict.fromkeys(scene.groups.values()):
        top = min(places[name].y - places[name].height / 2 for name, group in scene.groups.items() if group == kind)
        look = scene.looks[kind]
        name = [look.name[:1].upper() + look.name[1:]]
        _write_text(axes, (left, top - 0.14), name, "finding", weight="bold", color=_shade(look.colour))


def _draw_boxes(axes: Axes, scene: _Scene, places: Mapping[str, _Place]) -> None:
    for name, box in scene.boxes.items():
        if box.role == "relation":
            spot = (places[name].x, places[name].y)
            text = _write_text(axes, spot, box.lines, "relation", ha="center", style="italic")
            text.set_bbox({"fc": "white", "ec": "none", "pad": 1.0})  # lines that pass below leave it readable
        elif box.role != "pass":
            _draw_box(axes, box, places[name], scene.looks.get(box.kind))


def _draw_box(axes: Axes, box: _Box, place: _Place, look: _Look | None) -> None:
    left = place.x - place.width / 2
    _draw_frame(axes, place, look.colour if look else _GREY, bold=box.bold)
    if look:
        _draw_mark(axes, (left + _MARK / 2 + 0.02, place.y), look)
    text = (left + (_MARK + 0.03 if look else 0.16), place.y)
    _write_text(axes, text, box.lines, box.role, weight="bold" if box.bold else "normal")


def _draw_frame(axes: Axes, place: _Place, colour: str, *, bold: bool) -> None:
    corner = (place.x - place.width / 2 + _CORNER, place.y - place.height / 2 + _CORNER)
    style = f"round,pad={_CORNER},rounding_size={_CORNER}"
    size = (place.width - 2 * _CORNER, place.height - 2 * _CORNER)
    frame = FancyBboxPatch(
        corner, *size, boxstyle=style, fc=_tint(colour), ec=_shade(colour), lw=1.8 if bold else 0.8, zorder=2
    )
    axes.add_patch(frame)


def _draw_mark(axes: Axes, spot: tuple[float, float], look: _Look) -> None:
    x, y = spot
    axes.plot([x], [y], marker=look.mark, ms=7, color=look.colour, mec=_INK, mew=0.6, ls="none", zorder=4)


def _tint(colour: str) -> str:
    red, green, blue = (0.88 + 0.12 * part for part in to_rgb(colour))
    return to_hex((red, green, blue))


def _shade(colour: str) -> str:
    """Darken a colour until text in it reads well on white."""
    red, green, blue = (0.65 * part for part in to_rgb(colour))
    return to_hex((red, green, blue))


# --- Lines -----------------------------------------------------------------------------------------------------------


def _draw_lines(axes: Axes, scene: _Scene, places: Mapping[str, _Place]) -> None:
    ports = _ports(scene.strokes, places)
    for number, stroke in enumerate(scene.strokes):
        _draw_stroke(axes, ports[number, stroke.start], ports[number, stroke.end], stroke)
        for name in (stroke.start, stroke.end):
            if scene.boxes[name].role == "pass":
                place = places[name]
                _draw_curve(axes, [(place.side(-1), place.y), (place.side(99), place.y)], stroke)


def _ports(strokes: Sequence[_Stroke], places: Mapping[str, _Place]) -> dict[tuple[int, str], tuple[float, float]]:
    """Give each line its own spot at the side of a box, in the order in which the lines come in."""
    sides: defaultdict[tuple[str, float], list[tuple[float, int]]] = defaultdict(list)
    for number, stroke in enumerate(strokes):
        for name, other in ((stroke.start, stroke.end), (stroke.end, stroke.start)):
            sides[name, places[name].side(places[other].x)].append((places[other].y, number))
    return {
        (number, name): (x, places[name].y + min(_PORT, places[name].height / len(lines)) * (i - (len(lines) - 1) / 2))
        for (name, x), lines in sides.items()
        for i, (_, number) in enumerate(sorted(lines))
    }


def _draw_stroke(axes: Axes, start: tuple[float, float], end: tuple[float, float], stroke: _Stroke) -> None:
    """Draw a line that leaves and arrives level, with its head, if any, drawn apart so that dashes leave it whole."""
    (x0, y0), (x1, y1) = start, end
    back = (_HEAD if x1 < x0 else -_HEAD) if stroke.head else 0.0
    bend = (x0 + x1 + back) / 2
    _draw_curve(axes, [(x0, y0), (bend, y0), (bend, y1), (x1 + back, y1)], stroke)
    if stroke.head:
        corners = [(x1, y1), (x1 + back, y1 - _HEAD / 2.6), (x1 + back, y1 + _HEAD / 2.6)]
        axes.add_patch(Polygon(corners, fc=stroke.colour, ec="none", zorder=3))


def _draw_curve(axes: Axes, points: Sequence[tuple[float, float]], stroke: _Stroke) -> None:
    codes = [Curve.MOVETO, *([Curve.CURVE4] * 3 if len(points) == 4 else [Curve.LINETO])]
    style: dict[str, Any] = {"ls": stroke.dashes, "ec": stroke.colour, "fc": "none", "lw": 1.1}
    axes.add_patch(PathPatch(Curve(list(points), codes), capstyle="butt", zorder=1, **style))


# --- Legend ----------------------------------------------------------------------------------------------------------


class _Entry(NamedTuple):
    x: float
    y: float
    key: _Key | _Look


def _flowed(scene: _Scene, width: float, top: float) -> list[_Entry]:
    """Set the legend in rows: marks first, then lines, which begin a row of their own."""
    marks = [] if any(key.mark for key in scene.keys) else list(scene.looks.values())
    entries: list[_Entry] = []
    y = top
    rows: list[Sequence[_Key | _Look]] = [row for row in (marks, scene.keys) if row]
    for row in rows:
        x = _MARGIN
        for kind in row:
            wide = _measured(kind.name, "box") + (_SAMPLE + 0.4 if isinstance(kind, _Key) else 0.5)
            if x > _MARGIN and x + wide > width - _MARGIN:
                x, y = _MARGIN, y + _LEGEND_ROW
            entries.append(_Entry(x, y, kind))
            x += wide
        y += _LEGEND_ROW
    return entries


def _draw_entry(axes: Axes, entry: _Entry) -> None:
    x, y, kind = entry
    if isinstance(kind, _Look):
        _draw_mark(axes, (x + 0.1, y), kind)
        _write_text(axes, (x + 0.27, y), [kind.name], "box")
        return
    _draw_stroke(axes, (x, y), (x + _SAMPLE, y), _Stroke("", "", kind.dashes, colour=kind.colour))
    if kind.mark:
        _draw_mark(axes, (x + (_SAMPLE - _HEAD) / 2, y), _Look(kind.colour, kind.mark, kind.name))
    _write_text(axes, (x + _SAMPLE + 0.1, y), [kind.name], "box")
