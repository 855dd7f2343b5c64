import type { ObjectiveKey } from './objectives.ts';

/** The data sets that come with the site. */
export const shippedIds = ['fashion', 'mnist', 'digits', 'quickdraw', 'emoji', 'shapes'] as const;
export type ShippedId = (typeof shippedIds)[number];
/** Pictures of the user's own: eight hexadecimal digits of their checksum follow, so the same pictures have one name. */
export type OwnId = `own-${string}`;
export type DatasetId = ShippedId | OwnId;
export const ownIdPattern = /^own-[0-9a-f]{8}$/;
export const isOwnId = (id: string): id is OwnId => ownIdPattern.test(id);
/** The strategies, and whether their children start from their parents' weights; strategies/ has one file each. */
export const inheritsWeights = {
  lemonade: true,
  'lemonade-no-anm': true,
  'lemonade-no-inheritance': false,
  'lemonade-uniform': true,
  'lemonade-paper': true,
  random: false,
  aging: false,
  'aging-inherit': true,
  nsga2: false,
  'nsga2-inherit': true,
  nash: true,
  'one-shot': true,
  'dpp-net': false,
  'starts-only': false,
  grid: false,
  vgg: false,
  mobilenet: false,
} as const;
export type StrategyKey = keyof typeof inheritsWeights;
export const strategyKeys = Object.keys(inheritsWeights) as readonly StrategyKey[];

/** The method as published: what of the recipe's schedule and sampling is ours is off. */
export const isPlain = (strategy: StrategyKey): boolean => strategy === 'lemonade-paper';

/**
 * Whether generations may overlap: those of LEMONADE, whose draws need the population and what has been proposed, and
 * nothing that training tells of the generation before. [ours]
 */
export const overlaps = ({ strategy, overlap }: Pick<Recipe, 'strategy' | 'overlap'>): boolean =>
  overlap > 0 && strategy.startsWith('lemonade') && !isPlain(strategy);

/** Hand-made families: reference points that are trained like starting networks; no generation follows. */
export const familyKeys = ['vgg', 'mobilenet'] as const satisfies readonly StrategyKey[];
export type FamilyKey = (typeof familyKeys)[number];
export const isFamily = (strategy: StrategyKey): strategy is FamilyKey =>
  (familyKeys as readonly StrategyKey[]).includes(strategy);
/** Networks of a family, at most. [ours] */
export const familySize = 5;
/** Networks of a grid, at most: see architecture/grid.ts. [ours] */
export const gridSize = 10;

/** Without a search: networks fixed beforehand share the whole budget and are trained once. */
export const fixedKeys = ['starts-only', 'grid', ...familyKeys] as const satisfies readonly StrategyKey[];
export const isFixed = (strategy: StrategyKey): boolean =>
  (fixedKeys as readonly StrategyKey[]).includes(strategy);

/** One-shot search trains supernets, whose paths are then evaluated without a training of their own. */
export const isOneShot = (strategy: StrategyKey): boolean => strategy === 'one-shot';
/** Supernets of a one-shot search, and paths that it evaluates a generation. [ours] */
export const oneShotSizes = { supernets: 2, paths: 12 } as const;
/** Starting networks of a progressive search: both cells of one block, at two widths. [ours] */
export const progressiveStarts = 4;

/** What a value of the recipe may be. A text, a file and a stored run are all checked against this. */
export type RecipeField =
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  /** From `low` to `high`, both included. */
  | { readonly kind: 'whole' | 'real'; readonly low: number; readonly high: number }
  | { readonly kind: 'dataset' | 'optional-dataset' }
  /** 2 to 5 different ones, one of them costly. */
  | { readonly kind: 'objectives' };

const choice = <const T extends readonly string[]>(...values: T) => ({ kind: 'choice', values }) as const;
const whole = (low: number, high: number) => ({ kind: 'whole', low, high }) as const;
const real = (low: number, high: number) => ({ kind: 'real', low, high }) as const;

