import { vggNetwork } from '../../architecture/families/vgg.ts';
import { handMade } from './hand-made.ts';

export const vgg = handMade(
  {
    key: 'vgg',
    title: 'Plain VGG-like family',
    source: 'by hand, after Simonyan and Zisserman 2015; five widths (ours)',
  },
  vggNetwork,
);
