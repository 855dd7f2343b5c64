import type { NetworkId } from '../../core/search/events.ts';
import type { ObjectiveKey } from '../../core/search/objectives.ts';
import { defaultPage, type PageState, type StripTab } from './url-state.ts';

export type Drawer = 'settings' | 'share' | 'help' | 'menu' | 'chooser' | 'own' | null;
export type Pane = 'trade-off' | 'strip' | 'network' | null;
export type Theme = 'system' | 'light' | 'dark';

const themeKey = 'lemonade-theme';

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(themeKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** What is looked at: one selection for all panes, axes, tab, drawer, theme. Not part of the run. */
export class Page {
  selected = $state<NetworkId | null>(null);
  hovered = $state<NetworkId | null>(null);
  compared = $state<NetworkId | null>(null);
  tab = $state<StripTab>(defaultPage.tab);
  x = $state<ObjectiveKey>(defaultPage.x);
  y = $state<ObjectiveKey>(defaultPage.y);
  maximised = $state<Pane>(null);
  drawer = $state<Drawer>(null);
  /** The network as a sheet, where the page is too narrow for its pane. */
  sheet = $state(false);
  /** The strip shows how the selected network came to be, instead of the whole tree. */
  film = $state(false);
  /** The report is laid out for the printer. */
  printing = $state(false);
  /** The summary card was closed by hand. */
  cardClosed = $state(false);
  theme = $state<Theme>(storedTheme());
  reducedMotion = $state(false);
  width = $state(1440);

  constructor() {
    const query = matchMedia('(prefers-reduced-motion: reduce)');
    this.reducedMotion = query.matches;
    query.addEventListener('change', () => (this.reducedMotion = query.matches));
    this.width = innerWidth;
  }

  select = (id: NetworkId | null): void => {
    this.selected = id;
    this.sheet = id !== null;
  };

  /** Another run comes: nothing of the last one is looked at any more. */
  forgetRun(): void {
    this.selected = null;
    this.compared = null;
    this.hovered = null;
    this.cardClosed = false;
  }

  hover = (id: NetworkId | null): void => {
    this.hovered = id;
  };

  toggle(drawer: Exclude<Drawer, null>): void {
    this.drawer = this.drawer === drawer ? null : drawer;
  }

  nextTheme(): void {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const order: readonly Theme[] = dark ? ['system', 'light', 'dark'] : ['system', 'dark', 'light'];
    this.theme = order[(order.indexOf(this.theme) + 1) % order.length]!;
    this.applyTheme();
    try {
      if (this.theme === 'system') localStorage.removeItem(themeKey);
      else localStorage.setItem(themeKey, this.theme);
    } catch {
      // A browser that forbids storage still has the theme until it is closed.
    }
  }

  applyTheme(): void {
    if (this.theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.theme;
  }

  restore(state: PageState): void {
    this.selected = state.selected;
    // A phone has its row below the plot; a tablet would show the network nowhere.
    this.sheet = state.selected !== null && this.width >= 600;
    this.compared = state.compared;
    this.tab = state.tab;
    this.x = state.x;
    this.y = state.y;
  }
}
