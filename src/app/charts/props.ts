import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import type { LearningPoint, NetworkId } from '../../core/search/events.ts';
import type { ObjectiveKey, ObjectiveValues } from '../../core/search/objectives.ts';
import type { Domain } from './geometry/domain.ts';
import type { searchParts } from './trade-off/search-parts.ts';

/**
 * The props of every chart, in one place. All charts are as wide as their parent and `height` px tall;
 * they receive data (a RunView or pieces of it), never the session, and report clicks by callbacks.
 */

/** The one selection all panes share: hover previews, click pins. */
export interface Selecting {
  readonly selected?: NetworkId | null;
  readonly hovered?: NetworkId | null;
  /** Null when the pointer leaves. */
  onhover?: (id: NetworkId | null) => void;
  onselect?: (id: NetworkId) => void;
}

/** A point of a foreign search or a hand-made network, drawn in Trade-off. */
export interface ReferencePoint {
  /** Stands beside it; '' where the legend names it. */
  readonly label: string;
  /** A cross unless given. */
  readonly mark?: 'cross' | 'plus';
  readonly objectives: ObjectiveValues;
}

/** A network of the user's own, drawn above everything as a heavy cross; named while the pointer is there. */
export interface OwnPoint {
  readonly name: string;
  readonly objectives: ObjectiveValues;
}

/** A second front drawn dashed with hollow squares: random search, another run. */
export interface ReferenceFront {
  readonly label: string;
  readonly hypervolume: number;
  readonly points: readonly ObjectiveValues[];
}

/** The parts of a plot that only a search that goes on needs; the first page does without. */
export type SearchParts = typeof searchParts;

/** TradeOff.svelte: default height 434. */
export interface TradeOffProps extends Selecting {
  readonly view: RunView;
  /** Where `view` is that of the last milestone: the run now, for the rings of networks in training. */
  readonly live?: RunView | null;
  readonly x: ObjectiveKey;
  readonly y: ObjectiveKey;
  readonly height?: number;
  /** `searchParts`, for a plot of a search that goes on: without it there is neither lane nor density. */
  readonly parts?: SearchParts | null;
  /** Earlier staircases (or the first alone), the lane of networks in training, the density below; all on by default. */
  readonly earlier?: boolean | 'start';
  readonly lane?: boolean;
  readonly density?: boolean;
  /** Phone: fewer ticks, smaller marks, short axis titles. Taken from the width when left out. */
  readonly compact?: boolean;
  readonly references?: readonly ReferencePoint[];
  readonly fronts?: readonly ReferenceFront[];
  readonly own?: readonly OwnPoint[];
  /** Names written beside front marks, for example the three picks: id to label. */
  readonly names?: ReadonlyMap<NetworkId, string>;
  /** Plot ranges, when not the view's own: plotDomains() of the whole log keeps the plot still while scrubbing. */
  readonly domains?: Readonly<Partial<Record<ObjectiveKey, Domain>>>;
  /** Play speeds that show motion set this; off at Fast, Background, scrubbing. */
  readonly motion?: boolean;
  /** One sentence in an ink box on the empty side of the front, tied to a mark; best one that `stays` on the front. */
  readonly callout?: { readonly text: string; readonly stays: ReadonlySet<NetworkId> } | null;
  /** Draw the cloud as SVG instead of a canvas, for export and for tests. */
  readonly vector?: boolean;
}

/** One generation's state on the timeline; `timelinePoints(view)` of geometry/timeline.ts makes them. */
export interface TimelinePoint {
  readonly generation: number;
  readonly hypervolume: number;
  /** Networks that joined the front in this generation. */
  readonly joined: number;
}

/** HypervolumeTimeline.svelte: the scrub slider; default height 60. */
export interface HypervolumeTimelineProps {
  /** The whole log's history, also beyond the cursor. */
  readonly points: readonly TimelinePoint[];
  /** Generations of the budget: the right end. */
  readonly total: number;
  /** Generation shown now; may be a fraction inside a generation. */
  readonly cursor: number;
  readonly height?: number;
  /** Said on the track while there is no point on it. */
  readonly empty?: string;
  /** Called with a whole generation; the last one means live. */
  onscrub?: (generation: number) => void;
}

