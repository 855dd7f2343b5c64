import { hashParams } from '../model/address.ts';

/** The address behind '#', followed as it changes. */
export class HashParams {
  params = $state.raw(hashParams());
  #read = () => (this.params = hashParams());

  constructor() {
    addEventListener('hashchange', this.#read);
  }

  /** A whole number behind `key`, or `otherwise`. */
  number(key: string, otherwise: number): number {
    const text = this.params.get(key) ?? '';
    return /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
  }

  dispose(): void {
    removeEventListener('hashchange', this.#read);
  }
}
