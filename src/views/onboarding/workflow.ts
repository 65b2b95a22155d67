// The workflow that runs jobs on the repository's own runners. Whoever may write
// workflows there adds it: we may not, on purpose. It has no secret, can read
// this repository alone, and no input of it ever becomes part of a script.

export const WORKFLOW_FILE = "modelwright.yml";
export const WORKFLOW_PATH = `.github/workflows/${WORKFLOW_FILE}`;

/** What a run of it is called: a job is known again by the nonce at the end. */
export const RUN_NAME = "Modelwright";

/** The folder of a job that holds the repository's files. */
export const JOB_FILES = "files";
export const JOB_DRIVER = "drive.py";
/** What the driver leaves behind, and the artifact holds. */
export const JOB_RESULT = "transcript";

export const artifactNamed = (nonce: string) => `modelwright-${nonce}`;

export const WORKFLOW = `# Runs one job for Modelwright: tests, training or prediction, on your runners.
# It has no secrets, may only read this repository, and changes nothing.
# Modelwright starts it; nobody else need do so. What it runs is the commit named
# below, which Modelwright makes of this repository's files and takes away again.
name: Modelwright
run-name: ${RUN_NAME} \${{ inputs.run }} \${{ inputs.nonce }}

on:
  workflow_dispatch:
    inputs:
      run:
        description: What the job is for
        required: true
        type: string
      nonce:
        description: By which Modelwright knows the job again
        required: true
        type: string
      commit:
        description: The commit that holds the job's files
        required: true
        type: string
      labels:
        description: Labels of the runner, as a JSON list
        required: true
        type: string
      minutes:
        description: The longest it may take
        required: true
        type: string
      requirements:
        description: What pip installs before, if there is such a file
        required: true
        type: string

permissions: {}

jobs:
  job:
    runs-on: \${{ fromJSON(inputs.labels) }}
    timeout-minutes: \${{ fromJSON(inputs.minutes) }}
    permissions:
      contents: read
    steps:
      - name: Fetch the job
        uses: actions/checkout@1af3b93b6815bc44a9784bd300feb67ff0d1eeb3 # v6.0.0
        with:
          ref: \${{ inputs.commit }}
          persist-credentials: false
      - name: Install the requirements
        env:
          REQUIREMENTS: \${{ inputs.requirements }}
        run: |
          cd ${JOB_FILES}
          if [ -f "$REQUIREMENTS" ]; then
            python3 -m venv --system-site-packages "$RUNNER_TEMP/python"
            "$RUNNER_TEMP/python/bin/python" -m pip install --quiet -r "$REQUIREMENTS"
          fi
      - name: Run the job
        run: python3 ${JOB_DRIVER}
      - name: Hand over the result
        uses: actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0
        with:
          name: ${artifactNamed("$" + "{{ inputs.nonce }}")}
          path: ${JOB_RESULT}
          if-no-files-found: error
          retention-days: 1
`;
