"""Proposals about what is approved or in force: to suspend, resume, retire, cancel or postpone.

A document controller proposes. Whoever may approve the document signs, or a decision is cited; only
then anything changes.
"""
