import { zipSync, strToU8 } from 'fflate';
import { kerasCode } from '../../core/export/keras-code.ts';
import { writeOnnx } from '../../core/export/onnx.ts';
import type { ExportedNetwork } from '../../core/export/portable.ts';
import { pytorchCode } from '../../core/export/pytorch-code.ts';
import { writeNetworkJson, writeSafetensors } from '../../core/export/safetensors.ts';
import { writeTfjsLayers } from '../../core/export/tfjs-layers.ts';

export type DownloadKind = 'tfjs' | 'onnx' | 'safetensors' | 'keras' | 'pytorch';

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

/** The file of one format, named after `stem`. */
export function makeDownload(kind: DownloadKind, network: ExportedNetwork, stem: string): Download {
  switch (kind) {
    case 'tfjs': {
      const model = writeTfjsLayers(network);
      return zip(`${stem}-tfjs.zip`, { 'model.json': strToU8(model.json), 'weights.bin': model.weights });
    }
    case 'onnx':
      return { name: `${stem}.onnx`, type: 'application/octet-stream', bytes: writeOnnx(network) };
    case 'safetensors':
      return zip(`${stem}-safetensors.zip`, {
        'network.safetensors': writeSafetensors(network),
        'network.json': strToU8(writeNetworkJson(network)),
      });
    case 'keras':
      return zip(`${stem}-keras.zip`, {
        'network.py': strToU8(kerasCode(network)),
        'network.safetensors': writeSafetensors(network),
      });
    case 'pytorch':
      return zip(`${stem}-pytorch.zip`, {
        'network.py': strToU8(pytorchCode(network)),
        'network.safetensors': writeSafetensors(network),
      });
  }
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