/** The one table of all that decides a run, in the order in which it is written. Its keys are the address's. */
export const recipeFields = {
  dataset: { kind: 'dataset' },
  /** A second data set whose error is the objective `secondError`; its head shares the body. '' for none. */
  secondDataset: { kind: 'optional-dataset' },
  seed: whole(0, 999_999_999),
  strategy: choice(...strategyKeys),
  space: choice('network', 'cell'),
  objectives: { kind: 'objectives' },
  generations: whole(0, 10_000),
  /** n_pc, children proposed per generation. */
  proposals: whole(1, 1000),
  /** n_ac, children trained per generation. */
  accepted: whole(1, 100),
  /**
   * Generations that may be in training beside the one before, so that many trainers need not wait for its last child:
   * with 1, LEMONADE draws a generation from the population that the one before was drawn against; see `overlaps`. [ours]
   */
  overlap: whole(0, 1),
  /** Which networks a search of whole networks begins with: see architecture/starting-networks.ts. */
  starts: choice('trivial', 'deep'),
  /** Operators that a child of LEMONADE may differ from its parent by, at most. */
  chain: whole(1, 12),
  /** Images each child sees in its own training. */
  imagesPerChild: whole(1, 10_000_000),
  /** Images each starting network sees. */
  imagesPerSeed: whole(1, 10_000_000),
  /** Images that members of the front and new children share in a last generation; 0 for none. [ours] */
  imagesFinal: whole(0, 1_000_000_000),
  /** Networks of the last generation, at most: those whose training is expected to be worth most to the front. */
  finalists: whole(1, 1000),
  /** Images the affected layers see in distillation, after an approximate morphism. */
  imagesDistilled: whole(0, 10_000_000),
  batch: whole(1, 1024),
  /** Peak of the learning rate. */
  rate: real(1e-6, 10),
  /** 'network': a cosine for every network; 'search': a line, over the whole run where weights are inherited [ours]. */
  decay: choice('network', 'search'),
  /**
   * Averaged weights are evaluated, while raw ones are inherited: the average covers about the last 1 / averaging of all
   * that a line has seen (Averaging in engine.ts); 0 for none. [ours]
   */
  averaging: whole(0, 1000),
  /** Times Scott's bandwidth of the density that parents and children are drawn by. */
  bandwidth: real(0.01, 100),
  /**
   * 'plain': a product kernel and 1 / density as it is; 'whitened': a kernel along the axes of the cheap objectives'
   * covariance, and nothing is drawn more often than the rarest member would be [ours]. See density.ts.
   */
  density: choice('plain', 'whitened'),
  weightDecay: real(0, 1),
  augment: choice('none', 'shift', 'shift-flip'),
  minParameters: whole(1, 1_000_000_000),
  maxParameters: whole(1, 1_000_000_000),
  maxMultiplyAdds: whole(1, 1_000_000_000_000),
  /** Bytes of RAM that a child takes on a microcontroller, in 8-bit integers; 0 for no limit. [ours] */
  maxDeviceBytes: whole(0, 1_000_000_000),
  /** Seconds of wall clock after which the run stops at the end of its generation; 0 for no limit. */
  maxSeconds: whole(0, 1_000_000),
  backend: choice('auto', 'webgpu', 'webgl', 'wasm', 'cpu'),
  /** Trainer workers; 0 for the default of this machine. Never changes the result on wasm. */
  workers: whole(0, 64),
} as const satisfies Readonly<Record<string, RecipeField>>;

type ValueOf<F extends RecipeField> = F extends { readonly values: readonly (infer T)[] }
  ? T
  : F extends { readonly kind: 'dataset' }
    ? DatasetId
    : F extends { readonly kind: 'optional-dataset' }
      ? DatasetId | ''
      : F extends { readonly kind: 'objectives' }
        ? readonly ObjectiveKey[]
        : number;

/** All that decides a run; plain JSON. */
export type Recipe = { readonly [K in keyof typeof recipeFields]: ValueOf<(typeof recipeFields)[K]> };
export type RecipeKey = keyof Recipe;
export type BackendChoice = Recipe['backend'];

export const recipeKeys = Object.keys(recipeFields) as readonly RecipeKey[];
