import type { Architecture } from '../architecture/types.ts';
import type { Morphism } from '../morphisms/morphism.ts';
import { hypervolumeShare } from '../metrics/hypervolume.ts';
import { vectorOf } from '../search/bounds.ts';
import { nonDominated } from '../search/dominance.ts';
import type { Bound, DensityRecord, NetworkId, ProposalId, SearchEvent } from '../search/events.ts';
import { childRecord, startingRecord, trainedRecord, type NetworkRecord } from '../search/network-record.ts';
import { inheritsWeights, type Recipe } from '../search/recipe.ts';
import { NetworkMap, type History } from './network-map.ts';
import type { GenerationView, NetworkView, Phase, ProposalView, RunView } from './view.ts';

type EventOf<T extends SearchEvent['type']> = Extract<SearchEvent, { type: T }>;

/** Points of a learning curve that are drawn at most; a longer one is thinned. The search itself writes 40. */
const mostPoints = 512;

/** A run as it stood when a segment (one generation) began. */
export interface Base {
  readonly segment: number;
  readonly recipe: Recipe;
  readonly bounds: readonly Bound[];
  readonly networkCount: number;
  /** The highest number of a network; more than their count where a link left some out. */
  readonly highestId: NetworkId;
  readonly milestones: number;
  readonly population: readonly NetworkId[];
  readonly front: readonly NetworkId[];
  readonly hypervolume: number;
  readonly seconds: number;
  readonly proposedCount: number;
  readonly trainedCount: number;
  readonly imagesSeen: number;
}

/** What segments share: the past, and the architectures that chains lead to. */
export interface SegmentWorld {
  readonly history: History;
  readonly generations: readonly GenerationView[];
  child(network: NetworkId, parent: Architecture, chain: readonly Morphism[]): Architecture;
}

/** The fold of one generation's events over the run as it stood when the generation began. */
export class Segment {
  readonly base: Base;
  readonly #world: SegmentWorld;
  readonly #changed = new Map<NetworkId, NetworkView>();
  readonly #trained: NetworkId[] = [];
  #proposals: ProposalView[] = [];
  /** Where each proposal stands among them. */
  readonly #placeOf = new Map<ProposalId, number>();
  /** The proposals as last handed out, while none has changed since. */
  #proposalsNow: readonly ProposalView[] | null = null;
  #milestones: number;
  #networkCount: number;
  #highestId: NetworkId;
  #generation: number;
  #density: DensityRecord | null = null;
  #effective: Pick<GenerationView, 'effectiveParents' | 'effectiveCandidates'> = {};
  #outcome: GenerationView['outcome'] = null;
  /** With every child evaluated so far: at the generation's end, what it competes to. */
  #front: readonly NetworkId[];
  #hypervolume: number;
  #phase: Phase;
  #seconds: number;
  #proposedCount: number;
  #trainedCount: number;
  #imagesSeen: number;
  #finished: RunView['finished'] = null;

  constructor(base: Base, world: SegmentWorld) {
    this.base = base;
    this.#world = world;
    this.#networkCount = base.networkCount;
    this.#highestId = base.highestId;
    this.#milestones = base.milestones;
    this.#generation = base.segment;
    this.#front = base.front;
    this.#hypervolume = base.hypervolume;
    this.#phase = base.segment === 0 ? 'seeding' : 'propose';
    this.#seconds = base.seconds;
    this.#proposedCount = base.proposedCount;
    this.#trainedCount = base.trainedCount;
    this.#imagesSeen = base.imagesSeen;
  }

  /** Networks that this segment made or changed. */
  get changed(): ReadonlyMap<NetworkId, NetworkView> {
    return this.#changed;
  }

  apply(event: SearchEvent): void {
    const phase = this.#phase;
    this.#seconds = event.seconds;
    this.#fold(event);
    const counts = event.type !== 'proposed' && event.type !== 'progress';
    if (counts || phase !== this.#phase) this.#milestones++;
  }

  #fold(event: SearchEvent): void {
    switch (event.type) {
      case 'started':
        return;
      case 'seeded':
        return this.#birth(startingRecord(event));
      case 'generation':
        this.#generation = event.generation;
        this.#density = event.density;
        if (event.effectiveParents !== undefined)
          this.#effective = { effectiveParents: event.effectiveParents };
        return;
      case 'proposed':
        return this.#propose(event);
      case 'accepted':
        return this.#accept(event);
      case 'progress':
        return this.#progress(event);
      case 'evaluated':
        return this.#evaluate(event);
      case 'failed':
        return this.#fail(event);
      case 'competed':
        return this.#compete(event);
      case 'finished':
        this.#phase = 'finished';
        this.#finished = event.reason;
    }
  }

