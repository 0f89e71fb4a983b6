"""The distribution: its names, its text folders, its pins, and nothing of the machine it was written on."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {"flows", "schemas", "transforms"}
TEXT = ("sql", "standards", "studies")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The built wheel, unpacked: what an install would lay into site-packages."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    with ZipFile(built) as archive:
        archive.extractall(out / "site")
    return out / "site"


def files_below(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_has_three_top_level_names(wheel):
    assert {path.name for path in wheel.iterdir() if path.suffix != ".dist-info"} == PACKAGES


def test_no_other_distribution_owns_a_top_level_name():
    # An editable install lists no packages, so this distribution may be absent from its own names.
    owners = packages_distributions()
    assert {owner for name in PACKAGES for owner in owners.get(name, ())} <= {"trialmill"}


@pytest.mark.parametrize("name", TEXT)
def test_the_wheel_carries_every_text_file(wheel, name):
    shipped = files_below(wheel / "schemas" / "_text" / name)
    assert shipped
    assert shipped == files_below(ROOT / name)


@pytest.mark.parametrize("name", TEXT)
def test_text_is_found_beside_a_checkout_and_inside_an_install(wheel, name):
    ask = f"from schemas.text import text_folder; print(text_folder({name!r}))"
    for home, folder in {ROOT: ROOT / name, wheel: wheel / "schemas" / "_text" / name}.items():
        answer = subprocess.run(
            [sys.executable, "-c", ask], cwd=home, check=True, capture_output=True, text=True
        )
        assert Path(answer.stdout.strip()) == folder
        assert folder.is_dir()


def test_every_direct_dependency_is_pinned_and_its_licence_noted():
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines())
    assert all(re.fullmatch(r"[\w.!+]+", version) for version in pins.values())
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text()
    wanted = PROJECT["dependencies"] + sum(PROJECT["optional-dependencies"].values(), [])
    for name in (re.match(r"[\w.-]+", requirement).group() for requirement in wanted):
        assert f"| {name} | {pins[name]} |" in notices


@pytest.mark.skipif(not (shutil.which("git") and (ROOT / ".git").exists()), reason="not a git checkout")
def test_no_committed_file_names_a_machine_path_or_a_registry():
    foreign = re.compile(rb"(?<![\w.~-])/(work|root|home|tmp|opt)/\w|(pypi|pythonhosted|npmjs)[.]org")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert [path for path in files if path.is_file() and foreign.search(path.read_bytes())] == []
