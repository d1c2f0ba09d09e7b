"""One file a command, of the command's name: `add_words(parser)` adds its options, `run(args)` does it.

What it does in a few words, which help shows, stands in `help.json` of each language under its name, the help of its
options under codes that `add_words` gives. `run` gives the exit code. A command is found by its file, and imported when
it is called.
"""
