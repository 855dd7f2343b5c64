export const networkTabs = ['graph', 'morph', 'curve', 'mistakes', 'tryIt', 'export'] as const;
export type NetworkTab = (typeof networkTabs)[number];
