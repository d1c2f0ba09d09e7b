"""The wheel carries ontology, data and questions, and works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "test.lock"


def run(*words: str | Path, cwd: Path) -> str:
    """Run a command away from the checkout, which PYTHONPATH must not bring back, and give what it prints."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(words, cwd=cwd, env=env, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["ontology", "data", "queries"])
def test_the_wheel_carries_each_folder_whole(wheel: Path, folder: str) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    carried = {name.removeprefix("fot_graph/_resources/") for name in names if f"_resources/{folder}/" in name}
    assert carried == {str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_packaged_data_are_a_workspace_in_the_wheel_too(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        carried = archive.read("fot_graph/_resources/fot-graph.toml")
    assert carried == (ROOT / "fot-graph.toml").read_bytes()


@pytest.mark.slow
def test_the_wheel_answers_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "elsewhere"
    venv.create(home, with_pip=True)
    run(home / "bin" / "pip", "install", "--quiet", "--constraint", LOCK, wheel, cwd=tmp_path)
    command = (home / "bin" / "fot-graph", "ask", "predecessors", "--lang", "nl")
    assert "Jobkanaal" in run(*command, cwd=tmp_path)
    assert run(home / "bin" / "python", "-m", "fot_graph", *command[1:], cwd=tmp_path) == run(*command, cwd=tmp_path)
    assert (ROOT / "fot_graph").as_posix() not in run(
        home / "bin" / "python", "-c", "import fot_graph; print(fot_graph.__file__)", cwd=tmp_path
    )


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    locked = {line.partition("==")[0].lower() for line in LOCK.read_text(encoding="utf-8").splitlines()}
    assert {name.partition(">=")[0].lower() for name in wanted} <= locked
