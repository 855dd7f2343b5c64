import type { NetworkId } from '../../core/search/events.ts';

/** What was tried by hand and what the user says it was: who was right how often. */
export class Tried {
  readonly #classes: number;
  /** Per network: rows are the truth, columns the answers. */
  #counts = $state.raw<Readonly<Record<NetworkId, readonly (readonly number[])[]>>>({});

  constructor(classes: number) {
    this.#classes = classes;
  }

  /** Notes that the networks answered so where `truth` is right. */
  note(truth: number, answers: ReadonlyMap<NetworkId, number>): void {
    const noted = [...answers].map(([network, answer]) => [
      network,
      this.counts(network).map((row, i) =>
        i === truth ? row.map((count, j) => count + Number(j === answer)) : row,
      ),
    ]);
    this.#counts = { ...this.#counts, ...Object.fromEntries(noted) };
  }

  counts(network: NetworkId): readonly (readonly number[])[] {
    return this.#counts[network] ?? this.#empty();
  }

  /** Right answers of a network and all its answers. */
  score(network: NetworkId): { readonly right: number; readonly all: number } {
    const counts = this.counts(network);
    return {
      right: counts.reduce((sum, row, i) => sum + row[i]!, 0),
      all: counts.flat().reduce((sum, count) => sum + count, 0),
    };
  }

  get isEmpty(): boolean {
    return Object.keys(this.#counts).length === 0;
  }

  #empty(): readonly (readonly number[])[] {
    return Array.from({ length: this.#classes }, () => new Array<number>(this.#classes).fill(0));
  }
}
