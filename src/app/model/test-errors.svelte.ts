import type { Result } from '../../core/result.ts';
import type { NetworkId } from '../../core/search/events.ts';
import type { NetworkAsk } from './ask.ts';
import { emptyMap, withEntries } from './maps.ts';

/** Errors on the official test images, which no search sees; each is asked for by hand, once a network. */
export class TestErrors {
  known = $state.raw<ReadonlyMap<NetworkId, number>>(emptyMap());
  #ask: Pick<NetworkAsk, 'testError'>;

  constructor(ask: Pick<NetworkAsk, 'testError'>) {
    this.#ask = ask;
  }

  async of(id: NetworkId): Promise<Result<number>> {
    const known = this.known.get(id);
    if (known !== undefined) return { ok: true, value: known };
    const result = await this.#ask.testError(id);
    if (result.ok) this.keep(id, result.value);
    return result;
  }

  keep(id: NetworkId, error: number): void {
    this.known = withEntries(this.known, [[id, error]]);
  }
}
