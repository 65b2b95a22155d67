// A whole run on a repository whose baseline is scikit-learn's: its code, tests,
// training and verdict happen in the box, since WebAssembly lacks the library.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/cli/demo/outcome.ts";
import { hasBubblewrap } from "../support/bubblewrap.ts";
import { resultOf } from "../support/commands.ts";
import { hasLibrary } from "../support/python.ts";
import { type Story, tellStory } from "../support/story.ts";

const BASELINE = `"""The naive model to beat: scikit-learn's logistic regression on a few columns."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from churn.columns import BASELINE, LABEL, Row


class LogisticBaseline:
    """Standardised columns; a missing value stands at the mean."""

    def __init__(self, columns: Sequence[str] = BASELINE) -> None:
        self.columns = list(columns)
        self.means = [0.0] * len(self.columns)
        self.scales = [1.0] * len(self.columns)
        self.weights = [0.0] * len(self.columns)
        self.bias = 0.0

    def fit(self, rows: Sequence[Row]) -> LogisticBaseline:
        """Learn from rows that carry the label."""
        table = np.array(
            [[math.nan if row[c] is None else row[c] for c in self.columns] for row in rows],
            dtype=float,
        )
        scaler = StandardScaler().fit(table)
        values = np.nan_to_num(scaler.transform(table))
        model = LogisticRegression().fit(values, [row[LABEL] for row in rows])
        self.means = scaler.mean_.tolist()
        self.scales = scaler.scale_.tolist()
        self.weights = model.coef_[0].tolist()
        self.bias = float(model.intercept_[0])
        return self

    def predict(self, rows: Sequence[Row]) -> list[float]:
        """Probability of the positive class for each row."""
        return [self._probability(row) for row in rows]

    def _probability(self, row: Row) -> float:
        logit = self.bias
        parts = zip(self.columns, self.means, self.scales, self.weights)
        for column, mean, scale, weight in parts:
            if row[column] is not None:
                logit += weight * (row[column] - mean) / scale
        return 1.0 / (1.0 + math.exp(-max(min(logit, 30.0), -30.0)))
`;

describe.skipIf(!hasBubblewrap || !hasLibrary("sklearn"))(
	"a repository that needs scikit-learn",
	() => {
		let story: Story;
		let state: string;
		beforeAll(async () => {
			story = await tellStory({
				runner: "auto",
				files: { "churn/baseline.py": BASELINE },
			});
			state = await story.toTheEnd();
		}, 540_000);
		afterAll(() => story.close());

		it("is tested, trained and judged in the box, and the comment says so", () => {
			const results = resultOf(story, 11);
			expect(results).toMatch(/ran on bubblewrap/);
			expect(results).not.toMatch(/ran on wasm/);
		});

		it("comes to its end with a verdict that every sanity check agrees with", async () => {
			expect(state).toBe("delivered");
			const { evaluation } = await outcomeOf(story.stage, story.issue, 0);
			expect(evaluation).toMatchObject({ verdict: "PASS" });
			expect(resultOf(story, 11)).not.toMatch(/\| failed \|/);
		});
	},
);
