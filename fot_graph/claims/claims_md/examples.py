"""The example of a template as it would stand in a `claims.md`: the whole claim, with the claim that it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.claims.claims_md.facts import DERIVED
from fot_graph.claims.claims_md.words import words_in
from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fot_graph.claims.claims_md.names import KnownNames
    from fot_graph.claims.claims_md.templates import Template

READING = "interpreted"  # the status of a claim that reads what others say ...
ASKING = "question"  # ... and the template of what the examples read


def example(
    template: Template, templates: Mapping[str, Template], names: KnownNames, lang: str, languages: Iterable[str]
) -> str:
    """Write the example of a template, in 'nl' or 'en'; its reasons are in the `languages` of the workspace."""
    shown = template.examples[lang]
    line = f"- {template.names[lang]}: {shown.line}\n"
    if template.status != READING:
        return f"## {template.name}\n\n> {shown.sentence}\n\n{line}"
    asking, words = templates[ASKING], words_in(lang)
    terms = (node(f"status:{READING}"), node("strength:strong"))
    status = ", ".join(names.label(term.value, lang) for term in terms)
    reasons = {tag: template.examples[tag].because for tag in languages if tag in template.examples}
    derived = names.label(DERIVED.value, lang)
    because = (f"{words.because} {tag}: {reason}" for tag, reason in reasons.items() if reason)
    told = "".join(f"- {each}\n" for each in (f"{derived}: {asking.name}", *because))
    return (
        f"{example(asking, templates, names, lang, languages)}\n## {template.name}\n{status}\n\n"
        f"> {words.subject}: {asking.examples[lang].sentence}\n\n> {words.object}: {shown.sentence}\n\n"
        f"{line}{told}"
    )
