---
to: <%= name %>/model.py
unless_exists: true
---
"""Builds the model and its baseline. No data and no paths here."""
from dataclasses import dataclass

from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.dummy import DummyClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


@dataclass(frozen=True)
class Settings:
    strength: float = 1.0
    rarest: int = 10
    seed: int = 0


def build(settings):
    """All that learns is inside, so that it learns from training rows alone."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    words = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=settings.rarest)
    prepare = make_column_transformer(
        (numbers, make_column_selector(dtype_include="number")),
        (words, make_column_selector(dtype_exclude="number")),
    )
    learner = LogisticRegression(
        C=settings.strength, max_iter=1000, random_state=settings.seed
    )
    return make_pipeline(prepare, learner)


def baseline():
    """What the model has to beat: the shares of the classes."""
    return DummyClassifier(strategy="prior")
