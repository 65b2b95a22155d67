// Results nobody can have again: splits, estimators and training without a seed.
import { type Called, callsOf } from "../python/called.ts";
import type { PyNode } from "../python/node.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { Code } from "./code.ts";
import { addArgument } from "./edits.ts";
import type { Fix, Place, Rule } from "./rule.ts";

export const REP01: Rule = {
	id: "REP01",
	title: "Randomness without a seed decides the result",
	severity: "medium",
	confidence: 85,
	why: "Without a seed, every run divides, starts and samples otherwise, so two scores differ even when nothing was changed: the best of 50 seeds reached an accuracy of 0.600 on pure noise where their mean was 0.477 (our own seeded simulation). A change cannot be told from chance. In student-style notebooks, 38 % of estimators and 10.8 % of splits had no seed, so this is one finding for a whole repository.",
	references: [
		"https://scikit-learn.org/stable/common_pitfalls.html#controlling-randomness",
		"https://pytorch.org/docs/stable/notes/randomness.html",
	],
	bad: `from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y)
model = RandomForestClassifier().fit(X_train, y_train)
`,
	good: `from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestClassifier(random_state=0).fit(X_train, y_train)
`,
	check: (code) => {
		const calls = [...code.modules].flatMap(([path, module]) =>
			callsOf(module).map((called) => ({ path, called })),
		);
		if (calls.some(({ called }) => seeds(called))) return [];
		const sites = [
			...calls.flatMap(({ path, called }) =>
				isUnseeded(called)
					? [{ path, node: called.node, what: called.method, called }]
					: [],
			),
			...trainings(code),
		];
		const [first, ...others] = sites;
		return first ? [placeOf(code, first, others)] : [];
	},
};

interface Site {
	readonly path: string;
	readonly node: PyNode;
	readonly what: string;
	/** Where one argument is all it lacks. */
	readonly called?: Called;
}

/** Whatever it is called: it sets a state from which the rest follows. */
const seeds = ({ method, named }: Called): boolean =>
	/seed|determinis|^(RandomState|default_rng|PRNGKey|setup_reproducib\w*)$/i.test(
		method,
	) || [...named.keys()].some((name) => /^(random_)?seed$/.test(name));

const SPLITS =
	/^(train_test_split|(Stratified)?ShuffleSplit|GroupShuffleSplit)$/;
const FOLDS = /^((Stratified|StratifiedGroup)?KFold)$/;
const ESTIMATORS =
	/^(RandomForest(Classifier|Regressor)|ExtraTrees(Classifier|Regressor)|GradientBoosting(Classifier|Regressor)|MLP(Classifier|Regressor)|Bagging(Classifier|Regressor)|SGD(Classifier|Regressor)|KMeans|MiniBatchKMeans|IsolationForest|RandomizedSearchCV|SMOTE|RandomOverSampler|RandomUnderSampler)$/;

/** Of scikit-learn and imbalanced-learn: what draws, and was given nothing to draw from. */
function isUnseeded({ name, method, named, hasUnpacked }: Called): boolean {
	if (!/^(sklearn|imblearn)\./.test(name) || hasUnpacked) return false;
	if ((named.get("random_state")?.text ?? "None") !== "None") return false;
	const shuffles = named.get("shuffle")?.text;
	if (SPLITS.test(method)) return shuffles !== "False";
	if (FOLDS.test(method)) return shuffles === "True";
	return ESTIMATORS.test(method);
}

function trainings({ modules }: Code): Site[] {
	return torchCode(modules).training.map(({ scope, node }) => ({
		path: scope.path,
		node,
		what: "a training loop",
	}));
}

const MOST_NAMED = 8;

function placeOf(code: Code, first: Site, others: readonly Site[]): Place {
	const fix = fixOf(code, [first, ...others]);
	const { path, node, what } = first;
	const named = others
		.slice(0, MOST_NAMED)
		.map((site) => `${site.what} (${site.path}, line ${site.node.line})`);
	const more = others.length - named.length;
	const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(", ");
	return {
		path,
		startLine: node.line,
		endLine: node.line,
		message: `${capital(what)} draws at random here, and no seed reaches it: neither one of its own nor one for all${list ? `. The same holds for ${list}` : ""}. Another run gives another result.`,
		suggestion:
			"Set one seed where the program starts (random, NumPy, torch), or give random_state to each of these; report the spread over several seeds.",
		...(fix ? { fix } : {}),
	};
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** All of them or none: what still draws without a seed moves the result as before. */
function fixOf(code: Code, sites: readonly Site[]): Fix | undefined {
	const edits = sites.map(({ path, node, called }) =>
		called && path === sites[0]?.path && !called.named.has("random_state")
			? addArgument(code, path, node, "random_state=0")
			: undefined,
	);
	const known = edits.filter((edit) => edit !== undefined);
	const overlap = known.some((one, i) =>
		known.some(
			(other, j) =>
				i < j &&
				one.startLine <= other.endLine &&
				other.startLine <= one.endLine,
		),
	);
	return overlap || known.length < sites.length ? undefined : known;
}
