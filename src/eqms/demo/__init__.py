"""The demo: invented people and documents, made the way users make theirs."""

from eqms.demo.accounts import ACCOUNTS
from eqms.demo.loading import load


__all__ = ["ACCOUNTS", "load"]
