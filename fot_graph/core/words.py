"""What fot_graph says to people, in each of its languages: data in `languages/<language>/<part>.json`, and its reader.

A file holds texts by key. Both languages have the same files, keys and fields (`{name}`, as `str.format` has them).
A text is read when it is said, so that a command that says nothing of a part does not wait for it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("nl", "en")
_FOLDER = Path(__file__).with_name("languages")


@cache
def texts(part: str, lang: str) -> dict[str, str]:
    """Give the texts of a part, such as 'errors' or 'pages', in a language: 'nl', or 'en', also for any other one.

    >>> texts("errors", "nl")["no-query"]
    'er is geen query'
    """
    import json  # noqa: PLC0415  most commands say nothing of their own

    folder = _FOLDER / (lang if lang in LANGUAGES else "en")
    found: dict[str, str] = json.loads((folder / f"{part}.json").read_text(encoding="utf-8"))
    return found


def text_in(said: Mapping[str, str], lang: str) -> tuple[str, str]:
    """Choose among texts by their languages the one in a language, else the first of the others, with its language.

    >>> text_in({"fr": "la raison", "nl": "de reden"}, "nl"), text_in({"fr": "la raison"}, "nl"), text_in({}, "nl")
    (('nl', 'de reden'), ('fr', 'la raison'), ('', ''))
    """
    chosen = lang if lang in said else min(said, default="")
    return chosen, said.get(chosen, "")


def fill(text: str, lang: str, *values: object, **fields: object) -> str:
    """Put values into the fields of a text, each as a reader of the language writes it.

    A number with a format has the separators of the language, and with `one|many` (`,one|many`) what it counts behind
    it; several values have commas between them, or 'or' with the format `or`; `lower` writes a value in small letters;
    a `Message` is worded.

    >>> fill("{count:,} × {names:or}", "nl", count=1500, names=["a", "b", "c"])
    '1.500 × a, b of c'
    >>> fill("{:row|rows}, {:row|rows}, {:,row|rows}", "en", 0, 1, 1500)
    '0 rows, 1 row, 1,500 rows'
    """
    named = {name: _Field(value, lang) for name, value in fields.items()}
    return text.format(*(_Field(value, lang) for value in values), **named)


class Message:
    """Something to say that has no language yet: the code of its text among the words for errors, and its data."""

    def __init__(self, code: str, **data: object) -> None:
        self.code, self.data = code, data

    def worded(self, lang: str) -> str:
        """Say it in a language.

        >>> Message("no-folder").worded("en")
        'there is no such folder'
        """
        return fill(texts("errors", lang)[self.code], lang, **self.data)

    def __str__(self) -> str:
        return self.worded("en")

    def __repr__(self) -> str:
        return f"<Message: {self}>"


class _Field:
    """A value in a text of some language."""

    def __init__(self, value: object, lang: str) -> None:
        self._value, self._lang = value, lang

    def __format__(self, form: str) -> str:
        value, lang = self._value, self._lang
        if isinstance(value, (list, tuple)):
            return _join_names([f"{_Field(each, lang)}" for each in value], form, lang)
        if isinstance(value, Message):
            value = value.worded(lang)
        if form == "lower":
            return str(value).lower()
        if "|" in form:
            one, many = form.removeprefix(",").split("|")
            return f"{_Field(value, lang):{',' if form.startswith(',') else ''}} {one if value == 1 else many}"
        text = format(value, form)
        return text.translate(_DUTCH_SIGNS) if form and lang == "nl" else text


_DUTCH_SIGNS = str.maketrans(".,", ",.")


def _join_names(names: list[str], form: str, lang: str) -> str:
    if not form or len(names) < 2:
        return ", ".join(names)
    between, last = (texts("errors", lang)[f"{form}-{place}"] for place in ("between", "last"))
    return f"{between.join(names[:-1])}{last}{names[-1]}"
