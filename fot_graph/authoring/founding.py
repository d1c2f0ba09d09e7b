"""A new workspace: the folders in which a person's own documents, names and questions stand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from fot_graph.core.errors import OutputFileError, UsageError, system_message
from fot_graph.core.files import whole_folder
from fot_graph.core.namespaces import Namespaces
from fot_graph.core.words import texts
from fot_graph.core.workspace import FILE

if TYPE_CHECKING:
    from fot_graph.core.workspace import Workspace

_EDITORS = {
    "nl": "de redactie",
    "en": "the editors",
    "fr": "la rédaction",
    "de": "die Redaktion",
    "es": "la redacción",
    "it": "la redazione",
}
_FOLDERS = ("data/documents", "data/background", "queries", "templates")


def default_base(name: str) -> str:
    """Give a base IRI for a workspace of this name, to be changed before anything of it is published.

    >>> default_base("Vragen 2024")
    'https://data.example.org/vragen-2024/'
    """
    slug = re.sub(r"[^a-z0-9._~-]+", "-", name.casefold()).strip("-.")
    return f"https://data.example.org/{slug or 'workspace'}/"


def found(given: Workspace, lang: str) -> None:
    """Make a workspace in its folder, which is new or empty; what its files say is in 'nl' or 'en'.

    Raises: `UsageError` for a folder with something in it, and for what is no base; `OutputFileError`.
    """
    place = given.folder
    Namespaces(given.base)
    try:
        if place.is_dir() and any(place.iterdir()):
            raise UsageError("folder-not-empty", place=place)
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFileError(place, system_message(error)) from error
    with whole_folder(place) as new:
        for name in _FOLDERS:
            (new / name).mkdir(parents=True)
            (new / name / ".gitkeep").touch()
        for name, text in _files(given, lang).items():
            (new / name).write_text(text, encoding="utf-8")


def _files(given: Workspace, lang: str) -> dict[str, str]:
    said = texts("workspace", lang)
    values = {
        "name": json.dumps(given.name, ensure_ascii=False),
        "base": given.base,
        "languages": json.dumps(given.languages),
        "curator": json.dumps(given.curator, ensure_ascii=False),
        "title": given.name,
        "editors": " , ".join(f"{_editors(given, each)}@{each}" for each in given.languages),
    }
    names = {"README.md": "readme", FILE: "settings", "data/entities.ttl": "names"}
    return {file: said[key].format(**values) for file, key in names.items()}


def _editors(given: Workspace, lang: str) -> str:
    """Write what readings and calculations go by in a language; in one without a word for it a name: the curator's."""
    name = _EDITORS.get(lang) or given.curator or given.name
    return json.dumps(name, ensure_ascii=False)
