import { Importer } from './importer.svelte.ts';
import type { Session } from './session.svelte.ts';

/** Opens the place of the user's own networks, and measures `files` there. */
export async function importOnnx({ run, page }: Session, files: readonly File[]): Promise<void> {
  page.drawer = 'onnx';
  run.sideRuns.importer ??= new Importer(run);
  await run.sideRuns.importer.take(files);
}
