"""Splitting and preparing rows."""

import unittest

from churn.columns import GROUP, ID, LABEL, MONTH, RATE, RATED, Row
from churn.{{module}} import prepare
from churn.split import split_by_group


def some_rows(count: int = 60) -> list[Row]:
    return [
        {
            ID: f"r{number:03}",
            GROUP: f"c{number // 2:03}",
            MONTH: "2024-05",
            RATED: "abc"[number % 3],
            LABEL: int(number % 5 == 0),
        }
        for number in range(count)
    ]


class SplitTest(unittest.TestCase):
    def test_no_customer_is_on_both_sides(self) -> None:
        train, held_out = split_by_group(some_rows(), seed=3)
        groups = {row[GROUP] for row in train}
        self.assertFalse(groups & {row[GROUP] for row in held_out})
        self.assertEqual(len(train) + len(held_out), 60)

    def test_the_share_is_kept(self) -> None:
        _, held_out = split_by_group(some_rows(), seed=3, held_out=0.5)
        self.assertEqual(len(held_out), 30)

    def test_the_same_seed_gives_the_same_split(self) -> None:
        self.assertEqual(split_by_group(some_rows(), 1), split_by_group(some_rows(), 1))


class PrepareTest(unittest.TestCase):
    def test_every_row_has_a_rate(self) -> None:
        for part in prepare(some_rows(), seed=1):
            for row in part:
                self.assertGreaterEqual(row[RATE], 0.0)
                self.assertLessEqual(row[RATE], 1.0)

    def test_rows_of_one_category_share_their_rate(self) -> None:
        train, _ = prepare(some_rows(), seed=1)
        rates = {(row[RATED], row[RATE]) for row in train}
        self.assertEqual(len(rates), 3)


if __name__ == "__main__":
    unittest.main()
