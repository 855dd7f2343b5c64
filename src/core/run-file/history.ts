import type { RunView } from './view.ts';

/** A run at the end of one generation. */
export interface HistoryPoint {
  readonly generation: number;
  /** Networks trained so far, failed ones included. */
  readonly networks: number;
  /** Own images that all of them have seen. */
  readonly images: number;
  readonly trainSeconds: number;
  readonly frontSize: number;
  readonly hypervolume: number;
}

/** How a run went, by its finished generations: the x axes on which searches are compared. */
export function historyOf(view: RunView): readonly HistoryPoint[] {
  let [networks, images, trainSeconds] = [0, 0, 0];
  return view.generations.flatMap(({ generation, trained, outcome }, index) => {
    for (const id of trained) {
      const network = view.networks.get(id);
      networks++;
      images += network?.ownImages ?? 0;
      trainSeconds += network?.trainSeconds ?? 0;
    }
    if (!outcome) return [];
    const { front, hypervolume } = outcome;
    const told = view.told?.[index];
    return [
      {
        generation,
        networks: told?.trained ?? networks,
        images: told?.images ?? images,
        trainSeconds: told?.trainSeconds ?? trainSeconds,
        frontSize: front.length,
        hypervolume,
      },
    ];
  });
}
