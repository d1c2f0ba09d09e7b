"""Validate with plain pyshacl and write its reports: DATA SHAPES [DATA SHAPES …], all in Turtle."""

import logging
import sys

from pyshacl import validate
from rdflib import Graph

logging.disable()  # of malformed dates, which are for the shapes to tell
for data, shapes in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    graphs = [Graph().parse(path, format="turtle") for path in (data, shapes)]
    _, report, _ = validate(graphs[0], shacl_graph=graphs[1], inference="none")
    sys.stdout.write(report.serialize(format="turtle"))
