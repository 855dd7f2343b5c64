import { fail, ok, type Result } from '../result.ts';
import { objectiveKeys, objectives, type ObjectiveKey } from './objectives.ts';
import { shippedIds, defaultDataset, presetKeys, presetRecipe, type PresetKey } from './presets.ts';
import { isOwnId, strategyKeys, type DatasetId, type Recipe } from './recipe.ts';

/** One bad value; it was replaced by its default. `message` is a sentence for the user. */
export interface RecipeProblem {
  readonly key: string;
  readonly value: string;
  readonly message: string;
}

export interface ParsedRecipe {
  readonly recipe: Recipe;
  readonly preset: PresetKey;
  readonly problems: readonly RecipeProblem[];
}

/** How one key is read from text; the reason says what was expected. */
type Field<K extends keyof Recipe> = (text: string) => Result<Recipe[K]>;

const oneOf =
  <T extends string>(values: readonly T[]) =>
  (text: string): Result<T> => {
    const found = values.find((value) => value === text);
    return found === undefined ? fail(`one of ${values.map((v) => v || '(empty)').join(', ')}`) : ok(found);
  };

const written = (value: number) =>
  value >= 1e-3 ? value.toLocaleString('en', { maximumFractionDigits: 6 }) : `${value}`;

function within(low: number, high: number, integer: boolean) {
  return (text: string): Result<number> => {
    const value = /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (value >= low && value <= high && (!integer || Number.isInteger(value))) return ok(value);
    return fail(`a ${integer ? 'whole ' : ''}number from ${written(low)} to ${written(high)}`);
  };
}

const whole = (low: number, high: number) => within(low, high, true);
const real = (low: number, high: number) => within(low, high, false);

/** 2 to 5 different objectives, one of them costly. */
function objectiveList(text: string): Result<readonly ObjectiveKey[]> {
  const keys = text.split(',');
  const known = keys.filter((key): key is ObjectiveKey => (objectiveKeys as readonly string[]).includes(key));
  const fits =
    known.length === keys.length &&
    new Set(known).size === known.length &&
    known.length >= 2 &&
    known.length <= 5 &&
    known.some((key) => objectives[key].costly);
  return fits
    ? ok(known)
    : fail(`2 to 5 different ones of ${objectiveKeys.join(', ')}, at least one of them an error`);
}

const datasetId = (text: string): Result<DatasetId> => {
  if (isOwnId(text)) return ok(text);
  const shipped = oneOf(shippedIds)(text);
  return shipped.ok ? shipped : fail(`${shipped.reason}, or pictures of your own (own-…)`);
};

/** The one table of recipe keys, in the order they are written. */
const fields: { readonly [K in keyof Recipe]: Field<K> } = {
  dataset: datasetId,
  secondDataset: (text) => (text === '' ? ok('') : datasetId(text)),
  seed: whole(0, 999_999_999),
  strategy: oneOf(strategyKeys),
  space: oneOf(['network', 'cell']),
  objectives: objectiveList,
  generations: whole(0, 10_000),
  proposals: whole(1, 1000),
  accepted: whole(1, 100),
  starts: oneOf(['trivial', 'deep']),
  chain: whole(1, 12),
  imagesPerChild: whole(1, 10_000_000),
  imagesPerSeed: whole(1, 10_000_000),
  imagesFinal: whole(0, 1_000_000_000),
  finalists: whole(1, 1000),
  imagesDistilled: whole(0, 10_000_000),
  batch: whole(1, 1024),
  rate: real(1e-6, 10),
  decay: oneOf(['network', 'search']),
  averaging: whole(0, 1000),
  bandwidth: real(0.01, 100),
  density: oneOf(['plain', 'whitened']),
  weightDecay: real(0, 1),
  augment: oneOf(['none', 'shift', 'shift-flip']),
  minParameters: whole(1, 1_000_000_000),
  maxParameters: whole(1, 1_000_000_000),
  maxMultiplyAdds: whole(1, 1_000_000_000_000),
  maxSeconds: whole(0, 1_000_000),
  backend: oneOf(['auto', 'webgpu', 'webgl', 'wasm', 'cpu']),
  workers: whole(0, 64),
};

