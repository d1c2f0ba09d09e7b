"""The words of the pages: each is said somewhere, and each that a page says is there."""

from __future__ import annotations

import re
from pathlib import Path

from fot_graph import web
from fot_graph.core.words import texts

FOLDER = Path(web.__file__).parent
TEMPLATES = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.html"))
CODE = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
WORDS = texts("pages", "en")


def test_each_word_that_a_template_says_is_there() -> None:
    said = set(re.findall(r"\bt\.(\w+)", TEMPLATES)) - {"items", "get"}
    assert len(said) > 100
    assert said - WORDS.keys() == set()


def test_no_word_of_the_pages_is_unused() -> None:
    begun = tuple(re.findall(r"""\bt\[["'](\w+_)["']""", TEMPLATES))  # as in t["tag_" ~ tag]
    said = set(re.findall(r"\w[\w-]*", TEMPLATES + CODE))
    assert [word for word in WORDS if word not in said and not word.startswith(begun)] == []
