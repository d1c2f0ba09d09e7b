"""The example of a template as it would stand in a `claims.md`: the whole claim, with the claim that it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fot_graph.core.terms import node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fot_graph.claims.claims_md.names import KnownNames
    from fot_graph.claims.claims_md.templates import Template

READING, ASKING = (
    "interpreted",
    "question",
)  # the status of a claim that reads others, and the template of what it reads
_WORDS = {
    "nl": ("onderwerp", "voorwerp", "afgeleid van", "omdat"),
    "en": ("subject", "object", "derived from", "because"),
}


def example(
    template: Template, templates: Mapping[str, Template], names: KnownNames, lang: str, languages: Iterable[str]
) -> str:
    """Write the example of a template, in 'nl' or 'en'; its reasons are in the `languages` of the workspace."""
    shown = template.examples[lang]
    line = f"- {template.names[lang]}: {shown.line}\n"
    if template.status != READING:
        return f"## {template.name}\n\n> {shown.sentence}\n\n{line}"
    asking, (subject, answer, derived, because) = templates[ASKING], _WORDS[lang]
    terms = (node(f"status:{READING}"), node("strength:strong"))
    status = ", ".join(names.label(term.value, lang) for term in terms)
    reasons = {tag: template.examples[tag].because for tag in languages if tag in template.examples}
    told = [f"{derived}: {asking.name}", *(f"{because} {tag}: {reason}" for tag, reason in reasons.items() if reason)]
    return (
        f"{example(asking, templates, names, lang, languages)}\n## {template.name}\n{status}\n\n"
        f"> {subject}: {asking.examples[lang].sentence}\n\n> {answer}: {shown.sentence}\n\n"
        f"{line}" + "".join(f"- {each}\n" for each in told)
    )
