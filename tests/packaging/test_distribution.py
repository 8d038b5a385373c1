"""What a release holds: all that the source folder holds, and the pins of every way to install."""

from collections.abc import Iterator
from itertools import chain
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pathlib import Path
import pytest
import runpy
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile


ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "eqms"
IN_A_RELEASE = ("src", "profiles", "docs", "tests", "benchmarks", "deploy", "scripts")
GENERATED = shutil.ignore_patterns("__pycache__", "*.mo", "*.egg-info")

versions = runpy.run_path(str(ROOT / "scripts" / "versions_cfg.py"))
pins = versions["pins"]


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A copy of the repository, since a build leaves files where it runs."""
    copy = tmp_path_factory.mktemp("source")
    for folder in IN_A_RELEASE:
        shutil.copytree(ROOT / folder, copy / folder, symlinks=True, ignore=GENERATED)
    for file in ROOT.iterdir():
        if file.is_file() and not file.name.startswith("."):
            shutil.copy(file, copy)
    return copy


@pytest.fixture(scope="module")
def built(source, tmp_path_factory) -> Path:
    """Folder with the sdist, and the wheel made from that sdist."""
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", target, source]
    subprocess.run(command, check=True, capture_output=True)
    return target


@pytest.fixture(scope="module")
def wheel(built) -> set[str]:
    [path] = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def sdist(built) -> set[str]:
    [path] = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def package_files(folder: Path = PACKAGE) -> Iterator[Path]:
    """Every file of the package, through the link to the profiles, that is not generated."""
    for path in folder.iterdir():
        if path.is_dir() and path.name != "__pycache__":
            yield from package_files(path)
        elif path.is_file() and path.suffix != ".mo":
            yield path


def test_wheel_holds_the_package(wheel):
    expected = {str(path.relative_to(ROOT / "src")) for path in package_files()}
    assert {name for name in wheel if ".dist-info/" not in name} == expected


def test_sdist_holds_the_package(sdist):
    expected = {str(path.relative_to(ROOT)) for path in package_files()}
    assert expected <= sdist


@pytest.mark.parametrize("profile", ["default", "uninstall"])
def test_profile_is_packed(wheel, sdist, profile):
    assert f"eqms/profiles/{profile}/metadata.xml" in wheel
    assert f"profiles/{profile}/metadata.xml" in sdist


@pytest.mark.parametrize("kind", ["zcml", "pt", "po", "xml"])
def test_kind_of_file_is_packed(wheel, kind):
    assert any(name.startswith("eqms/") and name.endswith(f".{kind}") for name in wheel)


@pytest.mark.parametrize(
    "name", ["Makefile", "constraints.txt", "scripts/run.py", "deploy/instance/etc/zope.conf.in"]
)
def test_sdist_can_be_run(sdist, name):
    assert name in sdist


def test_setup_py_knows_the_metadata(source):
    command = [sys.executable, "setup.py", "--name", "--version"]
    printed = subprocess.run(command, cwd=source, check=True, capture_output=True, text=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert printed.stdout.split() == [project["name"], project["version"]]


def test_buildout_has_the_pins_of_the_constraints():
    expected = versions["versions_cfg"]((ROOT / "constraints.txt").read_text())
    assert (ROOT / "versions.cfg").read_text() == expected


def test_buildout_names_as_it_looks_them_up():
    """zc.buildout puts a pin of its own beside one that is spelled otherwise."""
    text = (ROOT / "versions.cfg").read_text()
    assert "\nzc.buildout = " in text
    assert "\nzc.recipe.egg = " in text


@pytest.mark.parametrize("line", ["waitress>=3", "waitress", "waitress==3,<4", "a==1\na==2"])
def test_pins_refuse_anything_but_one_version(line):
    with pytest.raises(ValueError, match=r"."):
        pins(line)


def test_pins_drop_the_marker():
    assert pins("# made by hand\nlegacy-cgi==2.6 ; python_version >= '3.13'\n") == {
        "legacy-cgi": "2.6"
    }


def test_every_requirement_of_ours_is_pinned():
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = chain(
        metadata["build-system"]["requires"],
        metadata["project"]["dependencies"],
        *metadata["project"]["optional-dependencies"].values(),
        *metadata["dependency-groups"].values(),
    )
    pinned = pins((ROOT / "constraints.txt").read_text())
    for requirement in map(Requirement, wanted):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement
