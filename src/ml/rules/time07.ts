// A whole series is scaled before windows are cut out of it.

import { courseOf, leakPlaces } from "./leak-places.ts";
import { isUnsupervisedFit } from "./leak04.ts";
import type { Rule } from "./rule.ts";
import { isWindowed } from "./windowed.ts";

export const TIME07: Rule = {
	id: "TIME07",
	title: "A whole series is scaled before it is cut into windows",
	severity: "medium",
	confidence: 85,
	why: "A series drifts: its later minimum, maximum and mean tell where it is going. A scaler fitted on all of it puts that into every training window, which a forecaster could not have known; unlike shuffled rows, the two sides of a split in time do not have the same mean. (Among shuffled rows scaling early is harmless; see LEAK04.)",
	references: [
		"https://scikit-learn.org/stable/common_pitfalls.html#data-leakage",
		"https://otexts.com/fpp3/tscv.html",
	],
	bad: `import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras.models import Sequential

series = pd.read_csv("load.csv")[["load"]].values
scaled = MinMaxScaler().fit_transform(series)
X, y = [], []
for i in range(24, len(scaled)):
    X.append(scaled[i - 24 : i, 0])
    y.append(scaled[i, 0])
X, y = np.array(X), np.array(y)
model = Sequential()
model.fit(X[:800], y[:800])
print(model.evaluate(X[800:], y[800:]))
`,
	good: `import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler
from tensorflow.keras.models import Sequential

series = pd.read_csv("load.csv")[["load"]].values
scaler = MinMaxScaler().fit(series[:824])
train, test = scaler.transform(series[:824]), scaler.transform(series[824:])

def windows(rows):
    X = np.array([rows[i - 24 : i, 0] for i in range(24, len(rows))])
    return X, rows[24:, 0]

model = Sequential()
model.fit(*windows(train))
print(model.evaluate(*windows(test)))
`,
	check: (code) =>
		leakPlaces(
			code,
			(leak) => isUnsupervisedFit(leak) && isWindowed(code, leak),
			(story) => ({
				message: `${story.taint.name} is fitted on ${courseOf(story)}. The rows are a series cut into windows, so training knows how high and low the series will go later.`,
				suggestion:
					"Divide the series in time first, fit the scaler on the earlier part, transform both, and cut each part into windows by itself.",
			}),
		),
};
