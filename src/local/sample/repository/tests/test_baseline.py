"""The baseline learns what a straight line can learn."""

import unittest

from churn.baseline import LogisticBaseline
from churn.columns import LABEL, Row


def rows_on_a_line() -> list[Row]:
    return [{"x": float(x), LABEL: int(x >= 10)} for x in range(20)]


class BaselineTest(unittest.TestCase):
    def test_it_separates_a_line(self) -> None:
        rows = rows_on_a_line()
        scores = LogisticBaseline(["x"]).fit(rows).predict(rows)
        self.assertLess(max(scores[:10]), min(scores[10:]))

    def test_it_needs_no_label_to_predict(self) -> None:
        model = LogisticBaseline(["x"]).fit(rows_on_a_line())
        (score,) = model.predict([{"x": 19.0}])
        self.assertGreater(score, 0.9)

    def test_a_missing_value_counts_as_the_mean(self) -> None:
        model = LogisticBaseline(["x"]).fit(rows_on_a_line())
        missing, mean = model.predict([{"x": None}, {"x": 9.5}])
        self.assertAlmostEqual(missing, mean)

    def test_fitting_twice_gives_the_same_model(self) -> None:
        first = LogisticBaseline(["x"]).fit(rows_on_a_line())
        second = LogisticBaseline(["x"]).fit(rows_on_a_line())
        self.assertEqual(first.weights, second.weights)


if __name__ == "__main__":
    unittest.main()
