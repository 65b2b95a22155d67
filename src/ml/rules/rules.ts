// The rules, one a row. What they may post is in standing.ts.
import { EVAL02 } from "./eval02.ts";
import { EVAL03 } from "./eval03.ts";
import { EVAL04 } from "./eval04.ts";
import { LEAK01 } from "./leak01.ts";
import { LEAK02 } from "./leak02.ts";
import { LEAK03 } from "./leak03.ts";
import { LEAK04 } from "./leak04.ts";
import { LEAK05 } from "./leak05.ts";
import { LEAK06 } from "./leak06.ts";
import { LEAK07 } from "./leak07.ts";
import { NB01 } from "./nb01.ts";
import { NB02 } from "./nb02.ts";
import { PD01 } from "./pd01.ts";
import { PT01 } from "./pt01.ts";
import { PT02 } from "./pt02.ts";
import { PT03 } from "./pt03.ts";
import { PT04 } from "./pt04.ts";
import { PT05 } from "./pt05.ts";
import { PT06 } from "./pt06.ts";
import { PT07 } from "./pt07.ts";
import { PT08 } from "./pt08.ts";
import { PT09 } from "./pt09.ts";
import { PT10 } from "./pt10.ts";
import { REP01 } from "./rep01.ts";
import { REP02 } from "./rep02.ts";
import { REP03 } from "./rep03.ts";
import { REP05 } from "./rep05.ts";
import type { Rule } from "./rule.ts";
import { SEC01 } from "./sec01.ts";
import { TIME07 } from "./time07.ts";

export const RULES: readonly Rule[] = [
	LEAK01, // critical · features chosen by the label before the split
	LEAK02, // critical · target mean encoding on the whole table before the split
	LEAK03, // critical · oversampling before the split
	LEAK04, // medium · a transformer fitted on both sides (scalers: low)
	LEAK05, // high · a transformer fitted on the held-out rows
	LEAK06, // low · a mean of all rows filled in before the split
	LEAK07, // critical · held-out rows that were fitted too
	TIME07, // medium · a whole series scaled before windows are cut
	REP03, // medium · randomness that no seed reaches
	REP05, // low · a path of one machine
	PT01, // critical · no zero_grad in the training loop
	PT02, // critical · zero_grad between backward and step
	PT03, // high · evaluation in training mode
	PT04, // high · evaluation mode left on while training goes on
	PT05, // medium · evaluation with gradients on
	PT06, // high · losses kept with their graphs
	PT07, // high · softmax or sigmoid before a loss that has its own
	PT08, // high · a recurrent state never detached
	PT09, // medium · clipping, scaling or scheduling at the wrong time
	PT10, // high · layers in plain lists, requires_grad misspelt
	REP01, // medium · nothing sets a seed, and something draws
	REP02, // medium · loading workers that draw the same numbers
	SEC01, // high · loading runs what the file says
	EVAL02, // medium · nothing to compare a score with
	EVAL03, // medium · accuracy alone with imbalanced classes
	EVAL04, // critical · a result that was not computed
	PD01, // medium · a line for pandas that does nothing
	NB01, // low · cells ran in another order
	NB02, // low · a name that only a later cell defines
];
