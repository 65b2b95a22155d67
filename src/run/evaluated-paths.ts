// Which later changes leave a verdict as it was: texts for people, the verdict's
// own figures, and no others.

const FOR_PEOPLE =
	/\.(?:md|rst|adoc)$|^(?:LICENSE|NOTICE|CITATION\.cff|docs\/ml\/issue-\d+-metrics\.json)$/i;

/** Those among the changed paths that the evaluation may have depended on. */
export const evaluatedPaths = (changed: readonly string[]): string[] =>
	changed.filter((path) => !FOR_PEOPLE.test(path));
