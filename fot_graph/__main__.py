"""`python -m fot_graph` is the command `fot-graph`."""

import sys

from fot_graph.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
