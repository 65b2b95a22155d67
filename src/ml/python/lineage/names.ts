// What the names of well-known classes, functions and methods mean for rows.
import type { EstimatorRole, TaintKind } from "./record.ts";

const words = (text: string) => new Set(text.trim().split(/\s+/));

const TRANSFORMER =
	/(Scaler|Imputer|Vectorizer|TfidfTransformer|PCA|SVD|NMF|FastICA|FactorAnalysis|LatentDirichletAllocation|SelectKBest|SelectPercentile|SelectFromModel|SelectF\w+|GenericUnivariateSelect|SequentialFeatureSelector|RFE|RFECV|VarianceThreshold|KBinsDiscretizer|PowerTransformer|QuantileTransformer|SplineTransformer|Tokenizer|TargetEncoder|LeaveOneOutEncoder|JamesSteinEncoder|CatBoostEncoder|WOEEncoder|MEstimateEncoder|Isomap|TSNE|UMAP|GaussianRandomProjection|SparseRandomProjection|FeatureAgglomeration|KMeans|MiniBatchKMeans|DBSCAN|AgglomerativeClustering|LocallyLinearEmbedding|BoxCox\w*|Winsorizer|FeatureHasher|ImageDataGenerator|Nystroem|RBFSampler|FunctionTransformer|LabelEncoder|OneHotEncoder|OrdinalEncoder|LabelBinarizer|MultiLabelBinarizer|PolynomialFeatures|Binarizer|Normalizer|HashingVectorizer|DictVectorizer|CountEncoder|BinaryEncoder|HashingEncoder|BaseNEncoder|Standardizer|Discretizer)$/;
const COMPOSITE =
	/^(ColumnTransformer|make_column_transformer|FeatureUnion|make_union|DataFrameMapper|Pipeline|make_pipeline|ImbPipeline|make_pipeline_imb)$/;
/** What these learn is a list of names, or nothing: no number of other rows gets into a row. */
const LEARNS_NOTHING =
	/(LabelEncoder|OneHotEncoder|OrdinalEncoder|LabelBinarizer|PolynomialFeatures|Binarizer|Normalizer|FunctionTransformer|HashingVectorizer|DictVectorizer|FeatureHasher|ImageDataGenerator|BinaryEncoder|HashingEncoder|BaseNEncoder|RandomProjection|Nystroem|RBFSampler)$/;
const SUPERVISED =
	/(SelectKBest|SelectPercentile|SelectFromModel|SelectF(pr|dr|we)|GenericUnivariateSelect|SequentialFeatureSelector|RFE|RFECV|TargetEncoder|LeaveOneOutEncoder|JamesSteinEncoder|CatBoostEncoder|WOEEncoder|MEstimateEncoder)$/;
const CLUSTERER =
	/(KMeans|DBSCAN|AgglomerativeClustering|FeatureAgglomeration|MeanShift|Birch|SpectralClustering)$/;
const RESAMPLER =
	/(OverSampler|SMOTE\w*|ADASYN|UnderSampler|NearMiss|TomekLinks|EditedNearestNeighbours|ClusterCentroids|OneSidedSelection|NeighbourhoodCleaningRule|InstanceHardnessThreshold|CondensedNearestNeighbour)$/;
const UNDERSAMPLER =
	/(UnderSampler|NearMiss|^TomekLinks|EditedNearestNeighbours|ClusterCentroids|OneSidedSelection|NeighbourhoodCleaningRule|InstanceHardnessThreshold|CondensedNearestNeighbour)$/;
const SPLITTER =
	/(KFold|ShuffleSplit|TimeSeriesSplit|LeaveOneOut|LeavePOut|LeaveOneGroupOut|LeavePGroupsOut|PredefinedSplit|GroupSplit|PurgedGroupTimeSeriesSplit)$/;
/** Holds rows rather than learning from them. */
const HOLDS_ROWS =
	/(DataFrame|Series|DMatrix|Dataset|DataLoader|Loader|Pool|Tensor|Variable|Index|Counter|OrderedDict|Generator|Iterator|_matrix|Timestamp|Path|Doc2Bow|Subset)$/;
