// What names promise. Used where flow alone cannot tell, never against it.

const PART =
	/(^|_)(train(ing|set)?|test(ing|set)?|valid(ation)?|val|dev|held(_?out)?|hold_?out|oof|eval(uation)?)(_|\d|$)/i;
const SPLIT =
	/(^|_)(split|splits|train_test|hold_?out|partition|k?folds?|cross_val\w*|cross_validate)(_|$)/i;
const SPLITS_SOMETHING_ELSE =
	/feature|label|column|x_?y|line|text|word|name|path|string|target|date/i;
const CHOOSES_PART = /train|test|valid|held|hold_?out|fold|split|subset/i;
const PRESENCE =
	/(\bis( not)? None|[!=]=\s*(""|''|None))\s*$|notna\(|notnull\(/;
const LABEL_CONSTANT = /^(label|target|y)_?(col|column|name|field|key)?$/i;
const FEATURES = /^(x|x_(all|df|full)|features)$/i;
const LABEL_VALUES =
	/^(ys?|y_(true|all)|labels?|targets?|(y|labels?|targets?)_(train|test|valid|val)|(train|test|valid|val)_(y|labels?|targets?))$/i;

/** `train_rows`, `held_out`, `X_test`: one side of a division. */
export const namesPart = (name: string) => PART.test(name);

/** `split_by_group`, `train_test_split`, `kfold`: a function that divides rows. */
export const namesSplit = (name: string) =>
	SPLIT.test(name) && !SPLITS_SOMETHING_ELSE.test(name);

/** A condition that chooses rows by the part they are in. */
export const choosesPart = (condition: string) => CHOOSES_PART.test(condition);

/** `row["churned"] is not None`, `value != ""`. */
export const asksForPresence = (condition: string) => PRESENCE.test(condition);

/** `LABEL`, `target_column`: holds the label's name. */
export const namesLabelColumn = (name: string) => LABEL_CONSTANT.test(name);

/** `X`, `features`: everything but the label. */
export const namesFeatures = (name: string) => FEATURES.test(name);

/** `y`, `labels`, `y_train`: holds the label's values. */
export const namesLabelValues = (name: string) => LABEL_VALUES.test(name);
