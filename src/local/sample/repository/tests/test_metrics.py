"""Metrics against values worked out by hand."""

import math
import unittest

from churn.metrics import average_precision, log_loss, recall_at_precision


class MetricsTest(unittest.TestCase):
    def test_perfect_ranking(self) -> None:
        self.assertEqual(average_precision([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1]), 1.0)

    def test_one_mistake(self) -> None:
        value = average_precision([1, 0, 1], [0.9, 0.8, 0.7])
        self.assertAlmostEqual(value, 0.5 * 1 + 0.5 * 2 / 3)

    def test_equal_scores_give_the_positive_share(self) -> None:
        self.assertAlmostEqual(average_precision([1, 0, 0, 0], [0.5] * 4), 0.25)

    def test_no_positive_label_is_an_error(self) -> None:
        with self.assertRaises(ValueError):
            average_precision([0, 0], [0.1, 0.2])

    def test_recall_at_precision(self) -> None:
        labels, scores = [1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]
        self.assertEqual(recall_at_precision(labels, scores, 0.6), 1.0)
        self.assertEqual(recall_at_precision(labels, scores, 0.9), 0.5)

    def test_log_loss_of_a_coin(self) -> None:
        self.assertAlmostEqual(log_loss([0, 1], [0.5, 0.5]), math.log(2))


if __name__ == "__main__":
    unittest.main()
