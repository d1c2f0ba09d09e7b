"""One module a command, of the command's name, with `add_words(parser)` for its options and `run(args)`.

`run` does what the command does and gives its exit code. A module is imported when its command is called.
"""
