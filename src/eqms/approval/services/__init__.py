"""REST services of approval: ``@submit``, ``@sign``, ``@reject``, ``@recall``, ``@withdraw``."""
