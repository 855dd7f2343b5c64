import { networks } from './plurals.ts';

/** A result that came by a link. */
export const sent = {
  all: (of: number) => `From a link: all ${networks(of)} that were trained, without their weights.`,
  fronts: (kept: number, of: number) =>
    `From a link: ${kept} of the ${of} networks that were trained, every front and what led to it, without weights.`,
  lastFront: (kept: number, of: number) =>
    `From a link: ${kept} of the ${of} networks that were trained, the last front and what led to it. Earlier fronts are drawn without the others.`,
  renumbered: (kept: number, of: number) =>
    `From an older link: ${kept} of the ${of} networks that were trained, numbered anew. Earlier fronts are drawn without the others.`,
  damaged: 'The result in this link is incomplete, so only its settings are here. Ask for the file.',
  newer: 'This link was made by a newer version of this page. Load the page again to see its result.',
  repeat: 'Run it here',
  aside: 'The result of the link was set aside.',
  finished: 'Result from a link',
  after: (generation: number, of: number) => `From a link, after generation ${generation} of ${of}`,
  exact:
    'A link brings no weights, so these networks cannot be tried yet. Run it here: the same settings and seed find the same networks wherever the processor (WebAssembly) trains.',
  close:
    'A link brings no weights, so these networks cannot be tried yet. Run it here: the same settings and seed come close to this result, not to the digit, as a graphics card trained it.',
  noPictures:
    'A link brings no weights, so these networks cannot be tried, and the pictures they learned from are not in this browser. Ask for the file with weights.',
  marked: (id: number) => `Selected by the sender: #${id}`,
  look: 'Look at it',
  noFile: 'A link brings less than a file holds. Copy the link instead, or run it here and save that.',
  notYet: 'No generation is over yet; after the first one the result fits into a link.',
  noCurve: 'A link brings no learning curves, only what came of them.',
  notInLink: 'A link brings one search; this one is run here.',
};