const FITS_SERIES =
	/^(OLS|WLS|GLS|GLM|Logit|Probit|ARIMA|SARIMAX|AR|AutoReg|VAR|ExponentialSmoothing|SimpleExpSmoothing|Holt|ols|logit|glm)$/;

const ROLES = new Map<string, EstimatorRole | undefined>();

/** What a class of this name is; asked of every call, so remembered. */
export function roleOf(name: string): EstimatorRole | undefined {
	if (!ROLES.has(name)) {
		if (ROLES.size > 20_000) ROLES.clear();
		ROLES.set(name, findRole(name));
	}
	return ROLES.get(name);
}

function findRole(name: string): EstimatorRole | undefined {
	if (SPLITTER.test(name)) return "splitter";
	if (RESAMPLER.test(name)) return "resampler";
	if (TRANSFORMER.test(name)) return "transformer";
	if (FITS_SERIES.test(name)) return "model";
	if (!/^[A-Z]/.test(name) || HOLDS_ROWS.test(name)) return undefined;
	return "model";
}

export const isComposite = (name: string) => COMPOSITE.test(name);
export const learns = (name: string) => !LEARNS_NOTHING.test(name);
export const seesLabel = (name: string) => SUPERVISED.test(name);
export const clusters = (name: string) => CLUSTERER.test(name);
export const repeatsRows = (name: string) => !UNDERSAMPLER.test(name);

/** `scaler`, `vectorizer`: a name promises a transformer where its class is unknown. */
export const namesTransformer = (text: string) =>
	/(scal|vectori|tfidf|imput|pca|svd|tokeni[sz]|encod|binari|normali[sz]|transform|_le$|^le$|^ohe$|^cv$|poly|mapper|preproc)/i.test(
		text,
	);

/** Many numbers become one, or one per column. */
const AGGREGATES = words(`
	mean median mode max min std var sum quantile prod skew kurt kurtosis sem mad
	describe corr corrwith cov count value_counts agg aggregate ptp
	percentile nanpercentile nanquantile nanmean nanmedian nanstd nanvar nanmax nanmin amax amin
	average idxmax idxmin most_common corrcoef histogram`);
export const aggregates = (name: string) => AGGREGATES.has(name);

/** The rows stay, each with something of the others in it. */
const MIXES: Readonly<Record<string, TaintKind>> = {
	rank: "aggregate",
	interpolate: "backfill",
	bfill: "backfill",
	backfill: "backfill",
};
export const mixes = (name: string) => MIXES[name];

const SCALES = words(`
	scale minmax_scale robust_scale maxabs_scale quantile_transform power_transform
	zscore boxcox yeojohnson winsorize qcut rankdata whiten`);
export const scales = (name: string) => SCALES.has(name);

/** About a table rather than out of it. */
const META = words(`
	dtypes dtype size ndim name names columns nbytes info memory_usage`);
export const isMeta = (name: string) => META.has(name);

export const PREDICTS =
	/^(predict|predict_proba|predict_classes|predict_log_proba|predict_generator|predict_on_batch|decision_function|forecast|get_forecast|staged_predict)$/;
export const SCORES = /^(score|evaluate|evaluate_generator|test_on_batch)$/;
export const FITS =
	/^(fit|fit_generator|partial_fit|train_on_batch|fit_one_cycle)$/;
export const METRIC =
	/(_score|_error|_loss|_report|_matrix|_curve|^accuracy|^auc|^f1|^rmse|^mse|^mae|^r2)$/;

/** Chooses some rows and leaves others, so that there may be a rest. */
export const SAMPLES = words("sample head tail nlargest nsmallest takeSample");

export const LOADS =
	/^(read_|load_(?!model|weights|state)|loadtxt|loadmat|fetch|make_(classification|regression|blobs|moons|circles|friedman)|genfromtxt|fromfile|open$|imread|download|get_data|DataReader|query$|sql)/;

export const DATE =
	/(^|_)(date|datetime|time|timestamp|day|month|year|week|hour|ds|dt)(_|$)|date|timestamp/i;
