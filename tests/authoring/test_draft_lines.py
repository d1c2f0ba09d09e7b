"""Drafts as lines: what is a draft in a text, and what it becomes among other claims."""

from __future__ import annotations

from fot_graph.authoring.drafts import Draft, joined, split

CODE = "```sparql\n# a comment\nSELECT ?x { }\n```"
TEXT = f"# Names\n\n- A | person\n\n## one\n\n> a\n\n- b\n\n{CODE}\n\n# Voices\n\n- answer: A\n\n## two\n\n> c\n\n- d\n"


def test_a_draft_ends_at_the_next_heading_which_no_code_is() -> None:
    assert split(TEXT) == [
        Draft(f"## one\n\n> a\n\n- b\n\n{CODE}", ("A | person",)),
        Draft("## two\n\n> c\n\n- d"),
    ]


def test_names_that_drafts_bring_stand_once_among_the_names() -> None:
    drafts = [Draft("## x\n\n> q", ("A | person", "B | person")), Draft("## y\n\n> r", ("B | person",))]
    assert joined(TEXT, drafts).startswith("# Names\n\n- B | person\n- A | person\n\n## one\n")
    assert joined(TEXT, drafts).endswith("- d\n\n## x\n\n> q\n\n## y\n\n> r\n")
    assert joined("", drafts).startswith("# Names\n\n- A | person\n- B | person\n\n## x\n")
