---
to: <%= name %>/train.py
unless_exists: true
---
"""Fits on training rows and says what was done. Test rows are never read here."""
import hashlib
import platform
from dataclasses import asdict

import sklearn

from .model import Settings, baseline, build


def train(part, settings=Settings()):
    """The fitted model and its fitted baseline."""
    return build(settings).fit(part.X, part.y), baseline().fit(part.X, part.y)


def record(source, settings, part):
    """All that is needed to do it again; no clock, so that two runs are equal."""
    with open(source.table, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {
        "source": asdict(source),
        "settings": asdict(settings),
        "table_sha256": digest,
        "training_rows": len(part.y),
        "columns": list(part.X),
        "python": platform.python_version(),
        "scikit_learn": sklearn.__version__,
    }
