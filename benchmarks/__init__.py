"""Speed of eqms beside stock Plone, measured in one run; see `benchmarks.run`."""
