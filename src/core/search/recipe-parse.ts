import { defaultDataset, presetKeys, presetRecipe, type PresetKey } from './presets.ts';
import { isValueOf, recipeRuleKeys, recipeRules, type RecipeRule } from './recipe-check.ts';
import { recipeFields, recipeKeys, type Recipe, type RecipeKey } from './recipe.ts';

/** What of a text is no recipe, and what is taken instead. */
export type RecipeProblem =
  /** Not a value that `key` may have (see recipeFields); `instead` is its default. */
  | {
      readonly kind: 'value';
      readonly key: RecipeKey | 'preset';
      readonly value: string;
      readonly instead: string;
    }
  | { readonly kind: 'unknown-key'; readonly key: string }
  /** Values that contradict each other were mended. */
  | { readonly kind: 'rule'; readonly key: RecipeKey; readonly rule: RecipeRule };

export interface ParsedRecipe {
  readonly recipe: Recipe;
  readonly preset: PresetKey;
  readonly problems: readonly RecipeProblem[];
}

/** The value that `text` stands for, as JSON would have it; not yet checked. */
function valueIn(text: string, key: RecipeKey): unknown {
  const { kind } = recipeFields[key];
  if (kind === 'objectives') return text.split(',');
  if (kind !== 'whole' && kind !== 'real') return text;
  return /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

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

/** `recipe` with what contradicts in it put back to the values of `base`. */
function mended(recipe: Recipe, base: Recipe, problems: RecipeProblem[]): Recipe {
  return recipeRuleKeys.reduce((current, rule) => {
    const { key, holds, mend } = recipeRules[rule];
    if (holds(current)) return current;
    problems.push({ kind: 'rule', key, rule });
    return { ...current, ...mend(current, base) };
  }, recipe);
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

  const preset = presetKeys.find((key) => key === (given.get('preset') ?? 'quick'));
  if (!preset)
    problems.push({ kind: 'value', key: 'preset', value: given.get('preset') ?? '', instead: 'quick' });

  const read = (base: Recipe, key: RecipeKey): Recipe => {
    const text = given.get(key);
    if (text === undefined) return base;
    const value = valueIn(text, key);
    if (isValueOf(recipeFields[key], value)) return { ...base, [key]: value };
    problems.push({ kind: 'value', key, value: text, instead: String(base[key]) });
    return base;
  };
  const { dataset } = read(presetRecipe(defaultDataset), 'dataset');
  const base = presetRecipe(dataset, preset ?? 'quick');
  const recipe = recipeKeys.filter((key) => key !== 'dataset').reduce(read, base);
  for (const key of given.keys())
    if (key !== 'preset' && !Object.hasOwn(recipeFields, key)) problems.push({ kind: 'unknown-key', key });
  return { recipe: mended(recipe, base, problems), preset: preset ?? 'quick', problems };
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
