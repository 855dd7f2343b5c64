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
  random: false,
  aging: false,
  nsga2: false,
  nash: true,
  vgg: false,
  mobilenet: false,
} as const;
export type StrategyKey = keyof typeof inheritsWeights;
export const strategyKeys = Object.keys(inheritsWeights) as readonly StrategyKey[];

/** Hand-made families: reference points that are trained like starting networks; no generation follows. */
export const familyKeys = ['vgg', 'mobilenet'] as const satisfies readonly StrategyKey[];
export type FamilyKey = (typeof familyKeys)[number];
export const isFamily = (strategy: StrategyKey): strategy is FamilyKey =>
  (familyKeys as readonly StrategyKey[]).includes(strategy);
/** Networks of a family, at most. [ours] */
export const familySize = 5;

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
  /** Images each child sees in its own training. */
  readonly imagesPerChild: number;
  /** Images each starting network (or each network of a hand-made family) sees. */
  readonly imagesPerSeed: number;
  /** Images the affected layers see in distillation, after an approximate morphism. */
  readonly imagesDistilled: number;
  readonly batch: number;
  /** Peak of the cosine schedule. */
  readonly rate: number;
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

/** Generations that follow the starting networks: none of a hand-made family. */
export const generationsOf = ({ strategy, generations }: Pick<Recipe, 'strategy' | 'generations'>): number =>
  isFamily(strategy) ? 0 : generations;
