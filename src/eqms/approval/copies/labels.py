"""What is said on screen of signed copies, no more than was looked at."""

from eqms import _
from eqms.approval.copies.facts import Chain
from eqms.approval.copies.facts import Later
from eqms.approval.copies.facts import TimeSource
from eqms.approval.copies.facts import Verdict


KINDS = {
    "digital": _("kind_digital", default="Digitally signed file"),
    "paper": _("kind_paper", default="Paper, signed and stamped"),
}

VERDICTS = {
    Verdict.INTACT: (
        _("verdict_intact", default="Intact: what was signed is unchanged"),
        "text-bg-success",
    ),
    Verdict.CHANGED_LATER: (
        _("verdict_changed_later", default="Content was added after signing"),
        "text-bg-warning",
    ),
    Verdict.BROKEN: (
        _("verdict_broken", default="Broken: the file or a signature in it was changed"),
        "text-bg-danger",
    ),
}
"""Message and style; of a scan nothing is said but whether its bytes are the same."""

SAME_BYTES = (
    _("copy_same_bytes", default="The file is the one that was attached"),
    "text-bg-secondary",
)

LATER = {
    Later.NOTHING: _("later_nothing", default="nothing was added after this signature"),
    Later.HARMLESS: _(
        "later_harmless",
        default="only further signatures or data that do not touch the content were added after it",
    ),
    Later.CONTENT: _("later_content", default="content was added after this signature"),
}

TIME_SOURCES = {
    TimeSource.STAMP: _("time_stamp", default="time stamp of a trusted service"),
    TimeSource.STAMP_NOT_CHECKED: _(
        "time_stamp_not_checked",
        default="time stamp, the certificate of the service was not checked",
    ),
    TimeSource.SIGNER: _("time_signer", default="as the signer's computer said"),
    TimeSource.NOBODY: _("time_nobody", default="not stated"),
}

CHAINS = {
    Chain.TRUSTED: _("chain_trusted", default="the certificate leads to one that this site trusts"),
    Chain.NOT_TRUSTED: _(
        "chain_not_trusted", default="the certificate leads to none that this site trusts"
    ),
    Chain.NOT_CHECKED: _("chain_not_checked", default="chain of certificates not checked"),
}

REVOCATION = _("revocation_not_checked", default="revocation not checked")
"""Never asked for: that would need the internet."""
