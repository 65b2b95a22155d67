// The rules, one a row. What they may post is in standing.ts.
import { EVAL01 } from "./eval01.ts";
import { EVAL02 } from "./eval02.ts";
import { EVAL03 } from "./eval03.ts";
import { EVAL04 } from "./eval04.ts";
import { GRP01 } from "./grp01.ts";
import { LEAK01 } from "./leak01.ts";
import { LEAK02 } from "./leak02.ts";
import { LEAK03 } from "./leak03.ts";
import { LEAK04 } from "./leak04.ts";
import { LEAK05 } from "./leak05.ts";
import { LEAK06 } from "./leak06.ts";
import { LEAK07 } from "./leak07.ts";
import { LEAK08 } from "./leak08.ts";
import { LEAK09 } from "./leak09.ts";
import { LEAK10 } from "./leak10.ts";
import { LEAK11 } from "./leak11.ts";
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
import { REP04 } from "./rep04.ts";
import { REP05 } from "./rep05.ts";
import type { Rule } from "./rule.ts";
import { SEC01 } from "./sec01.ts";
import { TIME01 } from "./time01.ts";
import { TIME02 } from "./time02.ts";
import { TIME03 } from "./time03.ts";
import { TIME04 } from "./time04.ts";
import { TIME05 } from "./time05.ts";
import { TIME06 } from "./time06.ts";
import { TIME07 } from "./time07.ts";

export const RULES: readonly Rule[] = [
	LEAK01, // critical · features chosen by the label before the split
	LEAK02, // critical · target mean encoding on the whole table before the split
	LEAK03, // critical · oversampling before the split
	LEAK04, // medium · a transformer fitted on both sides (scalers: low)
	LEAK05, // high · a transformer fitted on the held-out rows
	LEAK06, // low · a mean of all rows filled in before the split
	LEAK07, // critical · held-out rows that were fitted too
	LEAK08, // high · the best of several models chosen on the held-out rows
	LEAK09, // high · training stops by the rows that judge it
	LEAK10, // high · a search scored on rows it searched with
	LEAK11, // critical · the label among the features
	TIME01, // high · rows in order of time divided at random
	TIME02, // high · a window over the label with the row's own
	TIME03, // high · smoothing with later values
	TIME04, // critical · a later row's value as a feature
	TIME05, // medium · gaps filled with later values
	TIME06, // high · an as-of join that takes later rows
	TIME07, // medium · a whole series scaled before windows are cut
	GRP01, // high · rows that belong together may be divided
	REP03, // medium · randomness that no seed reaches
	REP04, // high · the best of several seeds reported
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
	EVAL01, // high · the only score is on fitted rows
	EVAL02, // medium · nothing to compare a score with
	EVAL03, // medium · accuracy alone with imbalanced classes
	EVAL04, // critical · a result that was not computed
	PD01, // medium · a line for pandas that does nothing
	NB01, // low · cells ran in another order
	NB02, // low · a name that only a later cell defines
];
