"""Training is repeatable, stops in time, and survives a round trip to disk."""

import json
import random
import tempfile
import unittest
from pathlib import Path

from churn.boosting import BoostingSettings
from churn.checkpoint import CheckpointError, TrainedModel
from churn.columns import CATEGORICAL, GROUP, LABEL, NUMERIC, Row
from churn.config import TrainingConfig
from churn.metrics import average_precision
from churn.training import RunLog, train

QUICK = TrainingConfig(boosting=BoostingSettings(rounds=20), patience=5)


def some_rows(count: int, seed: int = 1) -> list[Row]:
    draw = random.Random(seed)
    rows: list[Row] = []
    for number in range(count):
        row: Row = {GROUP: f"c{number // 2:04}"}
        row.update({name: draw.random() for name in NUMERIC})
        row.update({name: draw.choice("abc") for name in CATEGORICAL})
        high = row[NUMERIC[0]] > 0.6 and row[CATEGORICAL[0]] != "a"
        row[LABEL] = int(draw.random() < (0.9 if high else 0.05))
        rows.append(row)
    return rows


class TrainingTest(unittest.TestCase):
    def test_the_same_seed_gives_the_same_predictions(self) -> None:
        rows = some_rows(240)
        first, again = (train(rows, QUICK, seed=3).predict(rows) for _ in range(2))
        self.assertEqual(first, again)

    def test_it_finds_the_signal_in_new_rows(self) -> None:
        fresh = some_rows(200, seed=2)
        scores = train(some_rows(300), QUICK, seed=3).predict(fresh)
        labels = [row[LABEL] for row in fresh]
        self.assertGreater(average_precision(labels, scores), 0.6)

    def test_it_stops_when_the_validation_loss_no_longer_falls(self) -> None:
        rows = some_rows(240)
        draw = random.Random(4)
        for row in rows:
            row[LABEL] = draw.randrange(2)
        config = TrainingConfig(patience=3)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "run.jsonl"
            train(rows, config, seed=3, log=RunLog(path))
            events = [json.loads(line) for line in path.read_text().splitlines()]
        rounds = [event for event in events if event["event"] == "round"]
        self.assertLess(len(rounds), config.boosting.rounds)
        self.assertEqual([events[0]["event"], events[-1]["event"]], ["start", "done"])

    def test_the_run_log_names_seed_version_and_data(self) -> None:
        starts = []
        for rows in (some_rows(60), some_rows(60, seed=2)):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "run.jsonl"
                train(rows, QUICK, seed=3, log=RunLog(path))
                starts.append(json.loads(path.read_text().splitlines()[0]))
        self.assertEqual([start["seed"] for start in starts], [3, 3])
        self.assertTrue(all(start["python"] for start in starts))
        self.assertNotEqual(starts[0]["data"], starts[1]["data"])

    def test_a_small_batch_is_learnt_by_heart(self) -> None:
        rows = some_rows(32)
        labels = [row[LABEL] for row in rows]
        scores = train(rows, seed=3).predict(rows)
        self.assertEqual(average_precision(labels, scores), 1.0)

    def test_no_rows_are_an_error(self) -> None:
        with self.assertRaises(ValueError):
            train([])


class CheckpointTest(unittest.TestCase):
    def test_a_loaded_model_predicts_the_same(self) -> None:
        rows = some_rows(60)
        trained = train(rows, QUICK, seed=3)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            trained.save(path)
            loaded = TrainedModel.load(path)
        self.assertEqual(loaded.predict(rows), trained.predict(rows))
        self.assertEqual(loaded.config, trained.config)

    def test_a_checkpoint_of_other_columns_is_refused(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            train(some_rows(60), QUICK).save(path)
            content = json.loads(path.read_text())
            path.write_text(json.dumps({**content, "features": ["x"]}))
            with self.assertRaisesRegex(CheckpointError, "other columns"):
                TrainedModel.load(path)


class ConfigTest(unittest.TestCase):
    def test_a_file_changes_only_what_it_names(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "config.json"
            path.write_text('{"patience": 4, "boosting": {"depth": 2}}')
            config = TrainingConfig.read(path)
        self.assertEqual((config.patience, config.boosting.depth), (4, 2))
        self.assertEqual(config.smoothing, TrainingConfig().smoothing)

    def test_an_unknown_name_is_an_error(self) -> None:
        with self.assertRaises(TypeError):
            TrainingConfig.from_dict({"patiance": 4})


if __name__ == "__main__":
    unittest.main()
