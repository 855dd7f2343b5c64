import { describe, expect, it } from 'vitest';
import { parseDescription } from '../../../src/core/architecture/describe.ts';
import { generationsCsv, csv, networksCsv, withByteOrderMark } from '../../../src/core/run-file/csv.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { mergeRuns } from '../../../src/core/run-file/merge.ts';
import { verifyRun, type ClaimKey } from '../../../src/core/run-file/verify.ts';
import { nonDominated } from '../../../src/core/search/dominance.ts';
import type { SearchEvent } from '../../../src/core/search/events.ts';
import { isFixed, strategyKeys } from '../../../src/core/search/recipe.ts';
import { driveSearch } from '../../support/drive-search.ts';
import { gridProblem, gridSetting } from '../../support/grid-problem.ts';
import { driveNetworks } from '../../support/network-search.ts';

const { events } = driveNetworks({ generations: 4 });

/** The keys of the claims that do not hold after `change` of the first event of `type` at or after generation 2. */
function broken<T extends SearchEvent['type']>(
  type: T,
  change: (event: Extract<SearchEvent, { type: T }>) => Partial<Extract<SearchEvent, { type: T }>>,
): readonly ClaimKey[] {
  const from = events.findIndex((event) => event.type === 'generation' && event.generation === 2);
  const index = events.findIndex((event, i) => i >= from && event.type === type);
  const event = events[index] as Extract<SearchEvent, { type: T }>;
  const claims = verifyRun(events.with(index, { ...event, ...change(event) }));
  for (const { holds, detail } of claims) expect(detail === '').toBe(holds);
  return claims.filter(({ holds }) => !holds).map(({ key }) => key);
}

describe('verifyRun', () => {
  it.each(strategyKeys)('finds all claims of an honest %s run to hold', (strategy) => {
    const run = driveSearch(gridSetting({ strategy, generations: 5 }));
    const claims = verifyRun(run.events, gridProblem);
    expect(claims.filter(({ holds }) => !holds)).toEqual([]);
    expect(claims.map(({ key }) => key).sort()).toEqual([
      'costs',
      // A family draws nothing, nor does one-shot search where there is no supernet: the grid has none.
      ...(isFixed(strategy) || strategy === 'one-shot' ? [] : ['draws']),
      'fronts',
      'hypervolume',
      'images',
    ]);
    expect(claims.every(({ checked }) => checked > 0)).toBe(true);
  });

  it('finds them to hold of real networks', () => {
    expect(verifyRun(events).every(({ holds }) => holds)).toBe(true);
  });

  it('gives a cross to a better hypervolume than there was', () => {
    expect(broken('competed', ({ hypervolume }) => ({ hypervolume: hypervolume + 0.01 }))).toEqual([
      'hypervolume',
    ]);
  });

  it('gives a cross to a front with a member left out', () => {
    expect(broken('competed', ({ front }) => ({ front: front.slice(1) }))).toContain('fronts');
  });

  it("gives a cross to inherited images that are not the ancestors'", () => {
    expect(
      broken('evaluated', ({ inheritedImages }) => ({ inheritedImages: inheritedImages + 1 })),
    ).toContain('images');
  });

  it('gives a cross to a smaller size than the network has', () => {
    const index = events.findIndex((event) => event.type === 'seeded');
    const event = events[index] as Extract<SearchEvent, { type: 'seeded' }>;
    const claims = verifyRun(events.with(index, { ...event, cheap: { ...event.cheap, parameters: 12 } }));
    expect(claims.find(({ key }) => key === 'costs')).toMatchObject({ holds: false });
  });

  it('gives a cross to children that the seed does not give', () => {
    expect(broken('proposed', ({ parent }) => ({ parent: parent === 1 ? 2 : 1 }))).toContain('draws');
  });
});

describe('mergeRuns', () => {
  const views = [1, 2, 3].map((seed) => viewOf(driveNetworks({ seed, generations: 4 }).events)!);
  const merged = mergeRuns(views.map((view, i) => ({ label: `seed ${i + 1}`, view })))!;

  it('has the front of all networks, and says who gave what', () => {
    const all = views.flatMap((view) => [...view.networks.values()].map(({ objectives }) => objectives));
    const vectors = all.map(({ error, parameters }) => [error!, parameters!]);
    const front = nonDominated(vectors).map((i) => vectors[i]!.join());
    const found = merged.front.map(({ network }) =>
      [network.objectives.error, network.objectives.parameters].join(),
    );
    expect(found.sort()).toEqual(front.sort());
    expect(merged.runs.reduce((sum, run) => sum + run.contributed, 0)).toBe(merged.front.length);
  });

  it('is at least as good as every run in it, and agrees with their own numbers', () => {
    merged.runs.forEach((run, i) => {
      expect(run.hypervolume).toBeCloseTo(views[i]!.hypervolume, 12);
      expect(merged.hypervolume).toBeGreaterThanOrEqual(run.hypervolume);
    });
    expect(merged.warnings.filter((warning) => warning !== 'images')).toEqual([]);
  });

  it('warns of runs that should not be compared, and refuses those that cannot', () => {
    const other = viewOf(driveNetworks({ dataset: 'mnist', maxParameters: 5000, generations: 1 }).events)!;
    const pair = mergeRuns([views[0]!, other].map((view) => ({ label: '', view })))!;
    expect(pair.warnings.slice(0, 2)).toEqual(['datasets', 'bounds']);
    const apart = viewOf(driveNetworks({ objectives: ['error', 'multiplyAdds'], generations: 1 }).events)!;
    expect(mergeRuns([views[0]!, apart].map((view) => ({ label: '', view })))).toBeNull();
    expect(mergeRuns([])).toBeNull();
  });
});

describe('CSV', () => {
  const view = viewOf(events)!;

  it('has one line a network and one a generation', () => {
    const [networks, generations] = [networksCsv(view), generationsCsv(view)].map((text) =>
      text.split('\r\n'),
    );
    expect(networks).toHaveLength(view.networks.size + 2);
    expect(networks![1]).toMatch(/^1,,0,evaluated,(true|false),0\.\d+,,370,/);
    expect(networks![0]).toContain('validation_error_share');
    expect(generations).toHaveLength(4 + 1 + 2);
    expect(
      generations!.at(-2)!.endsWith(`,${view.hypervolume},${view.imagesSeen},${view.networks.size}`),
    ).toBe(true);
  });

  it('has the test error and an architecture that is read back', () => {
    const [first] = view.networks.values();
    const [header, line] = networksCsv(view, new Map([[1, 0.125]])).split('\r\n');
    const at = header!.split(',').indexOf('test_error_share');
    expect(line!.split(',')[at]).toBe('0.125');
    // An architecture's commas are quoted, and it stands last.
    const text = /"(input:[^"]*)"$|,(input:[^,]*)$/.exec(line!)!;
    expect(parseDescription((text[1] ?? text[2])!)).toEqual({ ok: true, value: first!.architecture });
  });

  it('begins with a byte order mark where that is asked for', () => {
    expect(withByteOrderMark('id').codePointAt(0)).toBe(0xfeff);
  });

  it.each(['=1+1', '+1', '-1', '@x', '  =1', '\t=1', '\n=1', '＝1'])('disarms %j', (formula) => {
    expect(csv(['a'], [[formula]])).toMatch(/^a\r\n"?'/);
  });

  it('quotes what needs it, and disarms formulas', () => {
    expect(csv(['a', 'b'], [['x,"y"', '=1+1'], [null, -2]])).toBe('a,b\r\n"x,""y""",\'=1+1\r\n,-2\r\n'); // prettier-ignore
  });
});
