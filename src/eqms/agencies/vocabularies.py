"""Tiers and ranks are fixed; blocks are what the programme counts by, and differ by province."""

from eqms import _
from plone import api
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


TIERS = "eqms.agency_tiers"
BLOCKS = "eqms.agency_blocks"
RANKS = "eqms.ranks"
PEOPLE = "eqms.agency_people"
ISSUE_MODES = "eqms.issue_modes"
BLOCKS_RECORD = "eqms.agencies.blocks"

_TIER_TITLES = (
    ("central", _("tier_central", default="Central")),
    ("province", _("tier_province", default="Province")),
    ("district", _("tier_district", default="District")),
    ("commune", _("tier_commune", default="Commune")),
)


@provider(IVocabularyFactory)
def tiers(context: object) -> SimpleVocabulary:
    """Administrative tiers; the district tier stays for agencies dissolved in 2025."""
    return SimpleVocabulary([SimpleTerm(value, value, title) for value, title in _TIER_TITLES])


_ISSUE_MODE_TITLES = (
    ("at_once", _("issue_at_once", default="are issued at once")),
    ("by_decision", _("issue_by_decision", default="wait for an issue decision")),
)


@provider(IVocabularyFactory)
def issue_modes(context: object) -> SimpleVocabulary:
    """What follows the last signature on a revision."""
    return SimpleVocabulary(
        [SimpleTerm(value, value, title) for value, title in _ISSUE_MODE_TITLES]
    )


_RANK_TITLES = (
    ("head", _("rank_head", default="Head")),
    ("acting", _("rank_acting", default="Acting head")),
    ("deputy", _("rank_deputy", default="Deputy")),
    ("other", _("rank_other", default="Other post")),
)


@provider(IVocabularyFactory)
def ranks(context: object) -> SimpleVocabulary:
    """Ranks of posts (cấp trưởng, quyền cấp trưởng, cấp phó)."""
    return SimpleVocabulary([SimpleTerm(value, value, title) for value, title in _RANK_TITLES])


@provider(IVocabularyFactory)
def blocks(context: object) -> SimpleVocabulary:
    """Blocks of the programme (khối), from the settings of the site."""
    titles = api.portal.get_registry_record(BLOCKS_RECORD, default={}) or {}
    return SimpleVocabulary([SimpleTerm(key, key, title) for key, title in titles.items()])