export const recipeKeys = Object.keys(fields) as readonly (keyof Recipe)[];

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function pairsOf(text: string): readonly (readonly [key: string, value: string])[] {
  return text
    .replace(/^[#?]/, '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });
}

/** Rules between values; a broken one puts both back to their defaults. */
function crossChecks(recipe: Recipe, base: Recipe, problems: RecipeProblem[]): Recipe {
  let checked = recipe;
  const repair = (key: keyof Recipe, message: string, values: Partial<Recipe>) => {
    problems.push({ key, value: String(recipe[key]), message });
    checked = { ...checked, ...values };
  };
  if (checked.minParameters >= checked.maxParameters)
    repair('minParameters', 'minParameters must be below maxParameters; both are set to their defaults.', {
      minParameters: base.minParameters,
      maxParameters: base.maxParameters,
    });
  if (checked.minParameters >= checked.maxMultiplyAdds)
    repair(
      'maxMultiplyAdds',
      'maxMultiplyAdds must be above minParameters; both are set to their defaults.',
      {
        minParameters: base.minParameters,
        maxMultiplyAdds: base.maxMultiplyAdds,
      },
    );
  if (checked.accepted > checked.proposals)
    repair('accepted', 'accepted cannot exceed proposals; it is set to the number of proposals.', {
      accepted: checked.proposals,
    });
  if (checked.secondDataset === checked.dataset)
    repair('secondDataset', 'secondDataset must differ from dataset; there is none now.', {
      secondDataset: '',
    });
  if (checked.objectives.includes('secondError') && checked.secondDataset === '')
    repair('objectives', 'secondError needs a secondDataset; the objectives are set to their default.', {
      objectives: base.objectives,
    });
  return checked;
}

/**
 * Reads a recipe from `a=1&b=2` (a '#' or '?' before it is skipped). Values not given come from the preset
 * (`preset=quick|class|long`) of the data set. Never throws: each bad or unknown value gives one problem and its
 * default. Keys in `ignored` belong to someone else.
 */
export function parseRecipe(text: string, ignored: ReadonlySet<string> = new Set()): ParsedRecipe {
  const problems: RecipeProblem[] = [];
  const given = new Map<string, string>();
  for (const [key, value] of pairsOf(text)) if (!ignored.has(key)) given.set(key, value);

  const read = <T>(key: string, parse: (text: string) => Result<T>, otherwise: T): T => {
    const value = given.get(key);
    if (value === undefined) return otherwise;
    const parsed = parse(value);
    if (parsed.ok) return parsed.value;
    const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
    const instead = Array.isArray(otherwise) ? otherwise.join(',') : String(otherwise);
    problems.push({
      key,
      value,
      message: `${key}=${shown} is not valid: expected ${parsed.reason}. Using ${instead || 'none'}.`,
    });
    return otherwise;
  };

  const preset = read('preset', oneOf(presetKeys), 'quick');
  const base = presetRecipe(read('dataset', fields.dataset, defaultDataset), preset);
  const values = Object.fromEntries(
    recipeKeys
      .filter((key) => key !== 'dataset')
      .map((key) => [key, read<Recipe[keyof Recipe]>(key, fields[key], base[key])]),
  );
  for (const [key, value] of given) {
    if (key !== 'preset' && !Object.hasOwn(fields, key))
      problems.push({ key, value, message: `${key.slice(0, 40)} is not a setting; it is ignored.` });
  }
  return { recipe: crossChecks({ ...base, ...values }, base, problems), preset, problems };
}

const same = (a: Recipe[keyof Recipe], b: Recipe[keyof Recipe]): boolean => String(a) === String(b);

function differences(recipe: Recipe, preset: PresetKey): string[] {
  const base = presetRecipe(recipe.dataset, preset);
  return recipeKeys
    .filter((key) => key !== 'dataset' && key !== 'seed' && !same(recipe[key], base[key]))
    .map((key) => `${key}=${encodeURIComponent(String(recipe[key])).replaceAll('%2C', ',')}`);
}

/** The preset that `recipe` is, or is nearest to; null unless `recipe` equals it but for its seed and machine. */
export function presetOf(recipe: Recipe): PresetKey | null {
  const own = new Set(['backend', 'workers', 'strategy']);
  const isOwn = (part: string) => own.has(part.slice(0, part.indexOf('=')));
  return presetKeys.find((preset) => differences(recipe, preset).every(isOwn)) ?? null;
}

/**
 * The recipe as plain text for an address or a command: data set, preset (unless quick), seed, and what differs from
 * that preset. The preset chosen gives the shortest text. parseRecipe reads the same recipe back.
 */
export function formatRecipe(recipe: Recipe): string {
  const texts = presetKeys.map((preset) =>
    [
      `dataset=${recipe.dataset}`,
      ...(preset === 'quick' ? [] : [`preset=${preset}`]),
      `seed=${recipe.seed}`,
      ...differences(recipe, preset),
    ].join('&'),
  );
  return texts.reduce((best, text) => (text.length < best.length ? text : best));
}
