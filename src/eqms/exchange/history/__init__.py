"""Agencies with everything they know, for plone.exportimport: content, registers, records, trail.

plone.exportimport builds content anew through its events, which would give each document a new
first draft, a new code and a new trail. So agencies and what is in them go another way: every
attribute is written as it is, as plain JSON, and put back without any event.
"""
