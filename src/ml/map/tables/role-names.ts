// How a file's path shows that a role is its own.
import type { Role } from "../ml-map.ts";

export const ROLE_NAMES: Readonly<Partial<Record<Role, RegExp>>> = {
	model: /model|net|arch|backbone|module/i,
	train: /train|engine|fit|learn|fabric|loop/i,
	data: /data|loader|input|prepare/i,
	features: /feature|preproc|prepare|transform|augment|token/i,
	split: /split|fold|data/i,
	eval: /eval|metric|valid|score|test/i,
	config: /config|cli|args|hparam|settings/i,
	serve: /serv|api|infer|predict|export|deploy|sample|generate/i,
	tracking: /log|track|wandb|mlflow|event/i,
	entry: /train|main|run|cli|app|sample/i,
	checkpoint: /checkpoint|save|ckpt/i,
	loss: /loss|criterion|objective/i,
};

/** Functions worth opening first, whatever the role. */
export const TELLING_FUNCTION =
	/train|fit|eval|valid|predict|load|prepare|process|build|main|split|feature|loss|get_batch|step|forward|generate|sample/i;
