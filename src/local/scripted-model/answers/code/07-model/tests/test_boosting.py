"""The model learns what trees should learn, and the same thing twice."""

import json
import random
import unittest

from churn.boosting import Binner, BoostingSettings, GradientBoosting
from churn.metrics import log_loss

EAGER = BoostingSettings(
    rounds=80, learning_rate=0.5, min_leaf=1, row_share=1.0, column_share=1.0
)


def noise(count: int, width: int, seed: int = 5) -> list[list[float]]:
    draw = random.Random(seed)
    return [[draw.random() for _ in range(width)] for _ in range(count)]


class BoostingTest(unittest.TestCase):
    def test_it_overfits_thirty_two_rows_of_noise(self) -> None:
        matrix = noise(32, 6)
        labels = [random.Random(row).randrange(2) for row in range(32)]
        model = GradientBoosting(EAGER).fit(matrix, labels, seed=1)
        self.assertLess(log_loss(labels, model.predict(matrix)), 0.02)

    def test_each_round_lowers_the_training_loss(self) -> None:
        matrix = noise(120, 4)
        labels = [int(row[0] + row[1] > 1) for row in matrix]
        model = GradientBoosting(EAGER)
        losses: list[float] = []

        def watch(_: int) -> bool:
            losses.append(log_loss(labels, model.predict(matrix)))
            return len(losses) == 10

        model.fit(matrix, labels, seed=1, after_round=watch)
        self.assertEqual(losses, sorted(losses, reverse=True))
        self.assertEqual(len(model.trees), 10)

    def test_it_learns_an_interaction_no_line_can_follow(self) -> None:
        matrix = noise(400, 2)
        labels = [int((a > 0.5) != (b > 0.5)) for a, b in matrix]
        settings = BoostingSettings(column_share=1.0)
        model = GradientBoosting(settings).fit(matrix, labels, seed=1)
        fresh = noise(200, 2, seed=6)
        right = sum(
            (score > 0.5) == ((a > 0.5) != (b > 0.5))
            for score, (a, b) in zip(model.predict(fresh), fresh)
        )
        self.assertGreater(right, 180)

    def test_without_signal_it_predicts_the_share(self) -> None:
        matrix = [[1.0, 2.0] for _ in range(50)]
        labels = [int(row < 10) for row in range(50)]
        model = GradientBoosting().fit(matrix, labels, seed=1)
        for score in model.predict(matrix):
            self.assertAlmostEqual(score, 0.2, delta=0.05)

    def test_missing_values_have_their_own_bin(self) -> None:
        binner = Binner(4).fit([[1.0], [2.0], [3.0], [4.0], [None]])
        (column,) = binner.transform([[None], [0.0], [9.0]])
        self.assertEqual(column[0], 0)
        self.assertLess(column[1], column[2])

    def test_the_seed_decides(self) -> None:
        matrix = noise(80, 5)
        labels = [int(row[0] > 0.6) for row in matrix]
        first, again, other = (
            GradientBoosting().fit(matrix, labels, seed).predict(matrix)
            for seed in (1, 1, 2)
        )
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)

    def test_a_restored_model_predicts_the_same(self) -> None:
        matrix = noise(80, 3)
        labels = [int(row[0] > 0.6) for row in matrix]
        model = GradientBoosting().fit(matrix, labels, seed=1)
        again = GradientBoosting().restore(json.loads(json.dumps(model.state())))
        self.assertEqual(model.predict(matrix), again.predict(matrix))


if __name__ == "__main__":
    unittest.main()
