import type { Wrong } from '../../../core/run-file/check.ts';
import type { RunFileError } from '../../../core/run-file/parse.ts';
import { say } from '../say.ts';

/** Words for every code; the compiler finds a missing one. */
const sentences: { readonly [C in Wrong['code']]: (wrong: Extract<Wrong, { readonly code: C }>) => string } =
  {
    'no-network': ({ network }) => `there is no network ${network} at this point`,
    bounds: () => 'low must be below high, and above 0 on a log scale',
    'bounds-of-others': () => 'there must be one bound for each objective, in their order',
    'objective-missing': ({ objective }) => `a value of ${objective} is missing, or is 0`,
    'has-not-competed': ({ network }) => `network ${network} was not evaluated, so it cannot have competed`,
    shape: () => 'its networks are for images of another shape, or for other classes',
    'other-dataset': () => 'the recipe searches on another data set',
    node: ({ node, detail }) => `node ${node}: ${detail}`,
    density: ({ axes }) => `every point and bandwidth needs ${axes} entries, bandwidths above 0`,
    'does-not-follow': ({ detail }) => detail,
    'network-twice': ({ network }) => `network ${network} is there twice`,
    'not-in-log': ({ network }) => `the log has no network ${network}`,
    'log-differs': ({ network }) => `the log says otherwise of network ${network}`,
    'networks-missing': ({ count }) => `${count} networks of the log are missing`,
    'weights-twice': ({ network }) => `weights of network ${network} are there twice`,
    'weights-unfit': ({ detail }) => detail,
    'not-finished': ({ network }) => `the training of network ${network} was not finished`,
    'tested-twice': ({ network }) => `network ${network} is tested twice`,
    'not-evaluated': ({ network }) => `the log has no evaluated network ${network}`,
    'no-cell': ({ network }) => `network ${network} has no cell`,
    'empty-log': () => 'the log is empty',
    'other-recipe': () => 'the log began with another recipe',
    'other-bounds': () => 'the log began with other bounds',
    schema: ({ detail }) => detail,
  };

/** Why a file cannot be opened, in a sentence. */
export function describeRunFileError(error: RunFileError): string {
  switch (error.kind) {
    case 'too-large':
      return `This file is too large (${error.characters} characters; the limit is ${error.limit}).`;
    case 'not-json':
      return 'This file is not JSON: it is no run, or it was cut off.';
    case 'not-a-run':
      return 'This is not a saved run: it is JSON of another kind.';
    case 'newer-version':
      return `This run has version ${error.version}; this page knows versions up to ${error.known}.`;
    case 'invalid': {
      const [first] = error.problems;
      const more = error.count > 1 ? ` (and ${error.count - 1} more)` : '';
      return `This run is damaged at ${first?.path || 'its root'}: ${first ? say(sentences[first.code], first) : 'unknown'}${more}.`;
    }
  }
}
