"""What stands at more than one place of the repository says the same at each."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# One entry: name==version, perhaps a marker, then its hashes.
LOCKED = re.findall(r"^([\w.-]+)==(\S+)([^\n]*)\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", LOCK, re.MULTILINE)


def normalized(requirement):
    return re.split(r"[=<>\[;]", requirement)[0].strip().lower().replace("_", "-")


def test_every_locked_package_has_a_version_and_hashes():
    lines = [line for line in LOCK.splitlines() if line and not line.lstrip().startswith(("#", "--hash"))]
    assert len(lines) == len(LOCKED) > 100


def test_the_lock_holds_no_address_and_no_pytorch():
    assert "://" not in LOCK
    assert not {name for name, *_ in LOCKED} & {"torch", "torchvision"}


@pytest.mark.parametrize("extra", sorted(set(EXTRAS) - {"bench"}))
def test_everything_an_extra_asks_for_is_locked(extra):
    assert {normalized(requirement) for requirement in EXTRAS[extra]} <= {name for name, *_ in LOCKED}


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_readme_says_what_an_extra_brings(extra):
    assert f"'.[{extra}]'" in README


def test_the_readme_names_targets_that_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert {"course", "test"} <= named <= targets


def test_the_citation_has_the_version_and_the_title():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]
    assert citation["title"] == config["title"]
    assert citation["repository-code"] == config["repository"]["url"]


def test_the_changelog_has_the_version():
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
