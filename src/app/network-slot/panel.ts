import type { Component } from 'svelte';

type Loose = Component<Record<string, unknown>>;

const found = import.meta.glob<{ default: Loose }>('../network/{NetworkPanel,TryIt}.svelte');

/** The network panel, a chunk of its own; null where it is not built in. */
export async function loadPanel(): Promise<Loose | null> {
  return (await found['../network/NetworkPanel.svelte']?.())?.default ?? null;
}

/** The drawing pad with its answers. */
export async function loadTryIt(): Promise<Loose | null> {
  return (await found['../network/TryIt.svelte']?.())?.default ?? null;
}
