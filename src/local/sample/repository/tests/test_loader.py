"""The loader reads our export and refuses anything else."""

import tempfile
import unittest
from pathlib import Path

from churn.columns import CATEGORICAL, GROUP, ID, LABEL, MONTH, NUMERIC
from churn.loader import UNKNOWN, TableError, load_rows

HEADER = [ID, GROUP, MONTH, *NUMERIC, *CATEGORICAL, LABEL]


def write_table(folder: str, header: list[str], *lines: list[str]) -> Path:
    path = Path(folder) / "table.csv"
    path.write_text("\n".join(",".join(cells) for cells in [header, *lines]) + "\n")
    return path


class LoaderTest(unittest.TestCase):
    def test_types(self) -> None:
        line = ["r1", "c1", "2024-01", *["2.5"] * len(NUMERIC)]
        line += ["x"] * len(CATEGORICAL) + ["1"]
        with tempfile.TemporaryDirectory() as folder:
            row = load_rows(write_table(folder, HEADER, line))[0]
        self.assertEqual(row[NUMERIC[0]], 2.5)
        self.assertEqual(row[CATEGORICAL[0]], "x")
        self.assertEqual(row[LABEL], 1)

    def test_empty_cells_are_missing_values(self) -> None:
        line = ["r1", "c1", "2024-01"] + [""] * len([*NUMERIC, *CATEGORICAL]) + ["0"]
        with tempfile.TemporaryDirectory() as folder:
            row = load_rows(write_table(folder, HEADER, line))[0]
        self.assertIsNone(row[NUMERIC[0]])
        self.assertEqual(row[CATEGORICAL[0]], UNKNOWN)

    def test_a_missing_column_is_named(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write_table(folder, HEADER[1:])
            with self.assertRaisesRegex(TableError, ID):
                load_rows(path)

    def test_the_label_may_be_absent_when_scoring(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write_table(folder, HEADER[:-1])
            self.assertEqual(load_rows(path, labelled=False), [])
            with self.assertRaisesRegex(TableError, LABEL):
                load_rows(path)

    def test_the_real_table(self) -> None:
        rows = load_rows(Path(__file__).parent.parent / "data" / "customers.csv")
        self.assertEqual(len(rows), len({row[ID] for row in rows}))
        self.assertEqual({row[LABEL] for row in rows}, {0, 1})


if __name__ == "__main__":
    unittest.main()
