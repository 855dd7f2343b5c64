import { mount } from 'svelte';
import Explained from './Explained.svelte';

/** Marked words (ui/Term.svelte) say from now on what they mean. */
export function explainTerms(): void {
  mount(Explained, { target: document.body });
}
