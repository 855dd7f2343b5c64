import { expect, test } from 'vitest';
import { identityOf } from '../../../src/core/architecture/identity.ts';
import { gainOverStart, madeHead, onlyTrained, type Gain } from '../../../src/app/model/gain.ts';
import { heldAgainst, heldAgainstWords, notReached } from '../../../src/app/run/held-against.ts';
import { gainWords as unbrokenGainWords } from '../../../src/app/model/gain-words.ts';
import type { NetworkView, RunView } from '../../../src/core/run-file/view.ts';
import * as en from '../../../src/app/text/en/summary.ts';
import { sampleRun } from '../../support/sample-run.ts';

const sample = sampleRun();

/** As it is read, whatever keeps a number and its sign on one line. */
function gainWords(gain: Gain) {
  const { title, more, brief } = unbrokenGainWords(gain);
  const read = (text: string) => text.replaceAll('\u00a0', ' ');
  return { title: read(title), more: read(more), brief: read(brief) };
}

const [start, other] = [...sample.networks.values()].filter(
  ({ architecture }, i, all) => i === 0 || identityOf(architecture) !== identityOf(all[0]!.architecture),
) as [NetworkView, NetworkView];

/** The sample's run with these networks: parameters, error, generation, on the front. */
function runOf(...made: readonly (readonly [number, number, number, boolean])[]): RunView {
  const networks = made.map(([parameters, error, generation, onFront], index): NetworkView => ({
    ...(generation === 0 ? start : other),
    ...{ id: index + 1, generation, onFront, status: 'evaluated', objectives: { parameters, error } },
  }));
  const trained = (wanted: number) =>
    networks.filter(({ generation }) => generation === wanted).map(({ id }) => id);
  return {
    ...sample,
    networks: new Map(networks.map((network) => [network.id, network])),
    generations: [0, 1].map((generation) => ({
      ...sample.generations[0]!,
      generation,
      trained: trained(generation),
    })),
    generation: 1,
    front: networks.filter((network) => network.onFront).map(({ id }) => id),
  };
}

test('the gain is over the most accurate starting network: smaller as accurate, better at its size', () => {
  const view = runOf(
    [400, 0.2, 0, false],
    [2000, 0.04, 0, false],
    [500, 0.04, 1, true],
    [1500, 0.03, 1, true],
  );
  expect(gainOverStart(view)).toMatchObject({
    start: { id: 2 },
    left: 0,
    smaller: { id: 3 },
    better: { id: 4 },
  });
  expect(gainWords(gainOverStart(view)!)).toMatchObject({
    title: 'As accurate as the best starting network, at 25 % of its size',
    more: 'The best network it started with was wrong on 4.0 % of the images; the best now is wrong on 3.0 %, with 1.5k parameters instead of 2.0k. All 2 starting networks are beaten.',
    brief: 'Wrong answers fell from 4.0 % to 3.0 %.',
  });
});

test('it says what a larger network won, and how many starts were left behind', () => {
  const larger = runOf([400, 0.2, 0, true], [2000, 0.04, 0, true], [9000, 0.01, 1, true]);
  expect(gainWords(gainOverStart(larger)!)).toMatchObject({
    title: '75 % fewer errors than the best starting network, at 4.5 times its size',
    more: 'The best network it started with was wrong on 4.0 % of the images; the best now is wrong on 1.0 %, with 9.0k parameters instead of 2.0k. 2 of the 2 starting networks are still unbeaten.',
  });
  const small = runOf([400, 0.2, 0, false], [2000, 0.04, 0, true], [300, 0.1, 1, true]);
  expect(gainWords(gainOverStart(small)!).title).toBe(
    '50 % fewer errors, with 25 % fewer parameters than a starting network',
  );
  const cheap = runOf([400, 0.2, 0, false], [2000, 0.04, 0, true], [400, 0.1, 1, true]);
  expect(gainWords(gainOverStart(cheap)!).title).toBe(
    '50 % fewer errors than a starting network of its size',
  );
});

test('it says so where nothing was won, and that starting networks stayed', () => {
  const view = runOf([400, 0.2, 0, true], [2000, 0.04, 0, true], [300, 0.5, 1, true]);
  expect(gainOverStart(view)).toMatchObject({ left: 2, smaller: null, better: null });
  expect(gainWords(gainOverStart(view)!)).toMatchObject({
    title: 'No starting network beaten, 1 other size found',
    more: 'The best network it started with was wrong on 4.0 % of the images, with 2.0k parameters; nothing is more accurate than that yet. 2 of the 2 starting networks are still unbeaten.',
    brief: 'The lowest share of wrong answers is still 4.0 %.',
  });
  expect(gainOverStart({ ...view, generation: 0 })).toBeNull();
});

test('a win of longer training alone is called that: the layers are those of a starting network', () => {
  const won = runOf([2000, 0.04, 0, false], [2000, 0.02, 1, true]);
  const view = {
    ...won,
    networks: new Map(
      [...won.networks].map(([id, network]) => [id, { ...network, architecture: start.architecture }]),
    ),
  };
  expect([...onlyTrained(view, [...view.networks.values()])]).toEqual([2]);
  expect(gainWords(gainOverStart(view)!)).toMatchObject({
    title: '50 % fewer errors than the best starting network, by training it longer',
    more: 'The best network it started with was wrong on 4.0 % of the images; the best now is wrong on 2.0 %, at the same size (2.0k parameters). It has the layers of a starting network and was trained longer. The starting network is beaten.',
  });
  expect(gainOverStart(won)!.onlyTrained).toBe(false);
});

