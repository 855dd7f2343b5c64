import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import type { Variant } from './subjects.ts';

/** An answer: 0, 1 or 2, and which one the check then measured; null before the check. */
export interface Bet {
  readonly answer: number;
  readonly outcome: number | null;
}

export type Hands = readonly [number, number, number];

/** Where bets outlive a reload; the browser's localStorage, which may refuse. */
export type BetStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const storageKey = 'lemonade-bench-bets';
const isAnswer = (value: unknown): value is number => value === 0 || value === 1 || value === 2;

/** What was stored, entry by entry; whatever is not a bet is left out. */
function parse(text: string | null): Record<string, Bet> {
  const found: unknown = text === null ? null : JSON.parse(text);
  if (typeof found !== 'object' || found === null) return {};
  const bets: Record<string, Bet> = {};
  for (const [key, value] of Object.entries(found)) {
    if (typeof value !== 'object' || value === null || !('answer' in value) || !isAnswer(value.answer))
      continue;
    const outcome = 'outcome' in value && isAnswer(value.outcome) ? value.outcome : null;
    bets[key] = { answer: value.answer, outcome };
  }
  return bets;
}

/** The browser's storage, or none where it is refused. */
function ownStorage(): BetStorage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** What a bet is on: an operator's variant on the toy, or on one network of the run. */
export const betKey = (operator: OperatorKind, variant: Variant, network: number | null): string =>
  `${operator}/${variant ?? ''}${network === null ? '' : `#${network}`}`;

/** A network's number means another network in the next run: those bets last as long as the page. */
const outlives = (key: string) => !key.includes('#');

/** The bets of one reader, kept in this browser only, and a class's hands, kept as long as the page. */
export class Bets {
  all = $state.raw<Readonly<Record<string, Bet>>>({});
  hands = $state.raw<Readonly<Record<string, Hands>>>({});
  #storage: BetStorage | null;

  constructor(storage: BetStorage | null = ownStorage()) {
    this.#storage = storage;
    try {
      this.all = parse(storage?.getItem(storageKey) ?? null);
    } catch {
      this.all = {};
    }
  }

  /** Bets that the check has answered, and how many of them were right. */
  get score(): { readonly right: number; readonly of: number } {
    const checked = Object.values(this.all).filter(({ outcome }) => outcome !== null);
    return { right: checked.filter(({ answer, outcome }) => answer === outcome).length, of: checked.length };
  }

  place(key: string, answer: number): void {
    this.#keep({ ...this.all, [key]: { answer, outcome: null } });
  }

  /** What the check measured for a bet, where there is one. */
  settle(key: string, outcome: number): void {
    const bet = this.all[key];
    if (bet && bet.outcome !== outcome) this.#keep({ ...this.all, [key]: { ...bet, outcome } });
  }

  countHands(key: string, answer: number, change: number): void {
    const now: [number, number, number] = [...(this.hands[key] ?? [0, 0, 0])];
    now[answer] = Math.max(0, now[answer]! + change);
    this.hands = { ...this.hands, [key]: now };
  }

  /** Forgets every bet and hand, here and in the browser. */
  forget(): void {
    this.hands = {};
    this.#keep({});
  }

  #keep(bets: Readonly<Record<string, Bet>>): void {
    this.all = bets;
    const lasting = Object.entries(bets).filter(([key]) => outlives(key));
    try {
      if (lasting.length === 0) this.#storage?.removeItem(storageKey);
      else this.#storage?.setItem(storageKey, JSON.stringify(Object.fromEntries(lasting)));
    } catch {
      // Storage is full or refused: the bets last as long as the page.
    }
  }
}
