import { expect, it } from 'vitest';
import { kerasCode } from '../../../src/core/export/keras-code.ts';
import { writeOnnx } from '../../../src/core/export/onnx.ts';
import { pytorchCode } from '../../../src/core/export/pytorch-code.ts';
import { networksCsv, generationsCsv } from '../../../src/core/run-file/csv.ts';
import { LogFold } from '../../../src/core/run-file/fold.ts';
import { historyOf } from '../../../src/core/run-file/history.ts';
import { mergeRuns } from '../../../src/core/run-file/merge.ts';
import { parseRunFile, type OpenedRun } from '../../../src/core/run-file/parse.ts';
import { salvageRun } from '../../../src/core/run-file/salvage.ts';
import { makeRunFile, serialiseRunFile } from '../../../src/core/run-file/serialise.ts';
import { verifyRun } from '../../../src/core/run-file/verify.ts';
import { isRecipe } from '../../../src/core/search/recipe-check.ts';
import { formatRecipe, parseRecipe } from '../../../src/core/search/recipe-parse.ts';
import { resumable } from '../../../src/core/search/fold.ts';
import { isOver, propose, sift } from '../../../src/core/search/loop.ts';
import { networkProblem } from '../../../src/core/search/network-problem.ts';
import { applyEvents } from '../../../src/core/search/fold.ts';
import { seeded } from '../../../src/core/random.ts';
import { mutants } from '../../support/mutate.ts';
import { runFacts, sampleRunFile } from '../../support/run-files.ts';

/** `npm run faults` tries many more. */
const count = Number(process.env['FAULTS'] ?? 200);
/** A file that keeps the page busy for longer is as bad as one that throws. */
const longestSeconds = 5;

const { file: sound } = sampleRunFile({ generations: 3, proposals: 8, accepted: 3 });

/** All that the page may do with an opened run, but for training on. */
function use({ file, weights }: OpenedRun): void {
  const { events } = file;
  const fold = new LogFold();
  for (const cursor of [1, Math.floor(events.length / 2), events.length]) fold.at(events, cursor);
  const view = fold.at(events, events.length)!;
  networksCsv(view);
  generationsCsv(view);
  historyOf(view);
  verifyRun(events);
  mergeRuns([
    { label: 'a', view },
    { label: 'a', view },
  ]);
  serialiseRunFile(makeRunFile(events, { ...runFacts, ...file, weights } as never));
  const kept = resumable(events);
  const state = kept.length > 0 ? applyEvents(null, kept, networkProblem)! : null;
  // The next generation's draws: what going on from it begins with.
  if (state?.phase === 'propose' && !isOver(state)) {
    const { events: proposed } = propose(state, networkProblem);
    sift(applyEvents(state, proposed, networkProblem)!);
  }
  for (const [id, of] of weights) {
    const { architecture } = view.networks.get(id)!;
    const described = {
      ...{ architecture, name: file.name, classes: file.dataset.classes },
      ...{ mean: [0.5], deviation: [0.25] },
    };
    kerasCode(described);
    pytorchCode(described);
    writeOnnx({ ...described, weights: of });
  }
}

it(`${count} files of the right form with wrong content are opened, salvaged or refused; none throws or hangs`, () => {
  const lost: string[] = [];
  const outcomes = { opened: 0, salvaged: 0, refused: 0 };
  let index = 0;
  for (const text of mutants(sound, count, 'run-file')) {
    const began = performance.now();
    try {
      const parsed = parseRunFile(text);
      const salvaged = parsed.ok ? null : salvageRun(text);
      const run = parsed.ok ? parsed.value : salvaged?.run;
      outcomes[parsed.ok ? 'opened' : salvaged ? 'salvaged' : 'refused']++;
      if (run) use(run);
    } catch (error) {
      lost.push(
        `${index}: ${error instanceof Error ? error.stack!.split('\n').slice(0, 4).join(' | ') : String(error)}`,
      );
    }
    const seconds = (performance.now() - began) / 1000;
    if (seconds > longestSeconds) lost.push(`${index}: took ${seconds.toFixed(1)} s`);
    index++;
  }
  console.log(`run files: ${count} tried, ${JSON.stringify(outcomes)}, ${lost.length} lost`);
  expect(lost.slice(0, 10)).toEqual([]);
}, 1_200_000);

it(`${count} addresses of nonsense give recipes that may be run`, () => {
  const base = formatRecipe(parseRecipe('dataset=mnist&preset=long').recipe);
  const pieces = [
    '0',
    '-1',
    '1e300',
    '9e15',
    'NaN',
    '',
    '%',
    '%E0%A4',
    'x',
    '64',
    '1000000',
    '0.5',
    '__proto__',
    ',',
  ];
  for (let i = 0; i < count; i++) {
    const random = seeded(`address/${i}`);
    const keys = Object.keys(parseRecipe('').recipe);
    const parts = Array.from({ length: 1 + random.integer(6) }, () =>
      [random.pick([...keys, 'preset', 'k', '&', '=']), random.pick(pieces)].join('='),
    );
    const text = random.next() < 0.5 ? parts.join('&') : `${base}&${parts.join('&')}`;
    const { recipe } = parseRecipe(text);
    expect(isRecipe(recipe), text).toBe(true);
    expect(parseRecipe(formatRecipe(recipe)).recipe, text).toEqual(recipe);
  }
});

it.each([
  ['progress points of one network', 150_000],
  ['proposals of one generation', 100_000],
])('%s cost time in proportion: %d are folded within seconds', (what, many) => {
  const { events } = sound;
  const at = events.findIndex(({ type }) => type === (what.startsWith('progress') ? 'progress' : 'proposed'));
  const one = events[at]!;
  const more = Array.from({ length: many }, (_, i) =>
    one.type === 'progress'
      ? { ...one, point: { images: one.point.images + (i % 1000), loss: 1 } }
      : one.type === 'proposed'
        ? { ...one, proposal: `${one.generation}.${10_000 + i}` }
        : one,
  );
  const long = [...events.slice(0, at), ...more, ...events.slice(at)] as typeof events;
  const began = performance.now();
  const opened = parseRunFile(JSON.stringify({ ...sound, events: long }));
  expect(opened.ok ? '' : JSON.stringify(opened.reason)).toBe('');
  new LogFold().at(long, long.length);
  expect((performance.now() - began) / 1000).toBeLessThan(30);
});

it('refuses bad weights by the hundred thousand, and nesting without end, with a message', () => {
  const weights = Array.from({ length: 200_000 }, () => ({ network: 1, float32: '?' }));
  const many = parseRunFile(JSON.stringify({ ...sound, weights }));
  expect(many).toMatchObject({ ok: false, reason: { kind: 'invalid' } });
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const text = serialiseRunFile(sound).replace('"note":', `"deep":${deep},"note":`);
  expect(() => salvageRun(text.slice(0, -40))).not.toThrow();
  expect(() => parseRunFile(text)).not.toThrow();
});
