"""Held-out labels must not reach the rows a model sees."""

import random
import unittest

from churn.columns import GROUP, ID, LABEL, MONTH, RATE, RATED, Row
from churn.evaluate import prepare


def some_rows() -> list[Row]:
    draw = random.Random(8)
    return [
        {
            ID: f"r{number:03}",
            GROUP: f"c{number // 2:03}",
            MONTH: "2024-05",
            RATED: draw.choice("abcd"),
            LABEL: int(draw.random() < 0.3),
        }
        for number in range(120)
    ]


def rates(rows: list[Row]) -> dict[str, float]:
    return {row[ID]: row[RATE] for row in rows}


class NoTargetLeakTest(unittest.TestCase):
    def test_held_out_labels_change_no_feature(self) -> None:
        train, held_out = prepare(some_rows(), seed=1)
        hidden = {row[ID] for row in held_out}
        changed = some_rows()
        for row in changed:
            if row[ID] in hidden:
                row[LABEL] = 1 - row[LABEL]
        train_after, held_out_after = prepare(changed, seed=1)
        self.assertEqual(rates(train), rates(train_after))
        self.assertEqual(rates(held_out), rates(held_out_after))

    def test_training_labels_do(self) -> None:
        train, _ = prepare(some_rows(), seed=1)
        known = {row[ID] for row in train}
        changed = some_rows()
        for row in changed:
            if row[ID] in known:
                row[LABEL] = 1
        train_after, _ = prepare(changed, seed=1)
        self.assertEqual(set(rates(train_after).values()), {1.0})

    def test_a_category_without_training_rows_gets_the_overall_share(self) -> None:
        _, held_out = prepare(some_rows(), seed=1)
        chosen = held_out[0][GROUP]
        rows = some_rows()
        for row in rows:
            if row[GROUP] == chosen:
                row[RATED] = "never seen in training"
        train, held_out = prepare(rows, seed=1)
        overall = sum(row[LABEL] for row in train) / len(train)
        alone = [row for row in held_out if row[GROUP] == chosen]
        self.assertTrue(alone)
        for row in alone:
            self.assertAlmostEqual(row[RATE], overall)


if __name__ == "__main__":
    unittest.main()
