"""A SPARQL query that the engine has accepted, read into the tree of its parts (`tree`).

The grammar is not checked again: the engine did.
"""

from __future__ import annotations

from fot_graph.sparql.tree import (
    CLOSING,
    OPENING,
    Bind,
    Column,
    Element,
    Exists,
    Filter,
    GraphPattern,
    Group,
    Minus,
    Optional,
    Query,
    Select,
    Triple,
    Union,
    Values,
    aggregates,
    variable_of,
)
from fot_graph.sparql.triples import TripleReader

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_AFTER_WHERE = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")


def parse(text: str) -> Query:
    """Read a query that the engine accepts.

    >>> query = parse("SELECT ?x { ?x a/skos:broader* _:c . FILTER NOT EXISTS { ?x fot:about ?y } }")
    >>> query.where.elements[0].path.paths[0], query.where.elements[1].exists[0].negated
    (Step(predicate='a'), True)

    Raises: `UsageError` for what goes beyond SPARQL 1.1.
    """
    return _Reader(text).query()


class _Reader(TripleReader):
    """Reads a query, its groups and their elements."""

    # The query

    def query(self) -> Query:  # long, but only because a query has so many parts, each read in its turn
        start = self.at
        while not self.sees(*_FORMS):
            self.at += 1
        prologue = self.text[: self.tokens[self.at].start()] if start == 0 else ""
        begin, form = self.at, self.next().lower()
        distinct = self.takes("DISTINCT", "REDUCED")
        short = form == "construct" and not self.sees("{")
        template = self.template() if form == "construct" and not short else ()
        columns = self.columns() if form == "select" else ()
        named = self.named() if form == "describe" else ()
        dataset = self.dataset()
        self.takes("WHERE")
        written = self.at
        opening = self.tokens[written].start() - self.tokens[begin].start() + 1 if self.sees("{") else 0
        where = self.group() if opening else Group(())
        pattern = self.since(written)
        if short:
            template = tuple(element for element in where.elements if isinstance(element, Triple))
        keys = self.keys() if self.takes("GROUP") else ()
        having, having_exists = self.until(*_AFTER_WHERE[2:]) if self.sees("HAVING") else ("", ())
        chosen = self.since(begin)
        modifiers, _ = self.until("VALUES")
        values = self.values() if self.sees("VALUES") else None
        grouped = bool(keys or having) or aggregates([modifiers, *(column.expression for column in columns)])
        return Query(
            text=self.since(begin),
            prologue=prologue,
            form=form,
            distinct=distinct,
            columns=columns,
            named=named,
            template=template,
            dataset=dataset,
            where=where,
            pattern=pattern or "{}",
            keys=keys,
            grouped=grouped,
            having=having,
            having_exists=having_exists,
            modifiers=modifiers,
            values=values,
            unsliced=f"{chosen} {values.text if values else ''}",
            opening=opening,
        )

    def columns(self) -> tuple[Column, ...]:
        found = []
        while self.sees("(", "*") or self.kind() == "variable":
            if self.sees("("):
                found.append(self.column())
            elif (name := self.next()) != "*":
                found.append(Column(variable_of(name), ""))
        return tuple(found)

    def column(self) -> Column:
        """Read (expression AS ?variable), or (expression), which gets a variable of its own."""
        self.at += 1
        start = self.at
        exists = self.balanced(")", "AS")
        expression = self.since(start)
        variable = variable_of(self.next()) if self.takes("AS") else next(self.fresh)
        self.at += 1
        return Column(variable, expression, tuple(exists))

    def named(self) -> tuple[str, ...]:
        found = []
        while self.at < len(self.tokens) and (self.kind() in ("variable", "iri", "name") or self.sees("*")):
            found.append(self.next())
        return tuple(variable_of(name) if name[0] in "?$" else name for name in found)

    def dataset(self) -> str:
        start = self.at
        while self.takes("FROM"):
            self.takes("NAMED")
            self.at += 1
        return self.since(start)

    def keys(self) -> tuple[Column, ...]:
        self.takes("BY")
        found = []
        while self.at < len(self.tokens) and not self.sees(*_AFTER_WHERE[1:], "}"):
            if self.sees("("):
                found.append(self.column())
            elif self.kind() == "variable":
                found.append(Column(variable_of(self.next()), ""))
            else:  # a call
                start = self.at
                self.at += 1
                self.balanced()
                found.append(Column(next(self.fresh), self.since(start)))
        return tuple(dict.fromkeys(found))  # a variable may be given twice, and groups by no more then

    def until(self, *words: str) -> tuple[str, tuple[Exists, ...]]:
        """Take all up to one of these words, or the end of the query; give its text and the EXISTS in it."""
        start, exists = self.at, list[Exists]()
        while self.at < len(self.tokens) and not self.sees(*words, "}"):
            if self.sees("(", "{", "["):
                exists += self.balanced()
            else:
                self.at += 1
        return self.since(start), tuple(exists)

    # Groups

    def group(self) -> Group:
        """Read what stands in braces."""
        self.at += 1
        if self.sees("SELECT"):
            outer, self.blanks = self.blanks, {}
            query = self.query()
            self.blanks = outer
            self.at += 1
            return Group((Select(query),))
        elements: list[Element] = []
        while not self.takes("}"):
            if not self.takes("."):
                self.element(elements)
        return Group(tuple(elements))

    def element(self, elements: list[Element]) -> None:
        """Read one element of a group, or the triples of one subject."""
        if self.takes("OPTIONAL"):
            elements.append(Optional(self.group()))
        elif self.sees("MINUS"):
            start = self.at
            self.at += 1
            self.balanced()
            elements.append(Minus(self.since(start)))
        elif self.takes("GRAPH"):
            elements.append(GraphPattern(self.term(elements), self.group()))
        elif self.takes("FILTER"):
            elements.append(self.filter())
        elif self.takes("BIND"):
            elements.append(self.bind())
        elif self.sees("VALUES"):
            elements.append(self.values())
        elif self.sees("{"):
            groups = [self.group()]
            while self.takes("UNION"):
                groups.append(self.group())
            elements.append(Union(tuple(groups)) if len(groups) > 1 else groups[0])
        else:
            self.triples(elements)

    def filter(self) -> Filter:
        start, exists = self.at, list[Exists]()
        while not self.sees("(", "{"):  # the name of a function, or [NOT] EXISTS
            self.at += 1
        if self.sees("{"):
            self.at = start
            exists.append(self.exists())
        else:
            exists += self.balanced()
        return Filter(self.since(start), tuple(exists))

    def bind(self) -> Bind:
        column = self.column()
        return Bind(column.expression, column.variable, column.exists)

    def exists(self) -> Exists:
        start = self.at
        negated = self.takes("NOT")
        self.takes("EXISTS")
        group = self.group()
        return Exists(self.since(start), group, negated)

    def balanced(self, *ends: str) -> list[Exists]:
        """Take what stands in brackets, or all up to one of `ends` outside of any; give the EXISTS in it."""
        found: list[Exists] = []
        depth = 0
        while depth or not self.sees(*ends):
            if self.sees("EXISTS") or (self.sees("NOT") and self.tokens[self.at + 1][0].upper() == "EXISTS"):
                found.append(self.exists())
                continue
            token = self.next()
            depth += (token in OPENING) - (token in CLOSING)
            if not depth and not ends:
                break
        return found

    def values(self) -> Values:
        start = self.at
        self.at += 1
        several = self.takes("(")
        variables = []
        while self.kind() == "variable":
            variables.append(variable_of(self.next()))
        self.at += several
        table = self.at
        self.balanced()
        undefined = {
            place % max(1, len(variables))
            for place, token in enumerate(
                token
                for before, token in zip(self.tokens[table:], self.tokens[table + 1 : self.at - 1], strict=False)
                if token[0] not in "(){}" and token.lastgroup != "language" and "^^" not in (before[0], token[0])
            )
            if token[0].upper() == "UNDEF"
        }
        bound = tuple(name for place, name in enumerate(variables) if place not in undefined)
        return Values(self.since(start), tuple(variables), bound)
