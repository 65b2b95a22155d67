// What owners do with the App itself: install it, suspend it, take it off.
import { accountShape, installationShape } from "./shapes/account.ts";
import { repositoryShape } from "./shapes/repository.ts";
import {
	findRepository,
	type Installation,
	installationOf,
	type Repository,
	timestamp,
} from "./state.ts";
import { emit, post } from "./webhooks/emit.ts";
import type { Turn, World } from "./world.ts";

export interface Installing {
	/** Tells the App that it was installed, as GitHub does once for each owner. */
	announceInstallation(): void;
	/** From now on the App's tokens open nothing of this owner. */
	uninstall(owner: string): void;
	/** The same, until somebody takes it back; no token is given meanwhile. */
	suspend(owner: string): void;
	/** Takes one repository, "owner/name", out of the App's reach, or gives it back. */
	removeRepository(repository: string): void;
	restoreRepository(repository: string): void;
	deleteRepository(repository: string): void;
}

export function createInstalling(world: World): Installing {
	const { state, courier } = world;

	/** The owner's doing; what it tells comes from before or after it, as GitHub has it. */
	function tell(
		installation: Installation,
		event: "installation" | "installation_repositories",
		action: string,
		details: object,
	): void {
		const { account: actor, id } = installation;
		const turn: Turn = { world, actor, viaApp: false, outbox: [] };
		post(turn, event, action, null, id, {
			installation: installationShape(world, installation),
			...details,
			sender: accountShape(world, actor),
		});
		courier.send(turn.outbox);
	}

	const shown = (repositories: readonly Repository[]) => ({
		repositories: repositories.map((one) => repositoryShape(world, one)),
	});

	const within = ({ account, without }: Installation) =>
		[...state.repositories.values()].filter(
			({ id, owner }) => owner.id === account.id && !without.has(id),
		);

	function installationAt(owner: string): Installation {
		const found = [...state.installations.values()].find(
			({ account }) => account.login === owner,
		);
		if (!found) throw new Error(`The App is not installed at ${owner}.`);
		return found;
	}

	function revokeTokens({ id }: Installation): void {
		for (const [token, { installation }] of state.tokens)
			if (installation?.id === id) state.tokens.delete(token);
	}

	function repositoryAt(fullName: string): Repository {
		const found = findRepository(state, fullName);
		if (!found) throw new Error(`The forge has no repository ${fullName}.`);
		return found;
	}

	const tellOfAll = (installation: Installation, action: string) =>
		tell(installation, "installation", action, shown(within(installation)));

	function close(installation: Installation, action: string): void {
		revokeTokens(installation);
		tellOfAll(installation, action);
	}

	const selection = { repository_selection: "selected", requester: null };

	return {
		announceInstallation() {
			for (const installation of state.installations.values())
				tellOfAll(installation, "created");
		},

		uninstall(owner) {
			const installation = installationAt(owner);
			state.installations.delete(installation.id);
			close(installation, "deleted");
		},

		suspend(owner) {
			const installation = installationAt(owner);
			installation.suspendedAt = timestamp();
			close(installation, "suspend");
		},

		removeRepository(fullName) {
			const repository = repositoryAt(fullName);
			const installation = installationOf(state, repository);
			if (!installation) return;
			installation.without.add(repository.id);
			revokeTokens(installation);
			const { repositories } = shown([repository]);
			tell(installation, "installation_repositories", "removed", {
				...selection,
				repositories_added: [],
				repositories_removed: repositories,
			});
		},

		restoreRepository(fullName) {
			const repository = repositoryAt(fullName);
			const installation = installationAt(repository.owner.login);
			installation.without.delete(repository.id);
			const { repositories } = shown([repository]);
			tell(installation, "installation_repositories", "added", {
				...selection,
				repositories_added: repositories,
				repositories_removed: [],
			});
		},

		deleteRepository(fullName) {
			const repository = repositoryAt(fullName);
			const { owner: actor } = repository;
			const turn: Turn = { world, actor, viaApp: false, outbox: [] };
			emit(turn, repository, "repository", "deleted", {});
			state.repositories.delete(fullName.toLowerCase());
			courier.send(turn.outbox);
		},
	};
}
