/**
 * Everything: types, lint, layers, dead code, unit, browser and end-to-end tests, sizes; then one plain closing line.
 * Two stages run side by side, on two cores: who is free takes the next. A test that passed on a second try only is
 * named as flaky, one that failed is named again at the end.
 */
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
  readonly environment?: NodeJS.ProcessEnv;
  /** The stage that must have passed before this one. */
  readonly needs?: string;
  /** Reads the stage's own counts; a stage without it counts as one check. */
  readonly counts?: () => Counts;
  /** Names of tests that failed, and of those that passed on a second try only. */
  readonly troubled?: () => Troubled;
}

interface Troubled {
  readonly failed: readonly string[];
  readonly flaky: readonly string[];
}

const reports = '.cache/test-reports';

/** A test's name and the beginning of what it says of its failure, on one line: a log that is cut keeps its end. */
function named(test: string, message = ''): string {
  const plain = message.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/\s+/g, ' ');
  return plain === '' ? test : `${test} | ${plain.slice(0, 300)}`;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function vitestCounts({ numPassedTests, numFailedTests, numFailedTestSuites }: VitestReport): Counts {
  const failed = numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0);
  return { passed: numPassedTests, failed };
}

/** A test that passed keeps the failures of its first try. */
function vitestTroubled({ testResults }: VitestReport): Troubled {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const names = (of: typeof tests) =>
    of.map(({ fullName, failureMessages }) => named(fullName, failureMessages[0]));
  return {
    failed: names(tests.filter(({ status }) => status === 'failed')),
    flaky: names(
      tests.filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0),
    ),
  };
}

interface Suite {
  readonly title: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly error?: { readonly message?: string } }[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly suites: readonly Suite[];
}

/** Names of the tests that ended so, below a suite. */
function endedSo(status: 'unexpected' | 'flaky', suites: readonly Suite[]): readonly string[] {
  return suites.flatMap(({ title, suites: below = [], specs = [] }) => [
    ...specs.flatMap((spec) => {
      const test = spec.tests.find((one) => one.status === status);
      const error = test?.results.find((result) => result.error)?.error;
      return test ? [named(`${title}: ${spec.title}`, error?.message)] : [];
    }),
    ...endedSo(status, below),
  ]);
}

function vitest(project: string, projects = [project]): Stage {
  const report = `${reports}/${project}.json`;
  const read = () => JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  return {
    name: `${project} tests`,
    command: `npx vitest run ${projects.map((name) => `--project ${name}`).join(' ')} --reporter=default --reporter=json --outputFile.json=${report}`,
    counts: () => vitestCounts(read()),
    troubled: () => vitestTroubled(read()),
  };
}

const shards = 4;

/** A part of the end-to-end tests, with a server, a report and a folder of its own. */
function endToEnd(shard: number): Stage {
  const report = `${reports}/e2e-${shard}.json`;
  const read = () => JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport;
  return {
    name: `end-to-end tests ${shard} of ${shards}`,
    command: `npx playwright test --shard=${shard}/${shards} --output=.cache/e2e/${shard}`,
    environment: { LEMONADE_PORT: String(41730 + shard), LEMONADE_E2E_REPORT: report },
    needs: 'build',
    counts: () => {
      const { stats } = read();
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
    },
    troubled: () => {
      const { suites } = read();
      return { failed: endedSo('unexpected', suites), flaky: endedSo('flaky', suites) };
    },
  };
}

/** In the order in which they are taken: long ones first, so that both ends are free at about the same time. */
const stages: readonly Stage[] = [
  { name: 'build', command: 'npm run --silent build' },
  { name: 'types', command: 'npm run --silent check' },
  { name: 'worker entries', command: 'npx tsx scripts/worker-entries.ts', needs: 'build' },
  { name: 'sizes', command: 'npm run --silent size', needs: 'build' },
  { name: 'lint', command: 'npx eslint . --max-warnings 0' },
  { name: 'format', command: 'npx prettier --check . --log-level warn' },
  { name: 'layers', command: 'npx depcruise src --config .dependency-cruiser.cjs' },
  { name: 'dead code', command: 'npx knip' },
  vitest('browser'),
  endToEnd(3),
  endToEnd(2),
  endToEnd(1),
  { ...vitest('engines'), needs: 'build' },
  vitest('unit', ['unit', 'unit-isolated']),
  endToEnd(4),
];

/** Runs a command; its output is printed when it ends, so that stages do not mix. */
function run(command: string, environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment,
    });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (piece: Buffer) => output.push(piece));
    const end = (code: number) => {
      process.stdout.write(Buffer.concat(output));
      resolve(code);
    };
    child.on('close', (code) => end(code ?? 1));
    child.on('error', () => end(1));
  });
}

interface Outcome extends Counts {
  readonly lines: readonly string[];
}

async function runStage(stage: Stage, environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const began = Date.now();
  const code = await run(stage.command, { ...environment, ...stage.environment });
  let counts: Counts = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  let troubled: Troubled = { failed: [], flaky: [] };
  if (stage.counts) {
    try {
      const own = stage.counts();
      counts = code !== 0 && own.failed === 0 ? { passed: own.passed, failed: 1 } : own;
      troubled = stage.troubled?.() ?? troubled;
    } catch {
      counts = { passed: 0, failed: 1 };
    }
  }
  const { passed, failed } = counts;
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  const line = `${failed === 0 ? 'ok    ' : 'FAILED'} ${stage.name}: ${passed} passed, ${failed} failed, ${seconds} s`;
  console.log(`=== ${line}`);
  return {
    ...counts,
    lines: [
      line,
      ...troubled.failed.map((name) => `failed ${name}`),
      ...troubled.flaky.map((name) => `flaky  passed on a second try only: ${name}`),
    ],
  };
}

async function main(): Promise<void> {
  const environment = {
    ...process.env,
    CHROME_PATH: ensureChromium(),
    LEMONADE_DIST_BUILT: '1',
    FORCE_COLOR: '0',
  };
  const notRun = ensureEngines();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const outcomes: Outcome[] = [];
  const waiting = [...stages];
  const ended = new Map<string, Promise<Outcome>>();
  const takeStages = async () => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) {
      if (stage.needs) await ended.get(stage.needs);
      const outcome = runStage(stage, environment);
      ended.set(stage.name, outcome);
      outcomes.push(await outcome);
    }
  };
  await Promise.all([takeStages(), takeStages()]);
  console.log(`\n${[...outcomes.flatMap(({ lines }) => lines), ...notRun].join('\n')}\n`);
  const passed = outcomes.reduce((sum, one) => sum + one.passed, 0);
  const failed = outcomes.reduce((sum, one) => sum + one.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
