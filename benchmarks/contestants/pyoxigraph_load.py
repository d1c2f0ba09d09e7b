"""Load a Turtle file with nothing but the engine: FILE."""

import sys

from pyoxigraph import RdfFormat, Store

Store().load(path=sys.argv[1], format=RdfFormat.TURTLE)
