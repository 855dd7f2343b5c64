#!/bin/bash
# A study on a Slurm cluster, one shard a task. From a clone of this repository after `npm ci`:
#   sbatch --array=1-16 scripts/cluster/slurm.sh docs/plans/fifty-thousand.json out/fifty
# OUT is on a file system that all nodes share. Tasks that were cut are submitted again: what is there is not done again.
# When all are done: npm run study -- --plan PLAN --out OUT --only report
#SBATCH --job-name=lemonade-study
#SBATCH --cpus-per-task=2
#SBATCH --mem-per-cpu=2G
#SBATCH --time=12:00:00
#SBATCH --requeue
set -euo pipefail
plan=${1:?give the plan: sbatch --array=1-16 scripts/cluster/slurm.sh PLAN OUT}
out=${2:?give the folder of the results: sbatch --array=1-16 scripts/cluster/slurm.sh PLAN OUT}
shard=${SLURM_ARRAY_TASK_ID:?submit as an array from 1: sbatch --array=1-16 ...}/${SLURM_ARRAY_TASK_MAX:?}
exec npm run --silent study -- --plan "$plan" --out "$out" --shard "$shard" --jobs "${SLURM_CPUS_PER_TASK:-1}"
