import * as v from 'valibot';
import { architectureSchema } from '../architecture/schema.ts';
import { morphismSchema } from '../morphisms/parse.ts';
import type { Bound, NetworkId, SearchEvent, SearchEventBody } from '../search/events.ts';
import { StateFold } from '../search/fold.ts';
import { compete } from '../search/loop.ts';
import { networkProblem } from '../search/network-problem.ts';
import { objectives, type ObjectiveValues } from '../search/objectives.ts';
import type { Problem } from '../search/problem.ts';
import { parseRecipe } from '../search/recipe-parse.ts';
import { networkOf } from '../search/state.ts';
import { runDigestSchema, type DigestScope, type RunDigest } from './run-digest.ts';
import type { Told } from './told.ts';
import { most } from './values.ts';

/** What a digest says of how parents and children were drawn. */
const left = 'left out of the link';

/** The run that a digest tells of, as a log and what the log does not say. */
export interface DigestLog {
  readonly scope: DigestScope;
  /** A log like any other, its networks numbered 1, 2, 3...: it folds, and is checked as a file's is. */
  readonly events: readonly SearchEvent[];
  /** The numbers that its networks had in the run, in the log's order. */
  readonly ids: readonly NetworkId[];
  /** Of the whole run, at the end of each generation. */
  readonly told: readonly Told[];
  /** Hypervolumes of generations whose front is not whole here. */
  readonly hypervolumes: readonly (number | null)[];
}

const chainSchema = v.pipe(v.array(morphismSchema), v.maxLength(most.chain));

/** Counts of a run never fall, and are at least those of the networks that are here. */
function areCounts(generations: RunDigest['g']): boolean {
  let here = 0;
  return generations.every(({ n, t }, index) => {
    here += n.length;
    const before = generations[index - 1]?.t ?? [0, 0, 0, 0, 0];
    return t[1] >= here && t.every((value, i) => value >= before[i]!);
  });
}

/** The log that a digest stands for; null where it is none. What `events` say still has to be checked as a file is. */
export function logOfDigest(value: unknown, problem: Problem = networkProblem): DigestLog | null {
  const parsed = v.safeParse(runDigestSchema, value);
  if (!parsed.success) return null;
  try {
    return expanded(parsed.output, problem);
  } catch {
    // A chain that does not apply, a parent that is not there, a generation that cannot compete.
    return null;
  }
}

function expanded({ k: scope, r, b, g, f }: RunDigest, problem: Problem): DigestLog | null {
  const { recipe, problems } = parseRecipe(r);
  const keys = recipe.objectives;
  const open = g.findIndex(({ o }) => o === 1);
  const isOpenEarly = open >= 0 && (open < g.length - 1 || f === undefined);
  if (problems.length > 0 || b.length !== keys.length || isOpenEarly || !areCounts(g)) return null;
  const bounds = b.map(([low, high], index): Bound => {
    const objective = keys[index]!;
    return { objective, low, high, scale: objectives[objective].scale };
  });
  const fold = new StateFold(problem);
  const events: SearchEvent[] = [];
  const ids: NetworkId[] = [];
  const numbers = new Map<NetworkId, NetworkId>();
  const add = (event: SearchEventBody, seconds: number) => {
    fold.apply(event);
    events.push({ ...event, seconds });
  };
  /** The next number, for a network whose number in the run is above those before it. */
  const numbered = (id: NetworkId): NetworkId => {
    if (id <= (ids.at(-1) ?? 0)) throw new Error(`network ${id} is out of order`);
    ids.push(id);
    numbers.set(id, ids.length);
    return ids.length;
  };
  const architectureOf = (id: NetworkId) => networkOf(fold.state!, id).architecture;

  add({ type: 'started', recipe, bounds }, 0);
  g.forEach(({ n, t: [end], o }, generation) => {
    const begin = g[generation - 1]?.t[0] ?? 0;
    if (generation > 0)
      add({ type: 'generation', generation, density: { kind: 'uniform', reason: left } }, begin);
    const measured: (readonly [seconds: number, event: SearchEventBody])[] = [];
    n.forEach(([id, from, made, stated, ownImages, more, at, trainSeconds], index) => {
      const parent = numbers.get(from);
      let inherited = 0;
      if (generation === 0) {
        const architecture = v.parse(architectureSchema, made);
        const network = numbered(id);
        const cheap = problem.cheap(architecture);
        add({ type: 'seeded', network, architecture, cheap, origin: 'trivial' }, begin);
      } else {
        const { ownImages: own, inheritedImages } = networkOf(fold.state!, parent!);
        inherited = own + inheritedImages;
        const chain = v.parse(chainSchema, made);
        const child = problem.applyChain(architectureOf(parent!), chain);
        if (!child.ok) throw new Error(child.reason);
        const proposal = `${generation}.${index}`;
        const about = { generation, proposal } as const;
        const cheap = problem.cheap(child.value);
        add({ type: 'proposed', ...about, parent: parent!, chain, verdict: 'candidate', cheap }, begin);
        add({ type: 'accepted', ...about, network: numbered(id), probability: 1 }, begin);
      }
      const network = numbers.get(id)!;
      const inheritedImages = inherited + more;
      const values: ObjectiveValues = { ...networkOf(fold.state!, network).objectives, ...stated };
      const event = { type: 'evaluated', network, objectives: values, ownImages, inheritedImages } as const;
      measured.push([Math.min(Math.max(at, begin), end), { ...event, trainSeconds }]);
    });
    for (const [seconds, event] of measured.sort(([one], [other]) => one - other)) add(event, seconds);
    if (o === undefined) add(compete(fold.state!), end);
  });
  if (f !== undefined) add({ type: 'finished', reason: f }, g.at(-1)!.t[0]);
  const told = g.map(({ t: [, trained, proposed, images, trainSeconds] }): Told => {
    return { trained, proposed, images, trainSeconds };
  });
  return { scope, events, ids, told, hypervolumes: g.map(({ h }) => h ?? null) };
}

/**
 * The same log with the numbers that the networks had in the run, and the run's hypervolumes: what the page draws
 * (LogFold takes it). Numbers are missing in it where networks are, so the strict fold does not.
 */
export function withOwnNumbers({ events, ids, hypervolumes }: DigestLog): readonly SearchEvent[] {
  const own = (network: NetworkId): NetworkId => ids[network - 1]!;
  return events.map((event): SearchEvent => {
    switch (event.type) {
      case 'seeded':
      case 'accepted':
      case 'evaluated':
        return { ...event, network: own(event.network) };
      case 'proposed':
        return { ...event, parent: own(event.parent) };
      case 'competed': {
        const { generation, joined, left, dominated, population, front } = event;
        return {
          ...event,
          ...{ joined: joined.map(own), left: left.map(own), dominated: dominated.map(own) },
          ...{ population: population.map(own), front: front.map(own) },
          hypervolume: hypervolumes[generation] ?? event.hypervolume,
        };
      }
      default:
        return event;
    }
  });
}
