"""One file a command, of the command's name: `add_words(parser)` adds its options, `run(args)` does it.

Its first line is its usage and, after a colon, what it does in a few words, which help shows. `run` gives the exit
code. A command is found by its file, and imported when it is called.
"""
