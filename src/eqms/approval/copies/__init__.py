"""Signed copies: evidence beside a revision that is approved or issued.

A digitally signed PDF (ký số), or a scan of paper that was signed and stamped. They stand outside
the content and its hash, and change nothing of either.
"""