test('a network whose layers the search changed is the headline before one that was only trained on', () => {
  const made = runOf([2000, 0.04, 0, false], [2000, 0.03, 1, true], [9000, 0.02, 1, true]);
  const networks = new Map(made.networks);
  networks.set(2, { ...networks.get(2)!, architecture: start.architecture });
  expect(gainOverStart({ ...made, networks })).toMatchObject({
    better: { id: 2 },
    beyond: { id: 3 },
    head: 'beyond',
    onlyTrained: false,
  });
});

test('where only training won most, the headline is what operators won elsewhere', () => {
  const made = runOf(
    [400, 0.2, 0, false],
    [2000, 0.04, 0, false],
    [2000, 0.02, 1, true],
    [300, 0.15, 1, true],
  );
  const networks = new Map(made.networks);
  networks.set(3, { ...networks.get(3)!, architecture: start.architecture });
  const gain = gainOverStart({ ...made, networks })!;
  expect(gain).toMatchObject({
    head: 'beating',
    onlyTrained: false,
    beating: { start: { id: 1 }, network: { id: 4 } },
  });
  expect(gainWords(gain)).toMatchObject({
    title: '25 % fewer errors, with 25 % fewer parameters than a starting network',
    more: 'Starting network #1 was wrong on 20.0 % of the images, with 400 parameters; #4, which the search made, is wrong on 15.0 % with 300. The lowest share of wrong answers fell from 4.0 % to 2.0 %, by training a starting network longer. All 2 starting networks are beaten.',
  });
});

test('of several that beat a starting network in both, the headline is the one ahead by most, both taken together', () => {
  const view = runOf([400, 0.2, 0, false], [2000, 0.04, 0, true], [390, 0.1, 1, true], [100, 0.15, 1, true]);
  expect(gainOverStart(view)).toMatchObject({ beating: { start: { id: 1 }, network: { id: 4 } } });
});

test('where a starting network makes no error, only size is left to be won', () => {
  const easy = runOf([400, 0, 0, false], [310, 0, 1, true]);
  expect(gainWords(gainOverStart(easy)!)).toMatchObject({
    title: 'As accurate as the best starting network, at 78 % of its size',
    more: 'The best network it started with was wrong on 0.0 % of the images, with 400 parameters; only its size can be beaten. More or harder images would tell networks apart. The starting network is beaten.',
  });
});

test('of another front those are counted that none of ours is as small and as accurate as', () => {
  const ours = runOf([400, 0.1, 0, true], [2000, 0.03, 1, true]);
  const theirs = runOf([370, 0.2, 0, true], [500, 0.05, 0, true], [2100, 0.03, 0, true]);
  expect(notReached(theirs, ours).map(({ id }) => id)).toEqual([1, 2]);
});

test('held against another front: who has what the other lacks, what is most ahead, and it reads so', () => {
  const ours = runOf([300, 0.2, 0, true], [1000, 0.045, 1, true], [2000, 0.03, 1, true]);
  const theirs = runOf([370, 0.19, 0, true], [1100, 0.05, 0, true], [2000, 0.01, 0, true]);
  expect(heldAgainst(ours, theirs)).toMatchObject({
    ours: [{ id: 1 }, { id: 2 }],
    theirs: [{ id: 1 }, { id: 3 }],
    example: { id: 2 },
    behind: { theirs: { id: 3 }, ours: { id: 3 } },
  });
  expect(heldAgainstWords(ours, theirs, 'training without a search')).toBe(
    'Each is ahead somewhere. Training without a search is more accurate at 2 of its 3 sizes: 1.0 % wrong, not 3.0 %, with 2.0k parameters. This search has 2 networks without an equal there, such as #2: 4.5 % wrong with 1.0k parameters.',
  );
  const weak = runOf([370, 0.3, 0, true], [2000, 0.04, 0, true]);
  expect(heldAgainstWords(ours, weak, 'random search')).toMatch(
    /^This search is ahead of random search everywhere: it has 3 /,
  );
  expect(heldAgainstWords(weak, ours, 'random search')).toMatch(
    /^Random search is ahead everywhere, at all of its 3 sizes: /,
  );
  expect(heldAgainstWords(ours, ours, 'no search')).toBe('Both ended with equally good networks.');
  // What is only cheaper in a third objective is not called more accurate.
  const third = (view: RunView): RunView => ({
    ...view,
    recipe: { ...view.recipe, objectives: ['error', 'parameters', 'multiplyAdds'] },
  });
  expect(heldAgainstWords(third(ours), third(theirs), 'no search')).toMatch(
    /^Under all objectives together, /,
  );
});

test('the short verdict says a tie, a single size, and who is ahead', () => {
  const { briefly } = en.rival;
  expect(briefly(0, 0, 3)).toMatch(/end level with the search\.$/);
  expect(briefly(4, 0, 3)).toMatch(/stay behind at every size\.$/);
  expect(briefly(0, 2, 3)).toMatch(/are ahead at every size\.$/);
  expect(briefly(1, 1, 1)).toContain('at their only size; the search has 1 network');
  expect(briefly(2, 3, 3)).toContain('at all of their 3 sizes; the search has 2 networks');
  expect(briefly(2, 1, 3)).toContain('at 1 of their 3 sizes');
});

test('what is shown to have grown is the network of the headline, where operators made it', () => {
  const ours = runOf([400, 0.2, 0, false], [2000, 0.04, 0, true], [300, 0.1, 1, true]);
  expect(madeHead(gainOverStart(ours)!)).toMatchObject({ id: 3 });
  const trained = runOf([2000, 0.04, 0, false], [2000, 0.02, 1, true]);
  const networks = new Map(
    [...trained.networks].map(([id, network]) => [id, { ...network, architecture: start.architecture }]),
  );
  expect(madeHead(gainOverStart({ ...trained, networks })!)).toBeNull();
});
