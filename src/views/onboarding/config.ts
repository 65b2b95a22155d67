// Every key with its default, commented out: prose lines begin with "# ", lines
// to uncomment with "#".

export const CONFIG_TEMPLATE = `# Configuration of Modelwright. Only the default branch's version counts.
# Every line below shows its default; take the # off what you change.
#
# Editors complete and check this file once its schema lies beside it
# (\`modelwright schema > .github/modelwright.schema.json\`):
# yaml-language-server: $schema=modelwright.schema.json

# The label that starts a run.
#label: ml-task

# US dollars one run may spend on the model.
#budget: 25

# ask: a person decides; auto: it goes on by itself. The design's approval always asks.
# "gates: specification" asks at every one.
#gates:
#  requirements: auto
#  risks: auto
#  approach: auto
#  pipeline: auto
#  findings: ask

# A model for each role (ml-explorer, ml-architect, ml-engineer, mlops-engineer,
# data-scientist, ml-reviewer, ml-writer), or "default" for all: opus, sonnet, haiku.
#models: {}

# Globs. read_deny: agents never see it. write_allow: agents write nowhere else
# (leave modelwright_eval.py in). write_deny: agents never write it.
#paths:
#  read_deny: []
#  write_allow: []
#  write_deny: []

# Where this repository's code runs: auto, wasm, bubblewrap or actions.
#runner: auto

# Jobs on runners of your own, by .github/workflows/modelwright.yml. labels: those
# the runner has to have, e.g. [self-hosted, gpu]; minutes: the longest one job may
# take; requirements: what pip installs before it, if there is such a file.
#actions:
#  labels: [ubuntu-latest]
#  minutes: 60
#  requirements: requirements.txt

# Python command lines, without a shell, in place of what is found by itself:
#   tests: python -m unittest discover -s tests
#   train: python train.py --system {system} --data {data} --out {model_dir} --seed {seed}
#   predict: python predict.py --system {system} --model {model_dir} --features {features} --out {out}
#commands: {}

# stacked: each pull request builds on the one before. sequential: the run waits
# until one is merged; the next starts from the default branch.
#pull_requests: stacked

# true: results that need nothing from you wait for the next comment.
#quiet: false

# true: phases 1 to 6 alone, a design without code.
#preview: false

# Findings this repository lives with: each with its rule, globs and a reason, as
#   waive: [{ rule: SEC01, paths: [tools/**], reason: our own files only }]
#rules: {}

# Days after a run's end until its journals and transcripts are deleted.
#retention:
#  days: 30
`;
