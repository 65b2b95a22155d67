"""From the real table to predictions and a call list, on a small part of it."""

import contextlib
import csv
import io
import tempfile
import unittest
from pathlib import Path

import modelwright_eval
from churn import scoring
from churn.columns import GROUP, ID, LABEL, MONTH

TABLE = Path(__file__).parent.parent / "data" / "customers.csv"
TRAINING_ROWS = 300
SCORED_ROWS = 100


class IntegrationTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        with TABLE.open(newline="", encoding="utf-8") as file:
            table = list(csv.DictReader(file))
        self.scored = table[TRAINING_ROWS : TRAINING_ROWS + SCORED_ROWS]
        self.data = self.write("train.csv", table[:TRAINING_ROWS], list(table[0]))
        known = [name for name in table[0] if name != LABEL]
        self.features = self.write("features.csv", self.scored, known)

    def write(self, name: str, rows: list[dict[str, str]], header: list[str]) -> str:
        path = self.folder / name
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, header, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return str(path)

    def run_system(self, system: str) -> list[dict[str, str]]:
        out = str(self.folder / f"{system}.csv")
        both = ["--system", system, "--model-dir", str(self.folder / "model")]
        modelwright_eval.main(["train", *both, "--data", self.data, "--seed", "1"])
        modelwright_eval.main(
            ["predict", *both, "--features", self.features, "--out", out]
        )
        with open(out, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_each_system_predicts_every_row_without_labels(self) -> None:
        for system in ("model", "baseline"):
            with self.subTest(system):
                predictions = self.run_system(system)
                self.assertEqual(
                    [row["id"] for row in predictions],
                    [row[ID] for row in self.scored],
                )
                for row in predictions:
                    self.assertGreater(float(row["prediction"]), 0.0)
                    self.assertLess(float(row["prediction"]), 1.0)

    def test_the_weekly_batch_lists_each_customer_once(self) -> None:
        self.run_system("model")
        out = self.folder / "calls.csv"
        model = str(self.folder / "model" / "model.json")
        paths = ["--model", model, "--data", self.features, "--out", str(out)]
        with contextlib.redirect_stdout(io.StringIO()):
            scoring.main([*paths, "--limit", "20"])
        with out.open(newline="", encoding="utf-8") as file:
            called = [row[GROUP] for row in csv.DictReader(file)]
        self.assertEqual(len(called), 20)
        self.assertEqual(len(set(called)), 20)

    def test_the_newest_month_counts(self) -> None:
        rows = [
            {GROUP: "c1", MONTH: "2025-01"},
            {GROUP: "c1", MONTH: "2025-03"},
            {GROUP: "c1", MONTH: "2025-02"},
        ]
        (kept,) = scoring.newest_per_customer(rows)
        self.assertEqual(kept[MONTH], "2025-03")


if __name__ == "__main__":
    unittest.main()
