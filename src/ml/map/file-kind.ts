// What a path alone tells of a file.

/** Not part of the repository's own text, even when someone checked it in. */
export const LEFT_OUT =
	/(^|\/)(\.git|node_modules|\.?venv|env|site-packages|__pycache__|\.tox|\.nox|\.eggs|\.mypy_cache|\.ipynb_checkpoints)(\/|$)/;

export const isTestPath = (path: string) =>
	/(^|\/)(tests?|testing)\/|(^|\/)(test_[^/]*|[^/]*_tests?|conftest)\.(py|ipynb)$/.test(
		path,
	);

/** Shows, ships, converts or copies; what it does is done elsewhere. */
export const isAuxPath = (path: string) =>
	/(^|\/)(docs?|examples?|tutorials?|benchmarks?|\.github|ci|convert\w*|deploy\w*|demos?|dev|compat|community|research_projects|playground|deprecated|legacy|vendor(ed)?|third_party|external|build|dist)\//.test(
		path,
	) ||
	/(^|\/)(setup|_?version|bench(mark)?[^/]*|(convert|dummy)_[^/]*)\.py$/.test(
		path,
	);

export const isPackageFile = (path: string) => /(^|\/)__init__\.py$/.test(path);

export const isConfigPath = (path: string) =>
	/\.(ya?ml|json|toml|gin|cfg)$/.test(path) &&
	/(^|\/)(conf|config|configs|hparams|params)[^/]*(\/|\.)/.test(path) &&
	!path.startsWith(".github/");

/** Tells how the project is built, run and written. */
export const isProjectFile = (path: string) =>
	/^(pyproject\.toml|setup\.(py|cfg)|requirements[^/]*\.txt|environment[^/]*\.ya?ml|Pipfile|poetry\.lock|uv\.lock|Makefile|Dockerfile[^/]*|dvc\.yaml|params\.yaml|MLproject|tox\.ini|pytest\.ini|noxfile\.py|AGENTS\.md|CLAUDE\.md|CONTRIBUTING\.md|README[^/]*|LICENSE[^/]*)$/i.test(
		path,
	);