/** One search in the hypervolume chart; several runs (seeds) give a band. */
export interface HypervolumeSeries {
  readonly label: string;
  readonly role: 'own' | 'baseline';
  readonly runs: readonly {
    readonly points: readonly { readonly x: number; readonly hypervolume: number }[];
  }[];
}

/** HypervolumeChart.svelte: default height 180. */
export interface HypervolumeChartProps {
  readonly series: readonly HypervolumeSeries[];
  /** What x counts. */
  readonly axis: 'networks' | 'images' | 'seconds' | 'generations';
  readonly height?: number;
}

/** FamilyTree.svelte: default height 214; maximised draws bigger marks and ids beside the front. */
export interface FamilyTreeProps extends Selecting {
  readonly view: RunView;
  readonly height?: number;
  readonly maximised?: boolean;
  readonly arrange?: 'family' | 'size' | 'error';
  /** The last generation on the axis, when more than the view's own. */
  readonly generations?: number;
  /** The generation looked at, when `view` is not there yet: what came after it is veiled. */
  readonly until?: number | null;
  /** Ids to keep strong (a brush elsewhere); others fade. */
  readonly keep?: ReadonlySet<NetworkId> | null;
}

/** ProposeDots.svelte: one hollow dot a child on the size axis, ticks = parents; default height 56. */
export interface ProposeDotsProps extends Selecting {
  readonly view: RunView;
  readonly generation: number;
  /** The cheap objective of the axis; parameters by default. */
  readonly x?: ObjectiveKey;
  /** Plot range, when not the view's own: plotDomains() of the whole log keeps it still while scrubbing. */
  readonly domains?: Readonly<Partial<Record<ObjectiveKey, Domain>>>;
  readonly height?: number;
}

/** SiftDensity.svelte: the density of both draws, pins = drawn, ticks = not drawn; default height 64. */
export interface SiftDensityProps extends Selecting {
  readonly view: RunView;
  readonly generation: number;
  readonly x?: ObjectiveKey;
  readonly domains?: Readonly<Partial<Record<ObjectiveKey, Domain>>>;
  readonly height?: number;
}

/** TrainLane.svelte: one network in training as a 24 px row; the whole lane is a button. */
export interface TrainLaneProps extends Selecting {
  readonly network: NetworkView;
  /** Images this network is to see in its own training. */
  readonly images: number;
}

/** LearningCurve.svelte: loss over images seen, the ancestors' part first; default height 180. */
export interface LearningCurveProps {
  readonly id: NetworkId;
  readonly curve: readonly LearningPoint[];
  /** From the oldest ancestor to the parent, each with its own points. */
  readonly ancestors?: readonly {
    readonly id: NetworkId;
    readonly operators: readonly OperatorKind[];
    readonly curve: readonly LearningPoint[];
  }[];
  /** Own images it is to see, for the axis while it trains. */
  readonly images: number;
  readonly height?: number;
}

/** ConfusionMatrix.svelte: rows = the truth, columns = the answer; square, as wide as its parent. */
export interface ConfusionMatrixProps {
  readonly classes: readonly string[];
  /** counts[truth][answer]. */
  readonly counts: readonly (readonly number[])[];
  /** Called with the cell that was clicked or entered. */
  onpick?: (truth: number, answer: number) => void;
}

/** Ranges kept by brushes, in the objective's own unit. */
export type Brushes = Readonly<Partial<Record<ObjectiveKey, readonly [number, number]>>>;

/** ParallelCoordinates.svelte: every axis points down to better; default height 400. */
export interface ParallelCoordinatesProps extends Selecting {
  readonly view: RunView;
  /** Axes, left to right. */
  readonly axes: readonly ObjectiveKey[];
  readonly brushes?: Brushes;
  readonly height?: number;
  onbrush?: (brushes: Brushes) => void;
  /** The axis names were dragged or moved with Alt and an arrow. */
  onorder?: (axes: readonly ObjectiveKey[]) => void;
}
