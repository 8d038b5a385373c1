"""Settings of this room, kept in the registry of the site."""

from eqms import _
from eqms.domain.procedure_checks import SEVERITIES
from eqms.domain.procedure_checks import Severity
from eqms.procedures.finding_words import SEVERITY_TITLES
from eqms.procedures.finding_words import TITLES
from eqms.procedures.vocabularies import CHECKS
from eqms.procedures.vocabularies import vocabulary
from typing import Any
from typing import Final
from zope import schema
from zope.interface import Interface
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleVocabulary


BLOCKING_RECORD: Final = "eqms.procedures.blocking_checks"

_HEAVIEST_FIRST: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class IProcedureSettings(Interface):
    """What a site asks of its procedures."""

    blocking_checks = schema.List(
        title=_("setting_blocking_checks", default="Checks that block"),
        description=_(
            "help_setting_blocking_checks",
            default="A draft is not submitted as long as one of these finds something, whoever "
            "submits it and by whatever channel. What the others find is shown and hinders "
            "nothing.",
        ),
        value_type=schema.Choice(vocabulary=CHECKS),
        required=False,
        default=[],
    )


@provider(IVocabularyFactory)
def checks(context: Any) -> SimpleVocabulary:
    """All checks, those in front that weigh most."""
    return vocabulary(
        {
            name: _(
                "check_with_severity",
                default="${check} (${severity})",
                mapping={"check": TITLES[name], "severity": SEVERITY_TITLES[severity]},
            )
            for severity in _HEAVIEST_FIRST
            for name, own in SEVERITIES.items()
            if own is severity
        }
    )
