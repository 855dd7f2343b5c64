import { multiplyAdds } from '../core/architecture/cost.ts';
import { cCode } from '../core/export/int8/c-code.ts';
import { Calibration, calibrationImages } from '../core/export/int8/calibrate.ts';
import { floatPass } from '../core/export/int8/float-pass.ts';
import { foldedGraph } from '../core/export/int8/folded.ts';
import { highest, int8Pass } from '../core/export/int8/int8-pass.ts';
import { quantise } from '../core/export/int8/quantise.ts';
import { deviceSize, type DeviceSize } from '../core/export/int8/targets.ts';
import { floatTflite, int8Tflite } from '../core/export/int8/tflite.ts';
import type { Int8Network } from '../core/export/int8/types.ts';
import { type ExportedNetwork, utf8 } from '../core/export/portable.ts';
import type { SearchData } from '../datasets/types.ts';

/** Formats for small devices. */
export type DeviceKind = 'c' | 'tflite' | 'tfliteInt8';

/** What rounding to integers costs, measured on validation images. */
export interface Int8Loss extends DeviceSize {
  readonly multiplyAdds: number;
  /** Shares of wrong answers among `images` validation images: as float32, by C's scores, by TFLite's int8 logits. */
  readonly floatError: number;
  readonly int8Error: number;
  readonly tfliteError: number;
  readonly images: number;
}

/** A network in integers, and what that costs. */
export interface QuantisedNetwork {
  readonly int8: Int8Network;
  readonly loss: Int8Loss;
}

export interface DeviceFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Null for float32. */
  readonly loss: Int8Loss | null;
}

/** Multiply-adds that measuring may take: some ten seconds. Small networks see all validation images. */
const measuredWork = 2e9;
const leastMeasured = 200;

/** Lets other questions be answered in between. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

/** The numbers of images that are evenly spread over a set of `count`. */
const spread = (count: number, wanted: number): readonly number[] => {
  const taken = Math.min(count, wanted);
  return Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
};

/**
 * Calibrates a network of one head on training images, quantises it, and counts its answers on validation images.
 * Throws RangeError where the network's numbers are not finite.
 */
export async function quantiseMeasured(
  network: ExportedNetwork,
  { train, validation }: SearchData,
): Promise<QuantisedNetwork> {
  const graph = foldedGraph(network);
  const size = train.height * train.width * train.channels;
  const calibration = new Calibration(graph);
  for (const index of spread(train.count, calibrationImages)) {
    calibration.see(train.images.subarray(index * size, (index + 1) * size));
    if (index % 8 === 0) await breathe();
  }
  const int8 = quantise(network.name, network.classes, graph, calibration.ranges());
  const work = multiplyAdds(network.architecture);
  const measured = spread(validation.count, Math.max(leastMeasured, Math.floor(measuredWork / work)));
  const wrong = { float: 0, int8: 0, tflite: 0 };
  for (const index of measured) {
    const image = validation.images.subarray(index * size, (index + 1) * size);
    const label = validation.labels[index]!;
    const { scores, logits } = int8Pass(int8, image);
    if (highest(floatPass(graph, image).at(-1)!) !== label) wrong.float++;
    if (highest(scores) !== label) wrong.int8++;
    if (highest(logits) !== label) wrong.tflite++;
    if (index % 8 === 0) await breathe();
  }
  const images = measured.length;
  const loss = {
    ...deviceSize(int8),
    multiplyAdds: work,
    floatError: wrong.float / images,
    int8Error: wrong.int8 / images,
    tfliteError: wrong.tflite / images,
    images,
  };
  return { int8, loss };
}

/** The file of one format. `quantised` is asked for integers, which float32 does without. */
export async function deviceFile(
  kind: DeviceKind,
  network: ExportedNetwork,
  quantised: () => Promise<QuantisedNetwork>,
): Promise<DeviceFile> {
  if (kind === 'tflite') return { name: 'network.tflite', bytes: floatTflite(network), loss: null };
  const { int8, loss } = await quantised();
  return kind === 'c'
    ? { name: 'network.h', bytes: utf8(cCode(network, int8)), loss }
    : { name: 'network-int8.tflite', bytes: int8Tflite(network, int8), loss };
}
