import type { Review } from "../../state.ts";
import { fileAnchor } from "../diff/file-view.ts";
import { outdatedThread } from "../diff/thread-view.ts";
import type { Thread } from "../diff/threads.ts";
import { type Html, html } from "../html.ts";
import type { Visit } from "../site.ts";
import { commentCard } from "./comment-card.ts";
import { icon } from "./icons.ts";
import { byline, when } from "./people.ts";
import type { Entry } from "./timeline.ts";

const DID: Record<Review["state"], string> = {
	PENDING: "began a review",
	COMMENTED: "reviewed",
	APPROVED: "approved these changes",
	CHANGES_REQUESTED: "requested changes",
};

/** Reviews for the timeline; threads that still have their line are only named there. */
export function reviewEntries(
	visit: Visit,
	number: number,
	threads: readonly Thread[],
	isPlaced: (thread: Thread) => boolean,
): Entry[] {
	const { repository } = visit;
	return [...repository.reviews.values()]
		.filter((review) => review.number === number && review.submittedAt)
		.flatMap((review) => {
			const own = threads.filter(({ first }) => first.reviewId === review.id);
			// An answer in a thread makes a review of its own, which says nothing.
			const speaks = review.body !== "" || review.state !== "COMMENTED";
			if (!speaks && own.length === 0) return [];
			const createdAt = review.submittedAt ?? "";
			const shown = html`
				<div class="review" id="review-${review.id}">
					${head(visit, review, createdAt)}
					${own.map((thread) => (isPlaced(thread) ? pointer(thread) : outdatedThread(visit, thread)))}
				</div>
			`;
			return [{ id: review.id, createdAt, shown }];
		});
}

function head({ repository }: Visit, review: Review, createdAt: string): Html {
	const { id, user, state, body } = review;
	if (body === "" && state === "COMMENTED")
		return html`
			<div class="event"><span class="dot">${icon("speech")}</span>
				<p>${byline(user)} commented on the changes <span class="quiet">
						${when(createdAt)}</span>
				</p>
			</div>
		`;
	return html`<div class="verdict ${state}">${commentCard(repository, {
		id: `pullrequestreview-${id}`,
		user,
		createdAt,
		body: body || null,
		reactions: [],
		did: DID[state],
	})}</div>`;
}

function pointer({ first, replies }: Thread): Html {
	const answers = replies.length;
	return html`
		<p class="pointer">${icon("speech")} <a href="#thread-${first.id}"><code>
					${first.path}:${first.line}</code></a> <span class="quiet">
				${first.body.split("\n", 1)[0]}
				${answers > 0 && ` · ${answers} ${answers === 1 ? "answer" : "answers"}`}
			</span> <a class="unseen" href="#${fileAnchor(first.path)}">to the file
			</a>
		</p>
	`;
}
