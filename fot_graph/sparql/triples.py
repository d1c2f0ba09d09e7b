"""The triples of a query and the paths in them, read from its tokens.

The grammar is not checked again: the engine did.
"""

from __future__ import annotations

from fot_graph.core.errors import UsageError
from fot_graph.core.namespaces import PREFIXES
from fot_graph.sparql.tokens import tokenize
from fot_graph.sparql.tree import (
    Chain,
    Choice,
    Closure,
    Element,
    Inverse,
    Negated,
    Path,
    Step,
    Triple,
    fresh,
    variable_of,
)

_RDF = PREFIXES["rdf"]
_AFTER_TRIPLES = ("OPTIONAL", "MINUS", "GRAPH", "FILTER", "BIND", "VALUES", "{")


class TokenReader:
    """Reads a query from its tokens, from left to right; `at` is the place of the next one."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at = text, tokenize(text), 0

    def next(self) -> str:
        """Take the next token."""
        self.at += 1
        return self.tokens[self.at - 1][0]

    def sees(self, *words: str) -> bool:
        """Tell whether the next token is one of these words (in capitals) or signs."""
        return self.at < len(self.tokens) and self.tokens[self.at][0].upper() in words

    def takes(self, *words: str) -> bool:
        """Take the next token if it is one of these."""
        found = self.sees(*words)
        self.at += found
        return found

    def kind(self) -> str:
        """Give the kind of the next token."""
        return str(self.tokens[self.at].lastgroup)

    def since(self, start: int) -> str:
        """Give the text from a token up to the next one to be taken, without the blank before that."""
        return self.text[self.tokens[start].start() : self.tokens[self.at - 1].end()] if self.at > start else ""


class TripleReader(TokenReader):
    """Reads triples. What brackets and blank nodes stand for gets variables of its own."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.fresh = fresh(text, "blank")
        self.blanks: dict[str, str] = {}

    def template(self) -> tuple[Triple, ...]:
        """Read the triples of a CONSTRUCT."""
        elements: list[Element] = []
        self.at += 1
        while not self.takes("}"):
            if not self.takes("."):
                self.triples(elements)
        return tuple(element for element in elements if isinstance(element, Triple))

    def triples(self, elements: list[Element]) -> None:
        """Read the triples of one subject."""
        alone = self.sees("[", "(")
        subject = self.term(elements)
        if not (alone and self.sees(".", "}", *_AFTER_TRIPLES)):
            self.properties(subject, elements)

    def properties(self, subject: str, elements: list[Element]) -> None:
        """Read what follows a subject: paths and objects, up to the end of its triples."""
        while True:
            while self.takes(";"):
                pass
            if self.sees(".", "}", "]", *_AFTER_TRIPLES) or self.at == len(self.tokens):
                return
            path = self.path()
            elements.append(Triple(subject, path, self.term(elements)))
            while self.takes(","):
                elements.append(Triple(subject, path, self.term(elements)))
            if not self.sees(";"):
                return

    def term(self, elements: list[Element]) -> str:
        """Read a term; brackets add triples and stand for a variable of their own."""
        if self.takes("["):
            node = next(self.fresh)
            self.properties(node, elements)
            self.at += 1
            return node
        if self.takes("("):
            return self.collection(elements)
        if self.sees("<", "<<") or (self.at < len(self.tokens) and self.kind() == "other"):
            raise UsageError("no-evidence-for-triple-terms")
        start, kind = self.at, self.kind()
        token = self.next()
        if kind == "variable":
            return variable_of(token)
        if kind == "blank":
            if token not in self.blanks:
                self.blanks[token] = next(self.fresh)
            return self.blanks[token]
        if kind == "string" and self.at < len(self.tokens) and (self.takes("^^") or self.kind() == "language"):
            self.at += 1
        return self.since(start)

    def collection(self, elements: list[Element]) -> str:
        """Read (a b), which is short for a list of two (4.2.4)."""
        if self.takes(")"):
            return f"<{_RDF}nil>"
        first = node = next(self.fresh)
        while True:
            elements.append(Triple(node, Step(f"<{_RDF}first>"), self.term(elements)))
            if self.takes(")"):
                elements.append(Triple(node, Step(f"<{_RDF}rest>"), f"<{_RDF}nil>"))
                return first
            following = next(self.fresh)
            elements.append(Triple(node, Step(f"<{_RDF}rest>"), following))
            node = following

    # Paths

    def path(self) -> Path:
        """Read a property path (9.1): alternatives."""
        paths = [self.chain()]
        while self.takes("|"):
            paths.append(self.chain())
        return Choice(tuple(paths)) if len(paths) > 1 else paths[0]

    def chain(self) -> Path:
        """Read a sequence of steps."""
        paths = [self.link()]
        while self.takes("/"):
            paths.append(self.link())
        return Chain(tuple(paths)) if len(paths) > 1 else paths[0]

    def link(self) -> Path:
        """Read one step, which may go backwards."""
        if self.takes("^^"):
            return Inverse(Inverse(self.repeated()))
        return Inverse(self.repeated()) if self.takes("^") else self.repeated()

    def repeated(self) -> Path:
        """Read a step and how often it is taken."""
        path = self.primary()
        while self.sees("*", "+", "?"):
            path = Closure(path, self.next())
        return path

    def primary(self) -> Path:
        """Read a path in brackets, a negated set or a property."""
        if self.takes("("):
            path = self.path()
            self.at += 1
            return path
        if self.takes("!"):
            return self.negated()
        token = self.next()
        return Step(variable_of(token) if token[0] in "?$" else token)

    def negated(self) -> Negated:
        """Read a negated property set."""
        several = self.takes("(")
        both: tuple[list[str], list[str]] = ([], [])
        while not (several and self.takes(")")):
            both[self.takes("^")].append(self.next())
            if not several:
                break
            self.takes("|")
        return Negated(tuple(both[0]), tuple(both[1]))
