"""Upgrade steps lead from the first profile version to the present one without a gap."""

from plone import api
import pytest


PROFILE = "eqms:default"
FIRST = "1000"


@pytest.fixture
def steps(portal):
    found = api.portal.get_tool("portal_setup").listUpgrades(PROFILE, show_old=True)
    return [step for group in found for step in (group if isinstance(group, list) else [group])]


def test_the_profile_stands_at_the_last_step(portal, steps):
    present = api.portal.get_tool("portal_setup").getVersionForProfile(PROFILE)
    assert present == (".".join(steps[-1]["dest"]) if steps else FIRST)


def test_each_step_begins_where_the_one_before_ends(steps):
    ends = [FIRST, *(".".join(step["dest"]) for step in steps)]
    begins = [".".join(step["source"]) for step in steps]
    assert begins == ends[: len(begins)]
    assert ends == sorted(ends, key=int)


def test_nothing_waits_to_be_upgraded(portal):
    assert api.portal.get_tool("portal_setup").listUpgrades(PROFILE) == []


def test_upgrading_an_installed_site_is_harmless(portal):
    setup = api.portal.get_tool("portal_setup")
    setup.setLastVersionForProfile(PROFILE, FIRST)
    setup.upgradeProfile(PROFILE)
    assert setup.getLastVersionForProfile(PROFILE) == (setup.getVersionForProfile(PROFILE),)
