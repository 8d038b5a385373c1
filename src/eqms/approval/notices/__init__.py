"""Notices of issue and of ending, for every place where a document applies.

A notice is written once, with whom it is for; the desk of each agency finds its own. So issuing for
a tier of two hundred agencies costs what issuing for one costs.
"""
