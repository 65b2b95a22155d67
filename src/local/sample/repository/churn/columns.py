"""The columns of data/customers.csv and their roles.

Everything else imports the names from here, so that a renamed column in the
export is a change of one line.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

ID = "{{id}}"
GROUP = "{{group}}"
MONTH = "{{month}}"
LABEL = "{{label}}"

NUMERIC = (
    "{{tenure}}",
    "{{charge}}",
    "{{discount}}",
    "{{usage}}",
    "{{trend}}",
    "{{logins}}",
    "{{devices}}",
    "{{tickets}}",
    "{{late}}",
    "{{contact}}",
)

CATEGORICAL = (
    "{{category}}",
    "{{plan}}",
    "{{contract}}",
    "{{payment}}",
    "{{channel}}",
)

# From the call centre's own export, which may be written after scoring day.
ARRIVES_LATE = ("{{contact}}",)

# The category that is also offered as a number: the share of its customers
# who did {{verb}}.
RATED = "{{category}}"
RATE = "{{rate}}"

BASELINE = ("{{tenure}}", "{{charge}}", RATE)
