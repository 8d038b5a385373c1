"""``@validity``: whether a copy on paper is still valid."""
