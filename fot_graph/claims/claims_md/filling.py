"""The line of a template: which cell fills which field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fot_graph.claims.claims_md.lines import keyword, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fot_graph.claims.claims_md.blocks import Text
    from fot_graph.claims.claims_md.lines import LineReader
    from fot_graph.claims.claims_md.templates import Template


def template_of(line: Text, templates: Mapping[str, Template]) -> tuple[Template, Text] | None:
    """Give the template that the first word of a line names in some language, and the rest of the line."""
    found = keyword(line) or _close_keyword(line)
    if not found:
        return None
    word = found[0].lower()
    given = (each for each in templates.values() if word in (each.name, *(n.lower() for n in each.names.values())))
    template = next(given, None)
    return (template, found[1]) if template else None


def _close_keyword(line: Text) -> tuple[str, Text] | None:
    """Give the word before a colon that no blank follows ('cijfer:1.488'), which may be that of a template."""
    found = re.match(r"([^|:;\"<]+):(?=\S)", line.text)
    return (found[1].strip(), line.part(found.end(), len(line.text))) if found else None


def assigned(reader: LineReader, template: Template, line: Text, rest: Text) -> dict[str, Text]:
    """Give the cell of each field: by its place, or by the name of the field before a colon.

    Raises: `ClaimsFileError` for a cell too many, and for a field that needs one.
    """
    found: dict[str, Text] = {}
    names = {name.lower(): field.name for field in template.fields for name in (field.name, *field.names.values())}
    waiting = [field.name for field in template.fields]
    for cell in split(rest, "|"):
        named = keyword(cell)
        if named and (field := names.get(named[0].lower(), "")) and field not in found:
            found[field], waiting = named[1], [name for name in waiting if name != field]
        elif not waiting:
            raise reader.error(
                cell, "claims-cell-too-many", name=template.name, usage=template.usage(language_of(template, line))
            )
        else:
            found[waiting.pop(0)] = cell
    missing = [field for field in template.fields if not field.optional and not (found.get(field.name) or line).text]
    missing += [field for field in template.fields if not field.optional and field.name not in found]
    if missing:
        name = missing[0].names[language_of(template, line)]
        raise reader.error(line, "claims-field-missing", field=name, usage=template.usage(language_of(template, line)))
    return {name: cell for name, cell in found.items() if cell.text}


def language_of(template: Template, line: Text) -> str:
    """Tell by its first word in which language a line of a template is written."""
    word = (keyword(line) or _close_keyword(line) or ("",))[0].lower()
    return "nl" if word == template.names["nl"].lower() else "en"
