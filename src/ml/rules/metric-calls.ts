// Calls that judge predictions, by name.
import { type Called, callsOf } from "../python/called.ts";
import type { PyNode } from "../python/node.ts";

const METRICS =
	/(^|\.)(accuracy_score|balanced_accuracy_score|f1_score|fbeta_score|precision_score|recall_score|precision_recall_curve|precision_recall_fscore_support|roc_auc_score|roc_curve|average_precision_score|classification_report|confusion_matrix|plot_confusion_matrix|matthews_corrcoef|cohen_kappa_score|log_loss|brier_score_loss|jaccard_score|top_k_accuracy_score|mean_squared_error|root_mean_squared_error|mean_absolute_error|mean_absolute_percentage_error|r2_score|mean_squared_log_error|median_absolute_error|explained_variance_score)$/;

export const metricCalls = (module: PyNode): readonly Called[] =>
	callsOf(module).filter(
		({ name, method }) => METRICS.test(name) || METRICS.test(method),
	);
