import type { NetworkId } from '../../core/search/events.ts';

/** What is looked at of a run: one selection for all panes. */
export class Selection {
  selected = $state<NetworkId | null>(null);
  hovered = $state<NetworkId | null>(null);
  compared = $state<NetworkId | null>(null);
  /** The network as a sheet, where the page is too narrow for its pane. */
  sheet = $state(false);
  /** The summary card was closed by hand. */
  cardClosed = $state(false);
  /** The run ended while a network was selected: the summary card stands over it until something is selected again. */
  aside = $state(false);

  select = (id: NetworkId | null): void => {
    this.selected = id;
    this.sheet = id !== null;
    this.aside = false;
  };

  hover = (id: NetworkId | null): void => {
    this.hovered = id;
  };
}
