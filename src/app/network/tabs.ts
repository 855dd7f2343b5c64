export const networkTabs = ['graph', 'morph', 'curve', 'tryIt', 'code'] as const;
export type NetworkTab = (typeof networkTabs)[number];
