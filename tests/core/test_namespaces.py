import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaged import BASE, PREFIXES, curie, expand

from fot_graph.core.errors import UsageError
from fot_graph.core.namespaces import Namespaces


def test_the_longest_namespace_wins() -> None:
    assert curie(PREFIXES["claim"] + "a/b") == "claim:a/b"
    assert curie(PREFIXES["eli-dl"] + "answers_to") == "eli-dl:answers_to"


@pytest.mark.parametrize("iri", ["https://example.org/", "urn:x", "", "https://w3id.org/fot-graph/"])
def test_an_iri_without_namespace_stays_whole(iri: str) -> None:
    assert curie(iri) == iri


@pytest.mark.parametrize("name", ["https://example.org/", "schema://x", "nope:x", "serv", ""])
def test_what_has_no_known_prefix_is_not_expanded(name: str) -> None:
    assert expand(name) == name


@given(
    st.sampled_from(sorted(PREFIXES)),
    st.text("abcXYZ019-_./#?=,:", max_size=12).filter(lambda x: not x.startswith("//")),
)
def test_expanding_undoes_shortening(prefix: str, local: str) -> None:
    iri = expand(f"{prefix}:{local}")
    assert iri == PREFIXES[prefix] + local
    assert expand(curie(iri)) == iri


@pytest.mark.parametrize(
    "base", [f"{BASE}id/", f"{BASE}status/", f"{BASE}claim/x/", "https://w3id.org/", "http://www.w3.org/"]
)
def test_a_base_above_or_below_other_namespaces_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="is no base"):
        Namespaces(base)


def test_a_text_that_only_cites_a_site_is_written_for_the_packaged_graph() -> None:
    text = f"<{BASE}id/a> <http://purl.org/dc/terms/source> <https://data.example.org/page>"
    assert "<https://data.example.org/id/a>" in Namespaces("https://data.example.org/").moved(text)


def test_no_two_prefixes_share_a_namespace() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_importing_the_package_imports_no_library() -> None:
    code = "import fot_graph, sys; print({'pyoxigraph', 'rdflib', 're', 'typing'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True).stdout
        == "set()\n"
    )


@pytest.mark.parametrize("name", ["load", "Graph", "Answer", "errors"])
def test_the_public_names_are_there(name: str) -> None:
    import fot_graph

    assert getattr(fot_graph, name)
    assert name in dir(fot_graph)


def test_a_name_that_is_not_public_is_not_there() -> None:
    import fot_graph

    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(fot_graph, "nothing")  # noqa: B009