  /** The generation so far. */
  generation(): GenerationView {
    return {
      generation: this.#generation,
      density: this.#density,
      ...this.#effective,
      proposals: (this.#proposalsNow ??= this.#proposals.slice()),
      trained: this.#trained.slice(),
      outcome: this.#outcome,
    };
  }

  view(): RunView {
    const { base } = this;
    return {
      recipe: base.recipe,
      bounds: base.bounds,
      networks: new NetworkMap(
        this.#world.history,
        base.segment,
        { size: this.#networkCount, highest: this.#highestId },
        new Map(this.#changed),
      ),
      generations: [...this.#world.generations.slice(0, base.segment), this.generation()],
      generation: this.#generation,
      milestones: this.#milestones,
      phase: this.#phase,
      population: this.#outcome?.population ?? base.population,
      front: this.#front,
      hypervolume: this.#hypervolume,
      seconds: this.#seconds,
      proposedCount: this.#proposedCount,
      trainedCount: this.#trainedCount,
      imagesSeen: this.#imagesSeen,
      finished: this.#finished,
    };
  }

  /** The run as the next segment begins. */
  next(): Base {
    return {
      segment: this.base.segment + 1,
      recipe: this.base.recipe,
      bounds: this.base.bounds,
      networkCount: this.#networkCount,
      highestId: this.#highestId,
      milestones: this.#milestones,
      population: this.#outcome?.population ?? this.base.population,
      front: this.#front,
      hypervolume: this.#hypervolume,
      seconds: this.#seconds,
      proposedCount: this.#proposedCount,
      trainedCount: this.#trainedCount,
      imagesSeen: this.#imagesSeen,
    };
  }

  #network(id: NetworkId): NetworkView | undefined {
    return (
      this.#changed.get(id) ??
      this.#world.history[id - 1]?.findLast((v) => v.segment < this.base.segment)?.view
    );
  }

  #change(id: NetworkId, values: Partial<NetworkView>): void {
    const network = this.#network(id);
    if (network) this.#changed.set(id, { ...network, ...values });
  }

  /** The starting networks' generation stays in `seeding` until it competes. */
  #atWork(phase: Phase): void {
    if (this.base.segment > 0) this.#phase = phase;
  }

  #birth(record: NetworkRecord): void {
    this.#networkCount++;
    this.#highestId = Math.max(this.#highestId, record.id);
    this.#trained.push(record.id);
    this.#changed.set(record.id, { ...record, onFront: false, trainSeconds: 0, curve: [] });
  }

  #propose(event: EventOf<'proposed'>): void {
    const { proposal, parent, chain } = event;
    this.#atWork('propose');
    this.#proposedCount++;
    this.#proposalsNow = null;
    if (!this.#placeOf.has(proposal)) this.#placeOf.set(proposal, this.#proposals.length);
    this.#proposals.push({
      proposal,
      parent,
      chain,
      cheap: event.cheap ?? {},
      verdict: event.verdict,
      ...(event.verdict === 'rejected' ? { reason: event.reason } : {}),
    });
  }

  #accept(event: EventOf<'accepted'>): void {
    this.#atWork('sift');
    const index = this.#placeOf.get(event.proposal) ?? -1;
    const proposal = this.#proposals[index];
    const parent = proposal && this.#network(proposal.parent);
    if (!proposal || !parent) return;
    const { effectiveCandidates } = event;
    if (effectiveCandidates !== undefined) this.#effective = { ...this.#effective, effectiveCandidates };
    this.#proposalsNow = null;
    this.#proposals[index] = { ...proposal, verdict: 'accepted', network: event.network };
    const inherits = inheritsWeights[this.base.recipe.strategy];
    const architecture = this.#world.child(event.network, parent.architecture, proposal.chain);
    const record = childRecord(event, proposal, architecture);
    // Known from the start, so that its curve begins where its parent's ended.
    const inheritedImages = inherits ? parent.ownImages + parent.inheritedImages : 0;
    this.#birth({ ...record, inheritedImages });
  }

  #progress({ network: id, point }: EventOf<'progress'>): void {
    this.#atWork('train');
    const network = this.#network(id);
    if (!network) return;
    // A child whose trainer died is trained again from its beginning: its curve begins again too.
    const before = network.curve.filter(({ images }) => images < point.images);
    const curve = [...(before.length < mostPoints ? before : before.filter((_, i) => i % 2 === 0)), point];
    this.#imagesSeen += point.images - network.ownImages;
    this.#change(id, { curve, ownImages: point.images });
  }

  #evaluate(event: EventOf<'evaluated'>): void {
    this.#atWork('train');
    const network = this.#network(event.network);
    if (!network) return;
    const { forwardEquivalents, trainSeconds, distillation, agreement } = event;
    const trained = trainedRecord(network, event);
    this.#trainedCount++;
    this.#imagesSeen += trained.ownImages - network.ownImages;
    this.#change(event.network, {
      ...trained,
      trainSeconds,
      ...(forwardEquivalents === undefined ? {} : { forwardEquivalents }),
      ...(distillation ? { distillation } : {}),
      ...(agreement ? { agreement } : {}),
    });
    this.#meetFront(event.network);
  }

  /** A child that was evaluated stands on the front at once, or does not, and may push others off it. */
  #meetFront(id: NetworkId): void {
    const { recipe, bounds } = this.base;
    const ids = [...new Set([...this.#front, id])].sort((a, b) => a - b);
    const values = ids.map((one) => this.#network(one)!.objectives);
    const kept = nonDominated(values.map((one) => vectorOf(one, recipe.objectives)));
    const front = kept.map((index) => ids[index]!);
    if (front.length === this.#front.length && front.every((one, i) => one === this.#front[i])) return;
    this.#stand(front);
    this.#hypervolume = hypervolumeShare(
      kept.map((index) => values[index]!),
      bounds,
    );
  }

  #stand(front: readonly NetworkId[]): void {
    const now = new Set(front);
    for (const id of new Set([...this.#front, ...front]))
      if (this.#network(id)?.onFront !== now.has(id)) this.#change(id, { onFront: now.has(id) });
    this.#front = front;
  }

  #fail(event: EventOf<'failed'>): void {
    this.#atWork('train');
    const network = this.#network(event.network);
    if (!network) return;
    const trained = trainedRecord(network, event);
    this.#imagesSeen += trained.ownImages - network.ownImages;
    this.#change(event.network, { ...trained, reason: event.reason });
  }

  #compete(event: EventOf<'competed'>): void {
    const { joined, left, dominated, population, front, hypervolume } = event;
    this.#phase = 'compete';
    this.#outcome = { joined, left, dominated, population, front, hypervolume };
    this.#stand(front);
    this.#hypervolume = hypervolume;
  }
}
