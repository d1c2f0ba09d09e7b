"""Ask one question of a Turtle file with nothing but the engine: FILE QUERY. No less can be done: the floor."""

import sys

from pyoxigraph import RdfFormat, Store

store = Store()
store.load(path=sys.argv[1], format=RdfFormat.TURTLE)
with open(sys.argv[2], encoding="utf-8") as query:
    for row in store.query(query.read()):  # type: ignore[union-attr]
        sys.stdout.write("\t".join(term.value for term in row) + "\n")
