"""`fot-graph` alone: what the graph holds, in five lines, and what to try."""

from __future__ import annotations

import os

from fot_graph.api import load
from fot_graph.cli import words
from fot_graph.core import tables
from fot_graph.questions.overview import overview

_TRY = {
    "en": {
        "fot-graph board": "what was asked, what was answered",
        "fot-graph ask findings-informing-themes": "findings, themes, quotes",
        "fot-graph show SERV": "all that is said of one thing",
        "fot-graph draw --theme-map -o map.svg": "the themes as a picture",
        "fot-graph --help": "all commands",
    },
    "nl": {
        "fot-graph board": "wat gevraagd is, wat beantwoord",
        "fot-graph ask findings-informing-themes": "bevindingen, thema’s, citaten",
        "fot-graph show SERV": "alles wat over één ding gezegd is",
        "fot-graph draw --theme-map -o map.svg": "de thema’s als tekening",
        "fot-graph --help": "alle commando’s",
    },
}


def text(width: int | None) -> str:
    """Give the five lines, wrapped to the terminal if there is one, and the commands to try."""
    lang = words.language(os.environ)
    lines = overview(load(), lang)
    held = tables.records([name for name, _ in lines], [[said for _, said in lines]], width or 10**6)
    longest = max(map(len, _TRY[lang]))
    return held + "\n" + "".join(f"  {command:<{longest}}  {what}\n" for command, what in _TRY[lang].items())
