"""Load a Turtle file with rdflib: FILE."""

import sys

from rdflib import Graph

Graph().parse(sys.argv[1], format="turtle")
