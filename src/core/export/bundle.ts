import { writeConfigJson } from './config-json.ts';
import { type CardFacts, modelCard } from './model-card.ts';
import { writeOnnx } from './onnx.ts';
import { type ExportedNetwork, utf8 } from './portable.ts';
import { predictPython } from './predict-python.ts';
import { writeSafetensors } from './safetensors.ts';

/** One class a line; a line break within a name becomes a space. */
const labels = (classes: readonly string[]): string =>
  classes.map((name) => `${name.replace(/\s+/g, ' ')}\n`).join('');

/**
 * Everything to use one head of a network without this page, by file name: the model twice, its labels and description,
 * programs that answer on a photo, and a model card. `script`: the text of predict.mjs; without it there is none.
 */
export function bundleFiles(
  network: ExportedNetwork,
  facts: CardFacts,
  script: string | null = null,
): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  const files = {
    'network.onnx': writeOnnx(network),
    'network.safetensors': writeSafetensors(network),
    'config.json': utf8(writeConfigJson(network)),
    'labels.txt': utf8(labels(network.classes)),
    'predict.py': utf8(predictPython),
    ...(script === null ? {} : { 'predict.mjs': utf8(script) }),
  };
  const head = (network.head?.number ?? 1) - 1;
  return { ...files, 'README.md': utf8(modelCard(network, facts, head, Object.keys(files))) };
}
