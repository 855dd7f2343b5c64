import type { Recipe } from '../../core/search/recipe.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { Lender, type LenderOptions, type LenderState } from '../../workers/lending/lender.ts';
import type { HostNews } from '../../workers/lending/messages.ts';
import type { PairingOffer } from '../../workers/lending/pairing-code.ts';
import type { LineWay } from '../../workers/lending/report.ts';

/** A tab that lends its trainers, as its screen shows it. */
export class LentTab {
  state = $state.raw<LenderState | null>(null);
  /** Of the line to the host, or of the last one. */
  way = $state.raw<LineWay | null>(null);
  recipe = $state.raw<Recipe | null>(null);
  training = $state.raw<readonly NetworkId[]>([]);
  news = $state.raw<HostNews | null>(null);
  /** Networks of this tab that the host has. */
  kept = $state(0);
  hasLeft = $state(false);
  #lender: Lender | null = null;

  lend(options: LenderOptions): void {
    this.hasLeft = false;
    this.news = null;
    this.kept = 0;
    this.#lender = new Lender(options, {
      onstate: (state) => {
        this.state = state;
        if (state.kind === 'refused') this.#lender = null;
      },
      onway: (way) => (this.way = way),
      onrecipe: (recipe) => {
        this.recipe = recipe;
        this.news = null;
        this.kept = 0;
      },
      ontraining: (networks) => (this.training = networks),
      onkept: () => (this.kept += 1),
      onnews: (news) => (this.news = news),
    });
  }

  /** Answers a new code, after the line that an earlier one made has broken. */
  pairAgain(offer: PairingOffer): void {
    void this.#lender?.pair(offer);
  }

  leave(): void {
    this.#lender?.leave();
    this.#lender = null;
    this.state = null;
    this.way = null;
    this.training = [];
    this.hasLeft = true;
  }
}
