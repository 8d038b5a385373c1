"""Upgrade steps of the profile, one folder per version."""
