import type { ShippedId } from '../core/search/recipe.ts';
import { decodeFile } from './decode.ts';
import { makeShapes } from './shapes.ts';
import type { DatasetFacts } from './types.ts';

/** Images of each set that are shown to choose it by: of its first four classes. */
export const sampleCount = 4;

/** data/samples.json: per set that comes in files, base64 of a file of `sampleCount` images (layout: encode.ts). */
export type SampleFiles = Readonly<Record<Exclude<ShippedId, 'shapes'>, string>>;

const bytesOf = (base64: string): ArrayBuffer =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;

/** The first images of `facts` in a file of `count`, each uint8 [height, width, channels]; none from a broken file. */
export async function firstImages(
  file: ArrayBuffer,
  count: number,
  facts: DatasetFacts,
): Promise<readonly Uint8Array[]> {
  const rows = await decodeFile(file, count, facts);
  return rows.ok ? cut(rows.value.images, facts) : [];
}

/** The samples of a shipped set. */
export async function samplesOf(
  id: ShippedId,
  files: SampleFiles,
  facts: DatasetFacts,
): Promise<readonly Uint8Array[]> {
  if (id === 'shapes') return cut(makeShapes({ part: 'train', count: sampleCount }).images, facts);
  return firstImages(bytesOf(files[id]), sampleCount, facts);
}

function cut(images: Uint8Array, { height, width, channels }: DatasetFacts): readonly Uint8Array[] {
  const size = height * width * channels;
  return Array.from({ length: Math.min(sampleCount, images.length / size) }, (_, i) =>
    images.subarray(i * size, (i + 1) * size),
  );
}
