"""No row is encoded with its own label, and late columns stay out."""

import unittest

from churn.columns import ARRIVES_LATE, CATEGORICAL, GROUP, LABEL, NUMERIC, Row
from churn.encoding import FEATURES, RowEncoder, TargetEncoder, assign_folds


def some_rows(count: int = 60) -> list[Row]:
    return [
        {
            GROUP: f"c{number // 2:03}",
            LABEL: int(number % 4 == 0),
            **{name: float(number) for name in NUMERIC},
            **{name: "abc"[number % 3] for name in CATEGORICAL},
        }
        for number in range(count)
    ]


class TargetEncoderTest(unittest.TestCase):
    def test_rare_categories_are_drawn_to_the_overall_share(self) -> None:
        rows = [{"x": "often", LABEL: 1} for _ in range(99)]
        rows += [{"x": "rare", LABEL: 0}]
        encoder = TargetEncoder(["x"], smoothing=20).fit(rows)
        self.assertGreater(encoder.share({"x": "often"}, "x"), 0.99)
        self.assertGreater(encoder.share({"x": "rare"}, "x"), 0.9)

    def test_unseen_categories_get_the_overall_share(self) -> None:
        rows = [{"x": "a", LABEL: 1}, {"x": "b", LABEL: 0}]
        encoder = TargetEncoder(["x"]).fit(rows)
        self.assertEqual(encoder.share({"x": "new"}, "x"), 0.5)


class RowEncoderTest(unittest.TestCase):
    def test_a_customers_labels_do_not_reach_their_own_vectors(self) -> None:
        rows = some_rows()
        before = RowEncoder().fit_transform(rows, seed=1)
        flipped = [dict(row) for row in rows]
        for row in flipped[:2]:
            row[LABEL] = 1 - row[LABEL]
        after = RowEncoder().fit_transform(flipped, seed=1)
        self.assertEqual(before[:2], after[:2])
        self.assertNotEqual(before, after)

    def test_later_rows_need_no_label(self) -> None:
        encoder = RowEncoder().fit(some_rows())
        row = some_rows()[0]
        del row[LABEL]
        self.assertEqual(len(encoder.transform([row])[0]), len(FEATURES))

    def test_columns_that_arrive_late_are_left_out(self) -> None:
        self.assertFalse(set(ARRIVES_LATE) & set(FEATURES))

    def test_a_customer_stays_in_one_fold(self) -> None:
        folds = assign_folds(some_rows(), 5, seed=1)
        self.assertEqual(len(folds), 30)
        self.assertEqual(set(folds.values()), set(range(5)))

    def test_a_restored_encoder_gives_the_same_vectors(self) -> None:
        encoder = RowEncoder().fit(some_rows())
        again = RowEncoder().restore(encoder.state())
        self.assertEqual(again.transform(some_rows()), encoder.transform(some_rows()))


if __name__ == "__main__":
    unittest.main()
