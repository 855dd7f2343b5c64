import type { ObjectiveKey } from '../../core/search/objectives.ts';
import type { Speed } from './pace.ts';
import { viewport } from './viewport.svelte.ts';
import { defaultPage, type PageState, type StripTab } from './address.ts';

export type Drawer = 'settings' | 'share' | 'help' | 'menu' | 'chooser' | 'own' | 'onnx' | 'devices' | null;
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

/** How the page is set, whatever run it shows: axes, tab, drawer, speed, theme. */
export class Page {
  tab = $state<StripTab>(defaultPage.tab);
  x = $state<ObjectiveKey>(defaultPage.x);
  y = $state<ObjectiveKey>(defaultPage.y);
  /** The plot shows the whole range of the run, or what its networks need. */
  range = $state<'fixed' | 'near'>('fixed');
  maximised = $state<Pane>(null);
  drawer = $state<Drawer>(null);
  /** The strip shows how the selected network came to be, instead of the whole tree. */
  film = $state(false);
  /** The report is laid out for the printer. */
  printing = $state(false);
  speed = $state<Speed>('normal');
  theme = $state<Theme>(storedTheme());
  reducedMotion = $state(false);

  constructor() {
    const query = matchMedia('(prefers-reduced-motion: reduce)');
    this.reducedMotion = query.matches;
    query.addEventListener('change', () => (this.reducedMotion = query.matches));
  }

  /** px of the page, which present mode makes fewer. */
  get width(): number {
    return viewport.width;
  }

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
    this.tab = state.tab;
    this.x = state.x;
    this.y = state.y;
  }
}
