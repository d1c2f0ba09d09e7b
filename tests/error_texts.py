"""What the errors of a module may say, read from its code: they are made here with every text that they are given."""

from __future__ import annotations

import ast
import inspect
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from fot_graph.core.errors import FotGraphError
from fot_graph.sparql import tokens
from fot_graph.web import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Function = ast.FunctionDef | ast.AsyncFunctionDef
    Placed = tuple[ast.expr, Function | None]  # an expression, and the function that it stands in

UNKNOWN = "¤"  # stands in a text for words that are not in the code
SAMPLE = "7"  # stands for a name or a number that is not
TEXTS = {"message", "hint", "reason", "kind", "limit"}  # what errors are given to say; of the rest there are examples
EXAMPLES: dict[str, Any] = {
    "url": "https://example.org/sparql",
    "path": "/data",
    "query": "ASK {",
    "offset": 1,
    "line": 1,
    "column": 1,
    "status": 500,
    "headers": None,
    "seconds": 2.5,
    "name": "word",
    "known": ["other"],
    "near": None,
    "quote": "words",
    "nearest": "words",
    "cause": "",
    "starts": [1],
    "count": 1,
    "words": ["words"],
    "overlooked": [],
    "claim": "",
    "purpose": "this",
    "library": "library",
    "identifier": "char=1",
    "said": "words",
}


def _classes(kind: type[FotGraphError]) -> dict[str, Callable[..., FotGraphError]]:
    found: dict[str, Callable[..., FotGraphError]] = {kind.__name__: kind}
    for each in kind.__subclasses__():
        found |= _classes(each)
    return found


assert issubclass(errors.WebError, FotGraphError)  # imported, so that its kinds are found
CLASSES = _classes(FotGraphError)
_PLACING: dict[str, Callable[..., FotGraphError]] = {"malformed": tokens.malformed, "refused": tokens.refused}
# Functions that make an error of the texts they are given, in the modules that call them
HELPERS = dict.fromkeys(("sparql/admission.py", "sparql/names.py", "sparql/mistakes.py"), _PLACING)


class Found(NamedTuple):
    """An error with its line and the function that makes it; or in place of it the code of a text that is not seen."""

    line: int
    function: str
    error: FotGraphError | None
    unclear: str = ""


class Unclear(str):
    """The code of a text that is known only when the program runs."""

    __slots__ = ()


