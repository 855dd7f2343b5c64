import { plainNetwork } from '../../core/export/plain-network.ts';
import type { ExportedNetwork } from '../../core/export/portable.ts';
import { texts } from '../text/texts.ts';
import type { CarriedScript } from './carried.ts';
import { programs } from './programs.ts';

/**
 * predict.mjs: a script for Node 18 and later, without dependencies, that prints what a network says of pictures
 * (`node predict.mjs picture.png`) and can be imported (`answersOf`, `readPicture`). Its weights are inside. `heads`: one
 * network, or one a head (`exportedHeads`). Throws RangeError as `plainNetwork` does.
 */
export function predictScript(
  heads: readonly ExportedNetwork[],
  words: CarriedScript['words'] = texts.ownPage.script,
): string {
  const carried: CarriedScript = { networks: heads.map(plainNetwork), words };
  return `// ${heads.map(({ name }) => name).join('; ')}
// node predict.mjs picture.png

const carried = ${JSON.stringify(carried)};

${programs.predict}
`;
}
