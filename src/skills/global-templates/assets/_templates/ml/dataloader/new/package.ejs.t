---
to: <%= name %>/__init__.py
unless_exists: true
---
"""<%= name %>: data.py reads and splits, model.py builds, train.py fits, evaluate.py judges."""
