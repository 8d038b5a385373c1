"""Write ``versions.cfg``, the pins of the buildout, from ``constraints.txt``.

Part of ``make lock``. Environment markers are left out: a pin that no requirement asks for does
nothing in a buildout.
"""

from packaging.requirements import Requirement
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent
SPELLED = {"zc-buildout": "zc.buildout", "zc-recipe-egg": "zc.recipe.egg"}
"""The buildout looks these two up as they are spelled and adds a looser pin if it misses them."""


def pins(constraints: str) -> dict[str, str]:
    """Name and version of every line ``name==version``.

    :raises ValueError: if a line does not pin exactly one version, or a name comes twice
    """
    found: dict[str, str] = {}
    for line in constraints.splitlines():
        if not line or line.startswith("#"):
            continue
        requirement = Requirement(line)
        [specifier] = requirement.specifier
        if specifier.operator != "==" or requirement.name in found:
            raise ValueError(f"not one version for every Python: {line}")
        found[requirement.name] = specifier.version
    return found


def versions_cfg(constraints: str) -> str:
    """The section ``[versions]`` that a buildout extends."""
    lines = [
        f"{SPELLED.get(name, name)} = {version}" for name, version in pins(constraints).items()
    ]
    return "\n".join(["# Made from constraints.txt by: make lock", "[versions]", *lines, ""])


if __name__ == "__main__":
    text = versions_cfg((ROOT / "constraints.txt").read_text())
    (ROOT / "versions.cfg").write_text(text)
