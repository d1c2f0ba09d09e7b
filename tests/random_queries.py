"""Random SPARQL queries over a graph: every construct, and most of them with an answer.

A query is written around a witness. A walk over real triples gives a pattern, of which some terms become variables;
what they stand for in the walk is remembered, so that filters, values and further patterns can be made to hold for it.
`make(random)` takes any `random.Random`: a seeded one repeats a query, hypothesis's own makes a failing one shorter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, cast

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from fot_graph.namespaces import PREFIXES, curie, expand, is_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random
    from typing import TypeVar

    from pyoxigraph import BlankNode, QuerySolutions, Store, Triple

    from fot_graph.graph import Graph

    Term = NamedNode | BlankNode | Literal | Triple
    Item = TypeVar("Item")
    Element = Callable[["_Scope", int], str]


CONSTRUCTS = (
    "join; ';'; ','; a; [ ]; blank node; variable predicate; OPTIONAL; FILTER in OPTIONAL; UNION; MINUS; "
    "EXISTS; NOT EXISTS; EXISTS in an expression; comparison; IN; regex; lang; bound; !bound; &&; ||; BIND; "
    "VALUES; VALUES at the end; UNDEF; sub-query; DISTINCT in a sub-query; LIMIT in a sub-query; "
    "aggregate in a sub-query; GROUP BY; GROUP BY expression; implicit group; HAVING; COUNT(*); COUNT; "
    "COUNT DISTINCT; SUM; AVG; MIN; MAX; SAMPLE; GROUP_CONCAT; DISTINCT; REDUCED; ORDER BY; LIMIT; OFFSET; /; "
    "|; ^; !; ? in a path; * in a path; + in a path; GRAPH constant; GRAPH variable; FROM; FROM NAMED; "
    "SELECT *; SELECT expression; ASK; CONSTRUCT; CONSTRUCT WHERE; blank node in a template; DESCRIBE; "
    "DESCRIBE WHERE"
).split("; ")


class Query(NamedTuple):
    """A query and the constructs that it uses."""

    text: str
    used: frozenset[str]

    def __repr__(self) -> str:  # what hypothesis shows of a failure
        return f"\n{self.text}\n"


def make(random: Random, data: Data, store: Store) -> Query:
    """Write a query; the store, which holds the data, is asked on the way whether there are not too many solutions."""
    maker = _Maker(random, data, store)
    return Query(maker.query(), frozenset(maker.used))


def queries(graph: Graph) -> st.SearchStrategy[Query]:
    """Give queries as a strategy, which shortens those that fail."""
    data = Data(graph.quads)
    return st.randoms(use_true_random=False).map(lambda random: make(random, data, graph.store))


def shorter(text: str, still: Callable[[str], bool], seconds: float = 30) -> str:
    """Leave words out of a query, as long as something still holds of it, for some time."""
    words, end = text.split(" "), monotonic() + seconds
    size = len(words) // 2
    while size:
        place = 0
        while place < len(words) and monotonic() < end:
            rest = words[:place] + words[place + size :]
            words, place = (rest, place) if still(" ".join(rest)) else (words, place + max(1, size // 4))
        size = size // 2 if size > 12 else size - 1
    return " ".join(words)


# --- The data that queries are drawn from ---------------------------------------------------------------------------

_TYPE = NamedNode(expand("rdf:type"))
_PROVENANCE = expand("graph:provenance")
_LONGEST = 60  # characters of a constant
_MOST = 100  # solutions of a group
_NUMERIC = tuple(expand(f"xsd:{name}") for name in ("integer", "decimal", "nonNegativeInteger"))


class Data:
    """Quads, which can be found by their nodes."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = sorted(quads, key=str)
        self.at: dict[Term, list[Quad]] = defaultdict(list)
        for quad in self.quads:
            self.at[quad.subject].append(quad)
            self.at[quad.object].append(quad)
        self.kinds = [kind for kind in self._kinds() if kind]

    def _kinds(self) -> Iterable[list[Quad]]:
        """Yield the quads by what they rest on; claims come first and twice, since evidence is about them."""
        claims = [quad for quad in self.quads if not is_layer(_name(quad))]
        provenance = [quad for quad in self.quads if _name(quad) == _PROVENANCE]
        yield from (claims, provenance, claims)
        yield [quad for quad in self.quads if is_layer(_name(quad)) and _name(quad) != _PROVENANCE]

    @cached_property
    def graphs(self) -> dict[NamedNode, Data]:
        """The data of each named graph."""
        found: dict[NamedNode, list[Quad]] = defaultdict(list)
        for quad in self.quads:
            assert isinstance(quad.graph_name, NamedNode)
            found[quad.graph_name].append(quad)
        return {name: Data(quads) for name, quads in found.items()}


def _name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _constant(term: Term) -> str:
    short = curie(term.value) if isinstance(term, NamedNode) else ""
    return short if re.fullmatch(r"[a-z-]+:[A-Za-z][\w-]*", short) else str(term)


def _is_numeric(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMERIC


class _Scope:
    """The variables of a place in a query: the bound ones, with their value in the witness, and those that may be.

    A name that is `taken` stands for something in the same group or around it, and no new variable may have it.
    """

    def __init__(self, data: Data, known: dict[str, Term], maybe: list[str], taken: set[str]) -> None:
        self.data, self.known, self.maybe, self.taken = data, known, maybe, taken
        self.often = False  # the place is in EXISTS, where the engine matches a pattern once for each solution

    def inner(self, *, apart: bool = False, often: bool = False) -> _Scope:
        """Give the scope of a group in this one; `apart` lets it use names that others of its kind use too."""
        made = _Scope(self.data, dict(self.known), list(self.maybe), set(self.taken) if apart else self.taken)
        made.often = self.often or often
        return made

    def fresh(self, besides: Iterable[str] = ()) -> str:
        name = next(f"?{letter}{number}" for number in ("", *range(1, 50)) for letter in "abcdefghijklmnopqrst"
                    if f"?{letter}{number}" not in {*self.taken, *besides})  # fmt: skip
        self.taken.add(name)
        return name

    @property
    def names(self) -> list[str]:
        return [*self.known, *self.maybe]


# --- Writing a query ------------------------------------------------------------------------------------------------


class _Maker:
    """Writes one query; `used` collects the constructs."""

    def __init__(self, random: Random, data: Data, store: Store) -> None:
        self.random, self.data, self.store = random, data, store
        self.named = data.graphs  # those that GRAPH reaches
        self.used: set[str] = set()
        self.blanks = 0
        self.depth = self.choice((0, 1, 1, 2))

    def query(self) -> str:
        dataset, data = self.dataset()
        scope = _Scope(data, {}, [], set())
        forms = (self.select, self.select, self.select, self.aggregate, self.aggregate)
        form = self.choice((*forms, *forms, self.ask, self.construct, self.construct, self.describe))
        return form(scope, dataset)

    # --- Chance -----------------------------------------------------------------------------------------------------

    def may(self, percent: int) -> bool:
        return self.random.randint(0, 99) >= 100 - percent  # 0, to which hypothesis shortens, is no

    def choice(self, items: Sequence[Item]) -> Item:
        return items[self.random.randint(0, len(items) - 1)]

    def some(self, items: Sequence[Item], least: int = 1, most: int = 3) -> list[Item]:
        """Choose some of the items, in their order."""
        left, number = list(enumerate(items)), self.random.randint(least, most)
        chosen: list[tuple[int, Item]] = []
        while left and len(chosen) < number:
            chosen += [left.pop(self.random.randint(0, len(left) - 1))]
        return [item for _, item in sorted(chosen, key=lambda pair: pair[0])]

    def use(self, construct: str, text: str) -> str:
        self.used.add(construct)
        return text

    # --- Walks over the data ----------------------------------------------------------------------------------------

    def near(self, data: Data, term: Term) -> Quad:
        """Choose a quad at a term, with a liking for what claims say."""
        quads = data.at[term]
        claims = [quad for quad in quads if not is_layer(_name(quad)) or _name(quad) == _PROVENANCE]
        return self.choice(claims if claims and self.may(75) else quads)

    def start(self, scope: _Scope) -> Quad:
        """Choose a quad that hangs together with what is known, or any one."""
        terms = [term for term in scope.known.values() if term in scope.data.at]
        return self.near(scope.data, self.choice(terms)) if terms else self.choice(self.choice(scope.data.kinds))

    def walk(self, scope: _Scope, length: int) -> list[Quad]:
        """Choose quads that hang together, as a star, a chain or both."""
        quads = [self.start(scope)]
        for _ in range(length - 1):
            last = self.choice(quads)
            quad = self.near(scope.data, self.choice((last.subject, last.object)))
            quads += [quad] if quad not in quads else []
        return quads

    # --- Patterns ---------------------------------------------------------------------------------------------------

    def group(self, scope: _Scope, depth: int) -> str:
        """Write a group that the witness matches."""
        first = [self.triples, self.triples, self.triples, self.graph, self.path]
        nested = [self.union, self.union, self.values_first, self.subselect]
        written = self.held(scope, "", self.choice(first + nested * (depth > 0)), depth)
        for _ in range(self.choice((0, 1, 1, 2, 3))):
            written = self.held(scope, written, self.element(depth), depth)
        return written or "id:focus-op-talent fot:introducedDuring ?period ."

    def held(self, scope: _Scope, before: str, element: Element, depth: int) -> str:
        """Write one element more, unless there are too many solutions with it, or mostly, unless there are none."""
        used, kept = set(self.used), scope.inner(apart=True)
        alone = element(scope, depth)
        text = f"{before} {alone}".strip()
        found = self.solutions(text) if self.is_small(alone) else _MOST + 1
        if 0 < found <= _MOST or (found == 0 and depth < self.depth and self.may(30)):
            return text
        scope.known, scope.maybe, self.used = kept.known, kept.maybe, used
        return before

    def is_small(self, element: str) -> bool:
        """Tell whether the engine, which may match an element before it joins it, would have much to do."""
        return element.startswith(("FILTER", "BIND", "VALUES", "OPTIONAL", "MINUS")) or self.solutions(element) <= _MOST

    def solutions(self, where: str) -> int:
        """Count solutions, as far as it matters; the engine finds one after the other, so that many cost no more."""
        found = self.store.query(f"SELECT * WHERE {{ {where} }}", prefixes=PREFIXES)
        return sum(1 for _ in islice(cast("QuerySolutions", found), _MOST + 1))

    def element(self, depth: int) -> Element:
        flat = [self.filter, self.filter, self.triples, self.path, self.bind, self.values, self.graph]
        nested = [self.optional, self.optional, self.optional, self.union, self.minus, self.subselect, self.subselect]
        nested += [self.exists, self.not_exists]
        return self.choice(flat + nested * (depth > 0))

    def triples(self, scope: _Scope, depth: int = 0) -> str:
        quads = self.walk(scope, self.choice((1, 2, 2, 3)))
        if len(quads) > 1:
            self.used.add("join")
        if len(quads) == 2 and quads[0].object == quads[1].subject and self.may(30):
            return self.nested_blank(scope, *quads)
        blanks: dict[Term, str] = {}
        return self.written([self.triple(scope, quad, blanks) for quad in quads])

    def triple(self, scope: _Scope, quad: Quad, blanks: dict[Term, str]) -> tuple[str, str, str]:
        subject = self.term(scope, quad.subject, blanks)
        return subject, self.predicate(scope, quad.predicate), self.term(scope, quad.object, blanks)

    def written(self, triples: list[tuple[str, str, str]]) -> str:
        """Write triples, with ';' and ',' where the one before has the same subject and predicate."""
        text, before = "", ("", "", "")
        for subject, predicate, object_ in triples:
            if (subject, predicate) == before[:2] and self.may(80):
                text += self.use("','", f" , {object_}")
            elif subject == before[0] and self.may(80):
                text += self.use("';'", f" ; {predicate} {object_}")
            else:
                text += f"{' . ' * bool(text)}{subject} {predicate} {object_}"
            before = (subject, predicate, object_)
        return f"{text} ."

    def nested_blank(self, scope: _Scope, first: Quad, second: Quad) -> str:
        inside = f"{self.predicate(scope, second.predicate)} {self.term(scope, second.object)}"
        written = f"{self.term(scope, first.subject)} {self.predicate(scope, first.predicate)} [ {inside} ] ."
        return self.use("[ ]", written)

    def term(self, scope: _Scope, term: Term, blanks: dict[Term, str] | None = None) -> str:
        """Write a term as the variable that stands for it, as a new one, as a blank node, or as it is."""
        names = [name for name, value in scope.known.items() if value == term]
        if names and self.may(92):
            return self.choice(names)
        if blanks is not None and (term in blanks or self.may(5)):
            self.blanks += term not in blanks
            return self.use("blank node", blanks.setdefault(term, f"_:b{self.blanks}"))
        if len(str(term)) > 2 * _LONGEST or self.may(65):
            return self.variable(scope, term)
        return _constant(term)

    def variable(self, scope: _Scope, term: Term) -> str:
        name = scope.fresh()
        scope.known[name] = term
        return name

    def predicate(self, scope: _Scope, predicate: NamedNode) -> str:
        if self.may(7):
            return self.use("variable predicate", self.variable(scope, predicate))
        return self.use("a", "a") if predicate == _TYPE else _constant(predicate)

    def graph(self, scope: _Scope, depth: int = 0) -> str:
        """Write GRAPH around a pattern of one named graph."""
        if not self.named:
            return self.triples(scope)
        name = self.graph_name(scope)
        inner = _Scope(self.named[name], scope.known, scope.maybe, scope.taken)
        inner.often = scope.often
        shown = self.graph_term(scope, name)
        inside = [self.choice((self.triples, self.triples, self.path))(inner, 0)]
        if depth > 0 and self.may(40):
            inside.append(self.choice((self.optional, self.filter, self.union, self.exists))(inner, 0))
        return f"GRAPH {shown} {{ {' '.join(inside)} }}"

    def graph_name(self, scope: _Scope) -> NamedNode:
        """Choose a graph: one that is known already, one that says something of what is known, or any one."""
        known = [term for term in scope.known.values() if isinstance(term, NamedNode) and term in self.named]
        if known and self.may(60):
            return self.choice(known)
        quad = self.start(scope)
        name = quad.graph_name
        return name if isinstance(name, NamedNode) and name in self.named else self.choice(list(self.named))

    def graph_term(self, scope: _Scope, name: NamedNode) -> str:
        known = [variable for variable, term in scope.known.items() if term == name]
        if known and self.may(80):
            return self.use("GRAPH variable", self.choice(known))
        return self.use("GRAPH variable", self.variable(scope, name)) if self.may(70) else self.use(
            "GRAPH constant", _constant(name)
        )  # fmt: skip

    def optional(self, scope: _Scope, depth: int) -> str:
        """Write OPTIONAL around what the witness matches, or does not."""
        inner = scope.inner()
        matched = self.may(65)
        text = self.group(inner, depth - 1) if matched else self.absent(inner)
        if self.may(30):
            text += self.use("FILTER in OPTIONAL", f" {self.filter(inner, 0)}")
        scope.maybe += [name for name in inner.names if name not in scope.names]
        return self.use("OPTIONAL", f"OPTIONAL {{ {text} }}")

    def union(self, scope: _Scope, depth: int) -> str:
        branches = [scope.inner(apart=True) for _ in range(self.choice((2, 2, 3)))]
        written = [self.group(branch, depth - 1) for branch in branches]
        everywhere = set.intersection(*(set(branch.known) for branch in branches))
        scope.known |= {name: term for name, term in branches[0].known.items() if name in everywhere}
        scope.maybe += sorted({name for branch in branches for name in branch.names} - set(scope.names))
        scope.taken.update(*(branch.taken for branch in branches))
        return self.use("UNION", " UNION ".join(f"{{ {text} }}" for text in written))

    def minus(self, scope: _Scope, depth: int) -> str:
        inner = scope.inner()
        return self.use("MINUS", f"MINUS {{ {self.absent(inner)} {self.filter(inner, 0) if self.may(20) else ''} }}")

    def absent(self, scope: _Scope) -> str:
        """Write a pattern that the witness does not match, though other things do."""
        subjects = {name: term for name, term in scope.known.items() if isinstance(term, NamedNode)}
        quad = self.choice(self.choice(scope.data.kinds))
        if not subjects:
            return f"{self.term(scope, quad.subject)} {_constant(quad.predicate)} {scope.fresh()} ."
        name = self.choice(list(subjects))
        has = any(near.predicate == quad.predicate for near in scope.data.at.get(subjects[name], ()))
        if has and len(str(quad.object)) <= 2 * _LONGEST:
            return f"{name} {_constant(quad.predicate)} {_constant(quad.object)} ."
        return f"{name} {_constant(quad.predicate)} {self.variable(scope, quad.object)} ."

    def exists(self, scope: _Scope, depth: int) -> str:
        return f"FILTER {self.existing(scope, depth)}"

    def not_exists(self, scope: _Scope, depth: int) -> str:
        return f"FILTER {self.missing(scope, depth)}"

    def existing(self, scope: _Scope, depth: int) -> str:
        inside = self.group(scope.inner(often=True), depth - 1)
        if not any(
            re.search(rf"\{name}\b", inside) for name in scope.names
        ):  # it would be asked again for each solution
            inside = self.absent(scope.inner())
        return self.use("EXISTS", f"EXISTS {{ {inside} }}")

    def missing(self, scope: _Scope, depth: int) -> str:
        inner = scope.inner(often=True)
        inside = self.absent(inner)
        if self.may(30):
            inside = self.held(inner, inside, self.element(depth - 1), depth - 1)
        return self.use("NOT EXISTS", f"NOT EXISTS {{ {inside} }}")

    # --- Paths ------------------------------------------------------------------------------------------------------

    def path(self, scope: _Scope, depth: int = 0) -> str:
        """Write a path from a node to another."""
        quad = self.start(scope)
        begin = quad.subject if self.may(70) or isinstance(quad.object, Literal) else quad.object
        path, end = self.steps(scope.data, begin, 2)
        if scope.often and re.search(r"\)[*+].|.\(.*\)[*+]", path):
            return self.triples(scope)
        if re.search(r"\)[*+]|!", path):  # with both ends open these find a large part of all pairs
            names = [name for name, term in scope.known.items() if term == begin]
            return f"{names[0] if names and self.may(80) else _constant(begin)} {path} {self.term(scope, end)} ."
        return f"{self.term(scope, begin)} {path} {self.term(scope, end)} ."

    def steps(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        """Write a path from a node and tell where it leads."""
        simple = (self.step, self.step, self.negated)
        nested = (self.sequence, self.alternative, self.sequence, self.repeated, self.repeated, self.inverse)
        return self.choice(simple + nested * (depth > 0))(data, begin, depth)

    def step(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        quad = self.near(data, begin)
        if quad.subject == begin:
            return _constant(quad.predicate), quad.object
        return self.use("^", f"^{_constant(quad.predicate)}"), quad.subject

    def negated(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        """Write any predicate but some, among which is not the one that the walk takes."""
        quad = self.near(data, begin)
        forward = quad.subject == begin
        others = {self.choice(self.choice(data.kinds)).predicate for _ in range(3)} - {quad.predicate}
        names = [f"{'^' * self.may(30)}{_constant(other)}" for other in sorted(others, key=str)] or ["fot:none"]
        if not forward and not any(name.startswith("^") for name in names):
            names.append("^fot:none")
        if forward and all(name.startswith("^") for name in names):
            names.append("fot:none")
        text = names[0] if len(names) == 1 else f"({'|'.join(names)})"
        return self.use("!", f"!{text}"), quad.object if forward else quad.subject

    def sequence(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        first, middle = self.steps(data, begin, depth - 1)
        second, end = self.steps(data, middle, depth - 1)
        return self.use("/", f"{first}/{second}"), end

    def alternative(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        path, end = self.steps(data, begin, depth - 1)
        other, _ = self.steps(data, begin, depth - 1)
        return self.use("|", f"({path}|{other})"), end

    def repeated(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        path, end = self.steps(data, begin, depth - 1)
        sign = self.choice("?+*") if not re.search(r"\)[*+]|!", path) else "?"
        return self.use(f"{sign} in a path", f"({path}){sign}"), begin if sign != "+" and self.may(30) else end

    def inverse(self, data: Data, begin: Term, depth: int) -> tuple[str, Term]:
        """Write ^(…) around the way back, where it is a single step."""
        quad = self.near(data, begin)
        if quad.subject == begin:
            return self.use("^", f"^(^{_constant(quad.predicate)})"), quad.object
        return self.use("^", f"^({_constant(quad.predicate)}|{_constant(_TYPE)})"), quad.subject

    # --- Filters and values -----------------------------------------------------------------------------------------

    def filter(self, scope: _Scope, depth: int = 0) -> str:
        return f"FILTER({self.condition(scope, depth)})" if scope.names else ""

    def condition(self, scope: _Scope, depth: int) -> str:
        """Write a condition that the witness meets, at least on one side of ||."""
        one = self.single(scope, depth)
        if self.may(15):
            return self.use("||", f"{self.failing(scope, depth)} || {one}")
        if self.may(12):
            return self.use("||", f"{one} || {self.failing(scope, depth)}")
        if self.may(12):
            return self.use("&&", f"{one} && {self.single(scope, depth)}")
        return self.use("!", f"!(!({one}))") if self.may(4) else one

    def single(self, scope: _Scope, depth: int) -> str:
        if depth > 0 and self.may(20):
            return self.use("EXISTS in an expression", self.choice((self.existing, self.missing))(scope, depth))
        if scope.maybe and self.may(35):
            name = self.choice(scope.maybe)
            kinds = (
                self.use("bound", f"BOUND({name})"),
                self.use("!bound", f"!BOUND({name})"),
                f"COALESCE({name}, 1) != 2",
            )
            return self.choice(kinds)
        return self.holding(scope, self.choice(list(scope.known))) if scope.known else "1 = 1"

    def failing(self, scope: _Scope, depth: int) -> str:
        if depth > 0 and self.may(40):
            return self.use("EXISTS in an expression", f"EXISTS {{ {self.absent(scope.inner())} }}")
        return f"BOUND({self.choice(scope.maybe)})" if scope.maybe and self.may(50) else "1 = 2"

    def holding(self, scope: _Scope, name: str) -> str:
        """Write a condition on a variable that its value in the witness meets."""
        term = scope.known[name]
        if isinstance(term, Literal) and (_is_numeric(term) or term.datatype.value == expand("xsd:date")):
            return self.use("comparison", f"{name} {self.choice(('>=', '<=', '='))} {term}")
        written: list[Callable[[str, Term], str]] = [self.unlike, self.among, self.matching]
        if isinstance(term, Literal) and term.language:
            written += [self.language, self.language]
        return self.choice(written)(name, term)

    def unlike(self, name: str, term: Term) -> str:
        other = self.choice(self.choice(self.data.kinds)).subject
        return self.use("comparison", f"{name} != {_constant(other)}") if other != term else f"SAMETERM({name}, {name})"

    def among(self, name: str, term: Term) -> str:
        if len(str(term)) > 2 * _LONGEST:
            return f"STRLEN(STR({name})) > 10"
        others = [_constant(self.choice(self.choice(self.data.kinds)).subject) for _ in range(2)]
        return self.use("IN", f"{name} IN ({', '.join([*others, _constant(term)])})")

    def matching(self, name: str, term: Term) -> str:
        words = re.findall(r"[A-Za-z]{3,}", str(getattr(term, "value", ""))) or [""]
        return self.use("regex", f'REGEX(STR({name}), "{self.choice(words)[:4].lower()}", "i")')

    def language(self, name: str, term: Term) -> str:
        assert isinstance(term, Literal)
        return self.use("lang", f'LANG({name}) = "{term.language}"')

    def bind(self, scope: _Scope, depth: int) -> str:
        expression = self.expression(scope, depth)
        name = scope.fresh(re.findall(r"\?\w+", expression))
        scope.maybe.append(name)
        return self.use("BIND", f"BIND({expression} AS {name})")

    def expression(self, scope: _Scope, depth: int = 0) -> str:
        if depth > 0 and self.may(15):
            return self.use("EXISTS in an expression", self.choice((self.existing, self.missing))(scope, depth))
        if not scope.names:
            return '"none"'
        name = self.choice(scope.names)
        number = f"{name} * 2" if _is_numeric(scope.known.get(name)) else f"STRLEN(STR({name}))"
        simple = (
            f"STR({name})",
            number,
            f'COALESCE({name}, "none")',
            f'IF(BOUND({name}), {name}, "none")',
            f"LANG({name})",
        )
        return self.choice(simple)

    def values(self, scope: _Scope, depth: int = 0) -> str:
        """Write VALUES that hold the witness and others, or UNDEF."""
        known = [name for name, term in scope.known.items() if len(str(term)) <= 2 * _LONGEST]
        names = self.some(known, 1, 2)
        if not names:
            return ""
        rows = [[_constant(scope.known[name]) for name in names]]
        rows += [[self.other(scope.known[name]) for name in names] for _ in range(self.random.randint(0, 2))]
        return self.use("VALUES", self.table(names, rows))

    def other(self, term: Term) -> str:
        """Write a term that might stand in the place of another, or UNDEF."""
        if self.may(20):
            return self.use("UNDEF", "UNDEF")
        quad = self.choice(self.data.at.get(term) or self.data.quads)
        like = [other for other in self.choice(self.data.kinds) if other.predicate == quad.predicate] or [quad]
        found = self.choice(like)
        chosen: Term = found.object if quad.object == term else found.subject
        return _constant(chosen) if len(str(chosen)) <= 2 * _LONGEST else "UNDEF"

    def table(self, names: list[str], rows: list[list[str]]) -> str:
        if len(names) == 1 and self.may(60):
            return f"VALUES {names[0]} {{ {' '.join(row[0] for row in rows)} }}"
        written = " ".join(f"({' '.join(row)})" for row in rows)
        return f"VALUES ({' '.join(names)}) {{ {written} }}"

    def values_first(self, scope: _Scope, depth: int) -> str:
        """Write VALUES for a term of a triple before the triple."""
        quad = self.start(scope)
        place = self.choice(("predicate", "object", "subject"))
        term = quad.predicate if place == "predicate" else quad.object if place == "object" else quad.subject
        if len(str(term)) > 2 * _LONGEST:
            return self.triples(scope)
        name = self.variable(scope, term)
        written = self.use("VALUES", self.table([name], [[_constant(term)], [self.other(term)]]))
        predicate = name if place == "predicate" else _constant(quad.predicate)
        return f"{written} {self.term(scope, quad.subject)} {predicate} {self.term(scope, quad.object)} ."

    # --- Queries in the query ---------------------------------------------------------------------------------------

    def subselect(self, scope: _Scope, depth: int) -> str:
        """Write a sub-query that shares some variables; others of its own may have the names of those outside."""
        shared = self.some([name for name, term in scope.known.items() if term in scope.data.at], 0, 2)
        inner = _Scope(scope.data, {name: scope.known[name] for name in shared}, [], set(shared))
        inner.often = scope.often
        where = self.group(inner, depth - 1)
        shared = [name for name in shared if re.search(rf"\{name}\b", where)]
        if self.may(30):
            return self.use("sub-query", f"{{ {self.counting(scope, inner, shared, where)} }}")
        own = [name for name in inner.known if name not in scope.taken]
        shown = [*shared, *self.some(own, 0 if shared else 1, 2)]
        if not shown:
            shown = [f"({self.expression(inner)} AS {scope.fresh(inner.taken)})"]
        scope.known |= {name: inner.known[name] for name in shown if name in inner.known}
        scope.taken.update(name for name in shown if name in inner.known)
        return self.use("sub-query", f"{{ {self.shown(shown, where)} }}")

    def shown(self, shown: list[str], where: str) -> str:
        distinct = self.use("DISTINCT in a sub-query", "DISTINCT ") if self.may(35) else ""
        plain = [name for name in shown if name.startswith("?")]
        end = self.use("LIMIT in a sub-query", f" {self.slice(plain)}") if plain == shown and self.may(20) else ""
        return f"SELECT {distinct}{' '.join(shown)} WHERE {{ {where} }}{end}"

    def counting(self, scope: _Scope, inner: _Scope, keys: list[str], where: str) -> str:
        number = scope.fresh(inner.taken)
        scope.maybe.append(number)
        aggregate = self.use("aggregate in a sub-query", self.aggregated(inner, within=True))
        having = f" HAVING({self.use('HAVING', 'COUNT(*) >= 1')})" if self.may(20) else ""
        by = f" GROUP BY {' '.join(keys)}" if keys else ""
        return f"SELECT {' '.join(keys)} ({aggregate} AS {number}) WHERE {{ {where} }}{by}{having}"

    # --- Forms ------------------------------------------------------------------------------------------------------

    def dataset(self) -> tuple[str, Data]:
        """Choose the graphs that a query reads: mostly all, with no clause for it."""
        if not self.may(8):
            return "", self.data
        quads = self.walk(_Scope(self.data, {}, [], set()), 3)
        names = sorted({name for quad in quads if isinstance(name := quad.graph_name, NamedNode)}, key=str)
        named = self.some(list(self.named), 1, 3) if self.may(50) else []
        self.named = {name: self.named[name] for name in named}
        self.used |= {"FROM", *(["FROM NAMED"] if named else [])}
        clauses = [f"FROM {_constant(name)}" for name in names] + [f"FROM NAMED {_constant(name)}" for name in named]
        return " ".join(clauses) + " ", Data(quad for quad in self.data.quads if quad.graph_name in names)

    def select(self, scope: _Scope, dataset: str) -> str:
        where = self.group(scope, self.depth)
        names = self.some(scope.names, 1, 3) or ["*"]
        columns = self.columns(scope, names)
        kind = self.choice(("", "", "", "DISTINCT ", "DISTINCT ", "REDUCED "))
        if kind:
            self.used.add(kind.strip())
        end = self.ending(columns)
        return f"SELECT {kind}{' '.join(columns)} {dataset}WHERE {{ {where} }}{end}{self.last_values(scope)}"

    def columns(self, scope: _Scope, names: list[str]) -> list[str]:
        if names == ["*"] or self.may(25):
            return [self.use("SELECT *", "*")]
        if self.may(25):
            return [*names, self.use("SELECT expression", f"({self.expression(scope, 1)} AS ?value)")]
        return names

    def ending(self, columns: list[str]) -> str:
        """Write ORDER BY, and LIMIT only where the order leaves no choice."""
        names = [name for name in columns if name.startswith("?")]
        if not names or not self.may(25):
            return ""
        if names == columns and self.may(50):
            return " " + self.use("LIMIT", self.slice(names))
        return self.use("ORDER BY", f" ORDER BY {self.choice((names[0], f'DESC({names[0]})'))}")

    def slice(self, names: list[str]) -> str:
        keys = " ".join(f"STR({name}) LANG({name})" for name in names)
        offset = self.use("OFFSET", f" OFFSET {self.random.randint(0, 1)}") if self.may(30) else ""
        return self.use("ORDER BY", f"ORDER BY {keys} LIMIT {self.random.randint(1, 9)}{offset}")

    def last_values(self, scope: _Scope) -> str:
        written = self.values(scope) if self.may(6) else ""
        return self.use("VALUES at the end", f" {written}") if written else ""

    def aggregate(self, scope: _Scope, dataset: str) -> str:
        where = self.group(scope, self.depth)
        keys = self.some(scope.names, 0, 2)
        by, columns = self.keys(scope, keys)
        columns += [f"({self.aggregated(scope)} AS ?value{number or ''})" for number in range(self.choice((1, 1, 2)))]
        having = f" HAVING({self.having(scope)})" if by and self.may(25) else ""
        order = self.use("ORDER BY", f" ORDER BY DESC(?value) {' '.join(keys)}") if by and self.may(25) else ""
        return (
            f"SELECT {' '.join(columns)} {dataset}WHERE {{ {where} }}{by}{having}{order if 'AS ?key' not in by else ''}"
        )

    def keys(self, scope: _Scope, keys: list[str]) -> tuple[str, list[str]]:
        """Write GROUP BY, and the columns that it allows."""
        if not keys:
            return self.use("implicit group", ""), []
        self.used.add("GROUP BY")
        if self.may(20):
            return self.use("GROUP BY expression", f" GROUP BY ({self.expression(scope)} AS ?key)"), ["?key"]
        if self.may(10):
            return self.use("GROUP BY expression", f" GROUP BY STR({keys[0]})"), []
        return f" GROUP BY {' '.join(keys)}", list(keys)

    def having(self, scope: _Scope) -> str:
        name = self.choice(scope.names)
        conditions = "COUNT(*) >= 1", "COUNT(*) < 9", f"COUNT(DISTINCT {name}) >= 1", f"MIN(STR({name})) < 'i'"
        return self.use("HAVING", self.choice(conditions))

    def aggregated(self, scope: _Scope, *, within: bool = False) -> str:
        """Write an aggregate; `within` a sub-query none whose value depends on the order of solutions."""
        kinds = ["COUNT(*)", "COUNT", "COUNT DISTINCT", "SUM", "AVG", "MIN", "MAX"]
        kinds += ["SAMPLE", "GROUP_CONCAT"] * (not within)
        kind, name = self.choice(kinds), self.choice(scope.names) if scope.names else ""
        if kind == "COUNT(*)" or not name:
            return self.use("COUNT(*)", "COUNT(*)")
        self.used.add(kind)
        numeric = _is_numeric(scope.known.get(name))
        text = f"STR({name})"
        inside = {"SUM": name if numeric else f"STRLEN({text})", "MIN": name if numeric else text, "SAMPLE": name}
        inside |= {"AVG": inside["SUM"], "MAX": inside["MIN"], "COUNT": name}
        if kind == "GROUP_CONCAT":
            return f"GROUP_CONCAT({'DISTINCT ' * self.may(50)}{text}; SEPARATOR=' | ')"
        return f"COUNT(DISTINCT {name})" if kind == "COUNT DISTINCT" else f"{kind}({inside[kind]})"

    def ask(self, scope: _Scope, dataset: str) -> str:
        return self.use("ASK", f"ASK {dataset}{{ {self.group(scope, self.depth)} }}")

    def construct(self, scope: _Scope, dataset: str) -> str:
        if self.may(15):
            return self.use("CONSTRUCT WHERE", f"CONSTRUCT {dataset}WHERE {{ {self.plain(scope)} }}")
        where = self.group(scope, self.depth)
        template = " . ".join(self.constructed(scope) for _ in range(self.choice((1, 1, 2))))
        return self.use("CONSTRUCT", f"CONSTRUCT {{ {template} }} {dataset}WHERE {{ {where} }}")

    def plain(self, scope: _Scope) -> str:
        return self.written([self.triple(scope, quad, {}) for quad in self.walk(scope, 2)]).replace("_:", "?blank_")

    def constructed(self, scope: _Scope) -> str:
        things = [name for name, term in scope.known.items() if isinstance(term, NamedNode)] or ["id:thing"]
        subject = self.use("blank node in a template", "_:new") if self.may(15) else self.choice(things)
        return f"{subject} {self.choice(('fot:about', 'fot:concerns'))} {self.choice(scope.names or ['id:thing'])}"

    def describe(self, scope: _Scope, dataset: str) -> str:
        if self.may(40):
            subject = self.choice(self.choice(self.data.kinds)).subject
            return self.use("DESCRIBE", f"DESCRIBE {_constant(subject)} {dataset.strip()}")
        where = self.group(scope, self.depth)
        things = self.some([name for name, term in scope.known.items() if isinstance(term, NamedNode)], 1, 2)
        return self.use("DESCRIBE WHERE", f"DESCRIBE {' '.join(things) or '*'} {dataset}WHERE {{ {where} }}")
