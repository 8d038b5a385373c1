"""Rules of document control in pure Python: no module here imports Zope or Plone."""
