// Which base classes make a class what, by the end of their canonical names.
import type { Role } from "../ml-map.ts";

export const BASES: readonly (readonly [Role, string])[] = [
	[
		"model",
		"nn.Module Module LightningModule PreTrainedModel GenerationMixin ModelMixin keras.Model models.Model layers.Layer keras.Sequential Layer linen.Module nnx.Module eqx.Module equinox.Module MessagePassing autograd.Function tf.Module tensorflow.Module",
	],
	[
		"features",
		"TransformerMixin PreTrainedTokenizer PreTrainedTokenizerFast FeatureExtractionMixin",
	],
	[
		"estimator",
		"BaseEstimator ClassifierMixin RegressorMixin ClusterMixin OutlierMixin",
	],
	[
		"data",
		"Dataset IterableDataset TensorDataset LightningDataModule GeneratorBasedBuilder InMemoryDataset VisionDataset BatchSampler Sampler keras.utils.Sequence PyDataset",
	],
	[
		"train",
		"Callback TrainerCallback Trainer DefaultTrainer SimpleTrainer HookBase LRScheduler _LRScheduler Optimizer Strategy",
	],
	["loss", "_Loss _WeightedLoss losses.Loss"],
	["eval", "Metric DatasetEvaluator torchmetrics.Metric"],
	["tracking", "Logger EventWriter"],
];

/** Classes that hold settings, by the end of their own names. */
export const SETTINGS_CLASS = /(Config|Args|Arguments)$/;

/** Methods that make a class more than its bases say. */
export const METHODS: readonly (readonly [string, Role])[] = [
	["training_step", "train"],
	["train_step", "train"],
	["train_dataloader", "data"],
	["compute_loss", "loss"],
];
