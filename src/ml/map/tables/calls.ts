// Which calls speak for which role. A call is known by its canonical name:
// `nn.functional.relu` after `from torch import nn` is torch.nn.functional.relu.
import type { Role } from "../ml-map.ts";

export interface CallNames {
	/** The end of a name, at a dot: `random.seed` fits `numpy.random.seed`. */
	readonly ends: string;
	/** The start of a name, up to a dot: everything in that module. */
	readonly under: string;
}

export const CALLS: Readonly<Partial<Record<Role, CallNames>>> = {
	data: {
		ends: "DataLoader DistributedSampler WeightedRandomSampler load_dataset numpy.memmap numpy.load numpy.loadtxt numpy.genfromtxt read_csv read_parquet read_table read_feather read_excel read_sql scan_csv scan_parquet pandas.read_json polars.read_json pandas.read_pickle pandas.read_hdf DatasetCatalog.register image_dataset_from_directory fetch_openml tofile snapshot_download hf_hub_download",
		under:
			"sklearn.datasets torchvision.datasets tensorflow.data tensorflow_datasets keras.datasets tensorflow.keras.datasets webdataset torch.utils.data",
	},
	split: {
		ends: "train_test_split random_split KFold StratifiedKFold GroupKFold StratifiedGroupKFold RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedShuffleSplit GroupShuffleSplit TimeSeriesSplit LeaveOneOut LeaveOneGroupOut PredefinedSplit cross_val_score cross_validate cross_val_predict",
		under: "sklearn.model_selection._split",
	},
	features: {
		ends: "ColumnTransformer make_column_transformer StandardScaler MinMaxScaler RobustScaler MaxAbsScaler OneHotEncoder OrdinalEncoder TargetEncoder LabelEncoder SimpleImputer KNNImputer IterativeImputer PolynomialFeatures TfidfVectorizer CountVectorizer FunctionTransformer QuantileTransformer PowerTransformer KBinsDiscretizer get_dummies fit_transform SelectKBest PCA AutoTokenizer.from_pretrained get_encoding rolling ewm",
		under:
			"torchvision.transforms albumentations sklearn.preprocessing sklearn.impute sklearn.feature_extraction sklearn.feature_selection category_encoders",
	},
	train: {
		ends: "backward LightningCLI TrainingArguments Seq2SeqTrainingArguments configure_optimizers Trainer Seq2SeqTrainer SFTTrainer TorchTrainer train_on_batch fit_generator partial_fit fit lightgbm.train lightgbm.cv xgboost.train xgboost.cv GridSearchCV RandomizedSearchCV HalvingGridSearchCV GradientTape value_and_grad apply_gradients create_study",
		under: "torch.optim optax",
	},
	eval: {
		ends: "evaluate.load evaluate accuracy_score roc_auc_score average_precision_score classification_report confusion_matrix mean_squared_error mean_absolute_error r2_score f1_score log_loss estimate_loss",
		under: "sklearn.metrics torchmetrics",
	},
	loss: {
		ends: "CrossEntropyLoss BCELoss BCEWithLogitsLoss MSELoss L1Loss SmoothL1Loss NLLLoss KLDivLoss cross_entropy binary_cross_entropy_with_logits mse_loss nll_loss kl_div",
		under: "keras.losses tensorflow.keras.losses",
	},
	tracking: {
		ends: "SummaryWriter WandbLogger MLFlowLogger TensorBoardLogger CSVLogger CometLogger NeptuneLogger",
		under: "mlflow wandb comet_ml neptune clearml aim trackio swanlab",
	},
	config: {
		ends: "ArgumentParser LightningCLI get_cfg get_config LazyConfig.load safe_load HfArgumentParser fire.Fire OmegaConf.load OmegaConf.create hydra.compose hydra.initialize",
		under: "typer click absl.flags hydra omegaconf",
	},
	checkpoint: {
		ends: "torch.save torch.load joblib.dump joblib.load pickle.dump pickle.load save_pretrained ModelCheckpoint save_checkpoint load_checkpoint load_state_dict save_weights load_weights save_model load_model",
		under: "safetensors orbax.checkpoint",
	},
	serve: {
		ends: "fastapi.FastAPI flask.Flask onnxruntime.InferenceSession torch.onnx.export torch.jit.script torch.jit.trace",
		under: "gradio streamlit bentoml ray.serve litserve",
	},
	dist: {
		ends: "DistributedDataParallel init_process_group FullyShardedDataParallel fully_shard Accelerator MirroredStrategy jax.pmap jax.pjit mp.spawn multiprocessing.spawn",
		under: "accelerate deepspeed ray.train",
	},
	seed: {
		ends: "manual_seed manual_seed_all seed_everything set_seed set_random_seed use_deterministic_algorithms enable_full_determinism random.seed default_rng PRNGKey",
		under: "",
	},
};

/** Calls that mean something on some receivers only. */
export const ON_RECEIVERS: readonly {
	readonly role: Role;
	readonly ends: string;
	readonly receiver: RegExp;
}[] = [
	{
		role: "train",
		ends: "step",
		receiver: /(^|[._])(opt|optim\w*|\w*scaler|\w*scheduler)$/i,
	},
];

/** Calls that mean nothing on some receivers: curves and encoders are fitted too. */
export const NOT_ON_RECEIVERS: readonly {
	readonly ends: string;
	readonly receiver: RegExp;
}[] = [
	{
		ends: "fit partial_fit",
		receiver:
			/^(matplotlib|plt|ax|axes|fig)\b|(scaler|encoder|imputer|vectorizer|tokenizer|pca|transformer)$/i,
	},
];
