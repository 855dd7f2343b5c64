import { words } from '../text/en/network.ts';

export type NetworkTab = 'graph' | 'morph' | 'curve' | 'tryIt' | 'code';

export const networkTabs: readonly { readonly value: NetworkTab; readonly label: string }[] = [
  { value: 'graph', label: words.tabs.graph },
  { value: 'morph', label: words.tabs.morph },
  { value: 'curve', label: words.tabs.curve },
  { value: 'tryIt', label: words.tabs.tryIt },
  { value: 'code', label: words.tabs.code },
];
