/** Everything: types, lint, layers, dead code, unit, browser and end-to-end tests, sizes; then one plain closing line. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureChromium } from './ensure-chromium.ts';
import { ensureEngines } from './ensure-engines.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly name: string;
  readonly command: string;
  /** Reads the stage's own counts; a stage without it counts as one check. */
  readonly counts?: () => Counts;
}

const reports = '.cache/test-reports';

function vitestCounts(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numTotalTests: number;
    numFailedTestSuites: number;
  };
  const failed = report.numFailedTests + (report.numFailedTests === 0 ? report.numFailedTestSuites : 0);
  return { passed: report.numPassedTests, failed };
}

function playwrightCounts(file: string): Counts {
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number };
  };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

const vitest = (project: string): Stage => ({
  name: `${project} tests`,
  command: `npx vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=${reports}/${project}.json`,
  counts: () => vitestCounts(`${reports}/${project}.json`),
});

const stages: readonly Stage[] = [
  { name: 'types', command: 'npm run --silent check' },
  { name: 'lint', command: 'npx eslint . --max-warnings 0' },
  { name: 'format', command: 'npx prettier --check . --log-level warn' },
  { name: 'layers', command: 'npx depcruise src --config .dependency-cruiser.cjs' },
  { name: 'dead code', command: 'npx knip' },
  vitest('unit'),
  vitest('browser'),
  { name: 'build', command: 'npm run --silent build' },
  { name: 'worker entries', command: 'npx tsx scripts/worker-entries.ts' },
  { name: 'sizes', command: 'npm run --silent size' },
  {
    name: 'end-to-end tests',
    command: 'npx playwright test',
    counts: () => playwrightCounts(`${reports}/e2e.json`),
  },
  vitest('engines'),
];

function run(command: string, environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'], env: environment });
    child.on('close', (code) => resolve(code ?? 1));
    child.on('error', () => resolve(1));
  });
}

async function main(): Promise<void> {
  const environment = { ...process.env, CHROME_PATH: ensureChromium(), LEMONADE_DIST_BUILT: '1' };
  const notRun = ensureEngines();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  let passed = 0;
  let failed = 0;
  const summary: string[] = [];
  for (const stage of stages) {
    console.log(`\n=== ${stage.name}`);
    const began = Date.now();
    const code = await run(stage.command, environment);
    let counts: Counts = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
    if (stage.counts) {
      try {
        const own = stage.counts();
        counts = code !== 0 && own.failed === 0 ? { passed: own.passed, failed: 1 } : own;
      } catch {
        counts = { passed: 0, failed: 1 };
      }
    }
    passed += counts.passed;
    failed += counts.failed;
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    summary.push(
      `${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${stage.name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds} s`,
    );
  }
  console.log(`\n${[...summary, ...notRun].join('\n')}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
