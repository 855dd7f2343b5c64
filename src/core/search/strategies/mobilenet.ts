import { mobilenetNetwork } from '../../architecture/families/mobilenet.ts';
import { handMade } from './hand-made.ts';

export const mobilenet = handMade(
  {
    key: 'mobilenet',
    title: 'MobileNetV2-like family',
    source: 'by hand, after Sandler et al. 2018, as near as this graph language comes; five widths (ours)',
  },
  mobilenetNetwork,
);
