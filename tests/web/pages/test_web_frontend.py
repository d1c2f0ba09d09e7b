"""The built style sheet and scripts are what the sources in frontend/ give."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import fot_graph

STATIC = Path(fot_graph.__file__).parent / "web" / "static"
FRONTEND = Path(fot_graph.__file__).parent.parent / "frontend"
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed: the front end is not built anew")
@pytest.mark.skipif(
    not (FRONTEND / "node_modules" / "esbuild").exists(),
    reason="esbuild is not installed (npm ci in frontend/): the front end is not built anew",
)
def test_a_build_gives_the_committed_files(tmp_path: Path) -> None:
    subprocess.run([str(NODE), "build.mjs", str(tmp_path)], cwd=FRONTEND, check=True)
    built = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    kept = {file.name: file.read_bytes() for file in STATIC.iterdir()}
    assert built.keys() == kept.keys()
    assert [name for name in built if built[name] != kept[name]] == [], "run `npm run build` in frontend/"


def test_nothing_names_another_host() -> None:
    for file in STATIC.iterdir():
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "//cdn" not in text
        assert "@import" not in text
        assert "url(http" not in text
