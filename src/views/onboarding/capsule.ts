// An example of a capsule. It names no file: whatever it names has to exist.

export const CAPSULE_EXAMPLE = `# A capsule is a task brief prepared in advance. An issue that says
# "--capsule example" in its title or body starts from this one; copy the folder
# under another name for your own.
version: "1.0"
created: "2026-01-01"
slug: example
goal: |
  Predict which customers will cancel within the next 30 days, so that the team
  can call the hundred most likely ones each week.
non_goals:
  - Replacing the reports on customers who have left already
constraints:
  - Weekly batch, no service to be kept alive
  - Every prediction needs reasons that a person can follow
context:
  # Files to read first, e.g. {path: churn/features.py, reason: how features are made}.
  # Each has to exist.
  key_files: []
questions:
  decisions_made:
    - question: What is the success metric?
      answer: PR-AUC, at least 0.03 better than the baseline in the repository
  open_questions:
    - Is the date of the last contact known on the day of scoring?
risks:
  - severity: high
    description: A customer appears in several rows, so a random split leaks
    mitigation: Split by customer
handoff:
  recommended_command: ml-task
  args: --capsule example
  reasoning: The question is clear and the data is in the repository
`;
