"""The command `fot-graph`: a thin shell over the library, and the only part of it that prints.

`main` runs a command line, `commands/` has one file a command. Exit codes: 0 fine; 1 a negative finding; 2 wrong
usage; 3 unreadable input or malformed query; 4 out of time; 130 interrupted. An error is one clear line on standard
error.
"""
