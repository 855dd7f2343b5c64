import type { ObjectiveKey } from './objectives.ts';

/** The data sets that come with the site. */
export type ShippedId = 'fashion' | 'mnist' | 'digits' | 'quickdraw' | 'emoji' | 'shapes';
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
  'starts-only': false,
  grid: false,
  vgg: false,
  mobilenet: false,
} as const;
export type StrategyKey = keyof typeof inheritsWeights;
export const strategyKeys = Object.keys(inheritsWeights) as readonly StrategyKey[];

/** The method as published: what of the recipe's schedule and sampling is ours is off. */
export const isPlain = (strategy: StrategyKey): boolean => strategy === 'lemonade-paper';

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

export type BackendChoice = 'auto' | 'webgpu' | 'webgl' | 'wasm' | 'cpu';

/** All that decides a run. Its keys are the URL's and the headless command's; plain JSON. */
export interface Recipe {
  readonly dataset: DatasetId;
  /** A second data set whose error is the objective `secondError`; its head shares the body. '' for none. */
  readonly secondDataset: DatasetId | '';
  readonly seed: number;
  readonly strategy: StrategyKey;
  readonly space: 'network' | 'cell';
  readonly objectives: readonly ObjectiveKey[];
  readonly generations: number;
  /** n_pc, children proposed per generation. */
  readonly proposals: number;
  /** n_ac, children trained per generation. */
  readonly accepted: number;
  /** Which networks a search of whole networks begins with: see architecture/starting-networks.ts. */
  readonly starts: 'trivial' | 'deep';
  /** Operators that a child of LEMONADE may differ from its parent by, at most. */
  readonly chain: number;
  /** Images each child sees in its own training. */
  readonly imagesPerChild: number;
  /** Images each starting network sees. */
  readonly imagesPerSeed: number;
  /** Images that members of the front and new children share in a last generation; 0 for none. [ours] */
  readonly imagesFinal: number;
  /** Networks of the last generation, at most: those whose training is expected to be worth most to the front's hypervolume. */
  readonly finalists: number;
  /** Images the affected layers see in distillation, after an approximate morphism. */
  readonly imagesDistilled: number;
  readonly batch: number;
  /** Peak of the learning rate. */
  readonly rate: number;
  /** 'network': a cosine for every network; 'search': a line, over the whole run where weights are inherited [ours]. */
  readonly decay: 'network' | 'search';
  /**
   * Averaged weights are evaluated, while raw ones are inherited: the average covers about the last 1 / averaging of all
   * that a line has seen (Averaging in engine.ts); 0 for none. [ours]
   */
  readonly averaging: number;
  /** Times Scott's bandwidth of the density that parents and children are drawn by. */
  readonly bandwidth: number;
  /**
   * 'plain': a product kernel and 1 / density as it is; 'whitened': a kernel along the axes of the cheap objectives'
   * covariance, and nothing is drawn more often than the rarest member would be [ours]. See density.ts.
   */
  readonly density: 'plain' | 'whitened';
  readonly weightDecay: number;
  readonly augment: 'none' | 'shift' | 'shift-flip';
  readonly minParameters: number;
  readonly maxParameters: number;
  readonly maxMultiplyAdds: number;
  /** Seconds of wall clock after which the run stops at the end of its generation; 0 for no limit. */
  readonly maxSeconds: number;
  readonly backend: BackendChoice;
  /** Trainer workers; 0 for the default of this machine. Never changes the result on wasm. */
  readonly workers: number;
}
