// What each kind of hint sets in motion.

import type { Hint } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { handleCi } from "./handle-ci.ts";
import { handleClosed } from "./handle-closed.ts";
import { handleCommand } from "./handle-command.ts";
import { handleEdit } from "./handle-edit.ts";
import { handleGone, handlePlacesGone } from "./handle-gone.ts";
import { handleInstalled } from "./handle-installation.ts";
import { handleLabel } from "./handle-label.ts";
import { handleLock } from "./handle-lock.ts";
import { handlePress } from "./handle-press.ts";
import { handlePull } from "./handle-pull.ts";
import { handlePullCommand } from "./handle-pull-command.ts";
import { handlePush } from "./handle-push.ts";
import { handleReply } from "./handle-reply.ts";
import { handleRevert } from "./handle-revert.ts";
import { handleReview } from "./handle-review.ts";
import { handleUnlabel } from "./handle-unlabel.ts";

/** May be called again for the same delivery; what it changes counts once. */
export async function handleHint(
	parts: Parts,
	hint: Hint,
	delivery: number,
): Promise<void> {
	switch (hint.kind) {
		case "labeled":
			return handleLabel(parts, hint, delivery);
		case "unlabeled":
			return handleUnlabel(parts, hint, delivery);
		case "commented":
			return handleCommand(parts, hint, delivery);
		case "commented-on-pull":
			return handlePullCommand(parts, hint, delivery);
		case "replied":
			return handleReply(parts, hint, delivery);
		case "edited":
			return handleEdit(parts, hint, delivery);
		case "locked":
		case "unlocked":
			return handleLock(parts, hint, delivery);
		case "closed":
			return handleClosed(parts, hint, delivery);
		case "pull-moved":
			return handlePull(parts, hint);
		case "pull-pushed":
			return handlePush(parts, hint, delivery);
		case "pressed":
			return handlePress(parts, hint, delivery);
		case "reviewed":
			return handleReview(parts, hint, delivery);
		case "pull-reverted":
			return handleRevert(parts, hint);
		case "ci-ended":
			return handleCi(parts, hint);
		case "gone":
			return handleGone(parts, hint, delivery);
		case "places-gone":
			return handlePlacesGone(parts, hint);
		case "installed":
			return handleInstalled(parts, hint, delivery);
	}
}
