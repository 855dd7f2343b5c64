import { zipSync, strToU8 } from 'fflate';
import { bundleFiles } from '../../core/export/bundle.ts';
import type { CardFacts } from '../../core/export/model-card.ts';
import { kerasCode } from '../../core/export/keras-code.ts';
import { writeOnnx } from '../../core/export/onnx.ts';
import { exportedHeads } from '../../core/export/per-head.ts';
import type { ExportedNetwork, HeadFacts } from '../../core/export/portable.ts';
import { pytorchCode } from '../../core/export/pytorch-code.ts';
import { writeConfigJson } from '../../core/export/config-json.ts';
import { writeSafetensors } from '../../core/export/safetensors.ts';
import { writeTfjsLayers } from '../../core/export/tfjs-layers.ts';
import type { DeviceFile, DeviceKind } from '../../workers/device-files.ts';

export type DownloadKind = 'bundle' | 'tfjs' | 'onnx' | 'safetensors' | 'keras' | 'pytorch';

export interface Download {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const zip = (name: string, files: Readonly<Record<string, Uint8Array>>): Download => ({
  name,
  type: 'application/zip',
  bytes: new Uint8Array(zipSync({ ...files }, { level: 6 })),
});

/** What a bundle holds beside the network: what its model card says, and its predict.mjs where there is one. */
export interface Bundled {
  readonly card: CardFacts;
  readonly script: (network: ExportedNetwork) => string | null;
}

type Files = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

/** The files of one format for a network of one head. */
function filesOf(kind: DownloadKind, network: ExportedNetwork, bundled: Bundled | null): Files {
  const text = (content: string) => new Uint8Array(strToU8(content));
  switch (kind) {
    case 'bundle':
      if (!bundled) throw new RangeError('a bundle has a model card, and nothing is known to write on it');
      return bundleFiles(network, bundled.card, bundled.script(network));
    case 'tfjs': {
      const model = writeTfjsLayers(network);
      return { 'model.json': text(model.json), 'weights.bin': model.weights };
    }
    case 'onnx':
      return { 'network.onnx': writeOnnx(network) };
    case 'safetensors':
      return {
        'network.safetensors': writeSafetensors(network),
        'config.json': text(writeConfigJson(network)),
      };
    case 'keras':
      return { 'network.py': text(kerasCode(network)), 'network.safetensors': writeSafetensors(network) };
    case 'pytorch':
      return { 'network.py': text(pytorchCode(network)), 'network.safetensors': writeSafetensors(network) };
  }
}

/**
 * The file of one format, named after `stem`. A network of two heads is two networks, the second in the folder
 * `head-2`; `second` describes that head. A bundle needs `bundled`: throws RangeError without.
 */
export function makeDownload(
  kind: DownloadKind,
  network: ExportedNetwork,
  stem: string,
  second: HeadFacts | null = null,
  bundled: Bundled | null = null,
): Download {
  const heads = exportedHeads(network, second).map((head) => filesOf(kind, head, bundled));
  if (kind === 'onnx' && heads.length === 1)
    return { name: `${stem}.onnx`, type: 'application/octet-stream', bytes: heads[0]!['network.onnx']! };
  const placed = heads.flatMap((files, head) =>
    Object.entries(files).map(([name, bytes]) => [head === 0 ? name : `head-${head + 1}/${name}`, bytes]),
  );
  return zip(`${stem}-${kind}.zip`, Object.fromEntries(placed) as Files);
}

const deviceEndings: Readonly<Record<DeviceKind, string>> = {
  c: '.h',
  tflite: '.tflite',
  tfliteInt8: '-int8.tflite',
};

/** A file for small devices, named after `stem`; of two heads a ZIP, the second in the folder `head-2`. */
export function deviceDownload(kind: DeviceKind, heads: readonly DeviceFile[], stem: string): Download {
  const [first, second] = heads;
  if (!first) throw new RangeError('a network has a head');
  if (second)
    return zip(`${stem}-${kind}.zip`, { [first.name]: first.bytes, [`head-2/${second.name}`]: second.bytes });
  const type = kind === 'c' ? 'text/x-c' : 'application/octet-stream';
  return { name: stem + deviceEndings[kind], type, bytes: first.bytes };
}

/** Hands a file to the browser. */
export function offer({ name, type, bytes }: Download): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