class Module:
    """The code of a module, by its path within the package."""

    def __init__(self, code: str, name: str = "") -> None:
        self.tree = ast.parse(code)
        self.makers = {**CLASSES, **HELPERS.get(name, {})}
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, _FUNCTION)}
        self.constants = dict(pair for node in self.tree.body for pair in _assigned(node))
        self._open: set[ast.expr] = set()
        self._within = {id(part): node for node in self.functions.values() for part in ast.walk(node)}

    def errors(self) -> Iterator[Found]:
        """Make every error of the module, with each text that it may have."""
        for node in ast.walk(self.tree):
            scope = self._within.get(id(node))
            if isinstance(node, ast.Call) and _name(node.func) in self.makers:
                yield from self._made(node, scope)
            elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in self.makers:
                yield Found(node.lineno, _title(scope), self.makers[node.exc.id]())
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") in ("hint", "message"):
                yield from self._told(node, (node.value, scope))

    # --- Inside -------------------------------------------------------------------------------------------------------

    def _made(self, call: ast.Call, scope: Function | None) -> Iterator[Found]:
        named = {each.arg: (each.value, scope) for each in call.keywords if each.arg}
        ways = list(self._arguments(call, scope))
        for arguments in ways:
            given = inspect.signature(self.makers[_name(call.func)]).bind(*arguments, **named).arguments
            yield from self._with(call, given, scope)
        if not ways:
            yield Found(call.lineno, _title(scope), None, ast.unparse(call))

    def _with(self, call: ast.Call, given: dict[str, Placed], scope: Function | None) -> Iterator[Found]:
        texts = {name: self._texts(*placed) for name, placed in given.items() if name in TEXTS}
        for name, found in texts.items():
            where = _title(given[name][1])
            yield from (Found(call.lineno, where, None, text) for text in found if isinstance(text, Unclear))
        known = {name: [t for t in found if not isinstance(t, Unclear)] or [UNKNOWN] for name, found in texts.items()}
        examples = {name: EXAMPLES[name] for name in given if name not in TEXTS}
        for chosen in product(*known.values()):
            made = self.makers[_name(call.func)](**examples, **dict(zip(known, chosen, strict=True)))
            yield Found(call.lineno, _title(scope), made)

    def _told(self, node: ast.Assign, placed: Placed) -> Iterator[Found]:
        where = _title(placed[1])
        for text in self._texts(*placed):
            if isinstance(text, Unclear):
                yield Found(node.lineno, where, None, text)
            else:
                yield Found(node.lineno, where, FotGraphError(text))

    def _arguments(self, call: ast.Call, scope: Function | None) -> Iterator[list[Placed]]:
        """Give what a call is given, in each way: `*` may stand for several rows."""
        ways: list[list[list[Placed]]] = []
        for each in call.args:
            if isinstance(each, ast.Starred):
                ways.append([[(part, where) for part in row.elts] for row, where in self._rows(each.value, scope)])
            else:
                ways.append([[(each, scope)]])
        yield from ([placed for part in way for placed in part] for way in product(*ways))

    def _rows(self, node: ast.expr, scope: Function | None) -> Iterator[tuple[ast.Tuple, Function | None]]:
        if isinstance(node, ast.Tuple):
            yield node, scope
        for part, where in self._alternatives(node, scope):
            yield from self._rows(part, where)

    def _texts(self, node: ast.expr, scope: Function | None) -> list[str]:
        """Give the texts that an expression may have."""
        if isinstance(node, ast.Constant):
            return [str(node.value)]
        if isinstance(node, ast.JoinedStr):
            return ["".join(parts) for parts in product(*(self._parts(each, scope) for each in node.values))]
        if node in self._open:  # a name that is given a value made of its own
            return [Unclear(ast.unparse(node))]
        self._open.add(node)
        found = self._chosen(node, scope)
        self._open.remove(node)
        clear = [text for text in found if not isinstance(text, Unclear)]
        return clear if clear and len(clear) == len(found) else [*clear, Unclear(ast.unparse(node))]

    def _chosen(self, node: ast.expr, scope: Function | None) -> list[str]:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace":
            old, new = (str(each.value) for each in node.args if isinstance(each, ast.Constant))
            found = self._texts(node.func.value, scope)
            return [text if isinstance(text, Unclear) else text.replace(old, new) for text in found]
        return [text for part, where in self._alternatives(node, scope) for text in self._texts(part, where)]

    def _parts(self, node: ast.expr, scope: Function | None) -> list[str]:
        """Give what a part of an f-string may be, of which no text matters but those that stand in the code."""
        if not isinstance(node, ast.FormattedValue):
            return self._texts(node, scope)
        return [text for text in self._texts(node.value, scope) if not isinstance(text, Unclear)] or [SAMPLE]

    def _alternatives(self, node: ast.expr, scope: Function | None) -> Iterator[Placed]:
        """Give what an expression may be: the branches of a choice, the values of a name, the results of a function."""
        if isinstance(node, ast.IfExp):
            yield from ((node.body, scope), (node.orelse, scope))
        elif isinstance(node, ast.BoolOp):
            yield from ((each, scope) for each in node.values)
        elif isinstance(node, ast.Name):
            inside = [value for name, value in _assignments(scope) if name == node.id]
            yield from ((value, scope) for value in inside)
            if scope and not inside:
                yield from self._passed(node.id, scope)
            if not inside and node.id in self.constants:
                yield self.constants[node.id], None
        elif isinstance(node, ast.Call):
            yield from self._results(node, scope)

    def _passed(self, name: str, function: Function) -> Iterator[Placed]:
        """Give what the callers of a function pass for a parameter, where that is plain to see."""
        names = [each.arg for each in function.args.args if each.arg != "self"]
        every = (each for each in ast.walk(self.tree) if isinstance(each, ast.Call))
        calls = [call for call in every if _name(call.func) == function.name]
        if name in names and not any(isinstance(each, ast.Starred) for call in calls for each in call.args):
            given = ((call.args[names.index(name) :], call) for call in calls)
            yield from ((rest[0], self._within.get(id(call))) for rest, call in given if rest)

    def _results(self, call: ast.Call, scope: Function | None) -> Iterator[Placed]:
        function, table = self.functions.get(_name(call.func)), self.constants.get(_owner(call.func))
        if function:
            results = [each for each in ast.walk(function) if isinstance(each, ast.Return) and each.value]
            yield from ((each.value, function) for each in results if each.value and not _is_none(each.value))
        elif isinstance(table, ast.Dict) and _name(call.func) == "get":
            yield from ((value, None) for value in table.values)
            yield from ((default, scope) for default in call.args[1:])


_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def _name(node: ast.expr) -> str:
    """Give the last word of the name of a function: 'UsageError' of `errors.UsageError`."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _owner(node: ast.expr) -> str:
    return _name(node.value) if isinstance(node, ast.Attribute) else ""


def _title(scope: Function | None) -> str:
    return scope.name if scope else ""


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _assignments(scope: Function | None) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(scope) if scope else ():
        yield from _assigned(node)


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give the names that a statement gives a value, each with it."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or not node.value:
        return
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    if isinstance(target, ast.Name):
        yield target.id, node.value
    elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        pairs = zip(target.elts, node.value.elts, strict=True)
        yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))
