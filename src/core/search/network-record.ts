import type { Architecture } from '../architecture/types.ts';
import type { Morphism } from '../morphisms/morphism.ts';
import type { NetworkId, ProposalId, SearchEventBody } from './events.ts';
import type { ObjectiveValues } from './objectives.ts';

/*
 * What the log says of one network, folded. The search decides by it (state.ts); the page draws more of it
 * (run-file/view.ts), but folds it with the same functions.
 */

/** A legal proposal. */
export interface Candidate {
  readonly proposal: ProposalId;
  readonly parent: NetworkId;
  /** The morphisms that make it of its parent. */
  readonly chain: readonly Morphism[];
  readonly cheap: ObjectiveValues;
}

/** A network as the search knows it. Plain JSON. */
export interface NetworkRecord {
  readonly id: NetworkId;
  readonly parent: NetworkId | null;
  /** The morphisms that made it from its parent; empty for a starting network. */
  readonly chain: readonly Morphism[];
  readonly architecture: Architecture;
  /** Generation of birth; 0 for the starting networks. */
  readonly generation: number;
  readonly status: 'training' | 'evaluated' | 'failed';
  /** Cheap objectives always; the costly ones once evaluated. */
  readonly objectives: ObjectiveValues;
  /** Images that it is given, where not all of its generation get as many. */
  readonly images?: number;
  readonly ownImages: number;
  readonly inheritedImages: number;
  /** How fast it still learned when its training ended, where that is known (SearchEvent 'evaluated'). */
  readonly learningExponent?: number;
}

type EventOf<T extends SearchEventBody['type']> = Extract<SearchEventBody, { type: T }>;

/** A starting network before its training. */
export const startingRecord = ({
  network: id,
  architecture,
  cheap,
}: Pick<EventOf<'seeded'>, 'network' | 'architecture' | 'cheap'>): NetworkRecord => ({
  ...{ id, parent: null, chain: [], architecture, generation: 0, status: 'training' },
  ...{ objectives: cheap, ownImages: 0, inheritedImages: 0 },
});

/** A child before its training. */
export const childRecord = (
  { network: id, generation, images }: Pick<EventOf<'accepted'>, 'network' | 'generation' | 'images'>,
  { parent, chain, cheap }: Omit<Candidate, 'proposal'>,
  architecture: Architecture,
): NetworkRecord => ({
  ...{ id, parent, chain, architecture, generation, status: 'training', objectives: cheap },
  ...(images === undefined ? {} : { images }),
  ...{ ownImages: 0, inheritedImages: 0 },
});

/** The same after its training. A failed training cost its images too. */
export function trainedRecord(
  record: Pick<NetworkRecord, 'objectives' | 'ownImages'>,
  event: EventOf<'evaluated'> | EventOf<'failed'>,
): Partial<NetworkRecord> & Pick<NetworkRecord, 'ownImages'> {
  if (event.type === 'failed')
    return { status: 'failed', ownImages: Math.max(event.images ?? 0, record.ownImages) };
  const { ownImages, inheritedImages, learningExponent } = event;
  return {
    status: 'evaluated',
    objectives: { ...record.objectives, ...event.objectives },
    ownImages,
    inheritedImages,
    ...(learningExponent === undefined ? {} : { learningExponent }),
  };
}
