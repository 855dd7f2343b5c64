import { describe, expect, it } from 'vitest';
import { betKey, Bets, type BetStorage } from '../../../../src/app/learn/workbench/bets.svelte.ts';

function memory(start: string | null = null): BetStorage & { text: string | null } {
  return {
    text: start,
    getItem() {
      return this.text;
    },
    setItem(_, value) {
      this.text = value;
    },
    removeItem() {
      this.text = null;
    },
  };
}
const refusing: BetStorage = {
  getItem: () => {
    throw new Error('refused');
  },
  setItem: () => {
    throw new Error('refused');
  },
  removeItem: () => {
    throw new Error('refused');
  },
};
const widen = betKey('widen', 'zero', null);
const prune = betKey('prune', null, null);

describe('bets', () => {
  it('outlive a reload with what the check said, and are counted', () => {
    const storage = memory();
    const first = new Bets(storage);
    first.place(widen, 0);
    first.settle(widen, 1);
    first.place(prune, 2);
    first.settle(prune, 2);
    const again = new Bets(storage);
    expect(again.all).toEqual({ [widen]: { answer: 0, outcome: 1 }, [prune]: { answer: 2, outcome: 2 } });
    expect(again.score).toEqual({ right: 1, of: 2 });
  });

  it('are asked anew where another answer is given', () => {
    const bets = new Bets(memory());
    bets.place(widen, 0);
    bets.settle(widen, 1);
    bets.place(widen, 1);
    expect(bets.score.of).toBe(0);
  });

  it('leave nothing behind when they are forgotten', () => {
    const storage = memory();
    const bets = new Bets(storage);
    bets.place(widen, 0);
    bets.countHands(widen, 1, 3);
    bets.forget();
    expect(storage.text).toBeNull();
    expect(bets.all).toEqual({});
    expect(bets.hands).toEqual({});
  });

  it('on a network of a run end with the page: its number means another network in the next', () => {
    const storage = memory();
    const bets = new Bets(storage);
    bets.place(betKey('widen', 'zero', 57), 1);
    expect(Object.keys(bets.all)).toHaveLength(1);
    expect(new Bets(storage).all).toEqual({});
  });

  it('work for the length of the page where storage is refused or missing', () => {
    for (const storage of [refusing, null]) {
      const bets = new Bets(storage);
      bets.place(widen, 1);
      expect(bets.all[widen]?.answer).toBe(1);
      bets.forget();
      expect(bets.all[widen]).toBeUndefined();
    }
  });

  it('take from a storage that others wrote only what is a bet', () => {
    for (const text of ['not json', '3', 'null', '[1]', '{"a":1,"b":{"answer":7}}'])
      expect(new Bets(memory(text)).all).toEqual({});
    const mixed = JSON.stringify({ [widen]: { answer: 2, outcome: 'x' }, other: {} });
    expect(new Bets(memory(mixed)).all).toEqual({ [widen]: { answer: 2, outcome: null } });
  });

  it('count hands and never fewer than none', () => {
    const bets = new Bets(memory());
    bets.countHands(widen, 0, 1);
    bets.countHands(widen, 2, -1);
    expect(bets.hands[widen]).toEqual([1, 0, 0]);
  });
});
