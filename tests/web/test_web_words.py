"""The words of the interface, in both languages."""

from __future__ import annotations

from fot_graph.web.words import LANGUAGES, WORDS


def test_the_interface_has_the_same_words_in_both_languages() -> None:
    assert WORDS["nl"].keys() == WORDS["en"].keys()
    assert all(
        WORDS[lang][key].count("{}") == WORDS["nl"][key].count("{}") for lang in LANGUAGES for key in WORDS[lang]
    )
