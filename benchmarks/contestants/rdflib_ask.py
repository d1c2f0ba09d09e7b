"""Ask one question of a Turtle file with rdflib: FILE QUERY."""

import sys
from pathlib import Path

from rdflib import Graph

graph = Graph().parse(sys.argv[1], format="turtle")
for row in graph.query(Path(sys.argv[2]).read_text(encoding="utf-8")):
    sys.stdout.write("\t".join(map(str, row)) + "\n")  # type: ignore[arg-type]
