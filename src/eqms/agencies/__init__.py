"""Agencies and their units, with the groups of people who work on an agency's documents."""
