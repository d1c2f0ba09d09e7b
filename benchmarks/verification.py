"""Measure what it costs to verify evidence, and of how many rows of the catalogue it is not known.

    python benchmarks/verification.py

On the packaged graph: the evidence of all answers of the catalogue, as traced and then also verified, in turns. On a
store on disk: how long it takes to take the graph apart, which is done once, with as many claims as are verified.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from corpus import build
from run import RUNS, calls

from fot_graph import load, open_store
from fot_graph.evidence.explaining import explain
from fot_graph.questions.catalogue import bind, questions
from fot_graph.sparql.admission import admit
from fot_graph.stores.parts import MOST_CLAIMS, Parts

DOCUMENTS = 85  # their claims are just fewer than those that are verified


def main() -> None:
    """Print both."""
    graph = load()
    parts = Parts(graph.store)
    texts = [admit(bind(asked, graph, {})).text for asked in questions().values()]
    answers = [(text, graph.query(text)) for text in texts]

    def evidence_of_all(parts: Parts | None) -> int:
        found = [one for text, answer in answers for one in explain(graph.store, text, answer, parts=parts)]
        return sum(not one.known for one in found)

    unknown = evidence_of_all(parts)
    times = calls({"traced": lambda: evidence_of_all(None), "verified": lambda: evidence_of_all(parts)}, RUNS)
    rows = sum(len(answer) or 1 for _, answer in answers)
    sys.stdout.write(f"{len(answers)} questions, {rows} rows, evidence not known of {unknown}; verifying the evidence ")
    sys.stdout.write(f"takes {times['verified'] / times['traced']:.1f} times as long as tracing it alone.\n")
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "store", DOCUMENTS)
        opened = open_store(Path(folder) / "store")
        start = perf_counter()
        taken = opened.parts
        seconds = perf_counter() - start
    claims = f"{len(taken.claims)} claims, {taken.size} triples" if taken else f"more than {MOST_CLAIMS} claims"
    sys.stdout.write(f"A store of {DOCUMENTS} documents ({claims}) is taken apart in {seconds:.1f} s.\n")


if __name__ == "__main__":
    main()
