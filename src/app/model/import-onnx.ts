import { Importer } from './importer.svelte.ts';
import type { Session } from './session.svelte.ts';

/** Opens the place of the user's own networks, beside the run that is there, and measures `files` there. */
export async function importOnnx(session: Session, files: readonly File[]): Promise<void> {
  const { run, page } = session;
  // The first page shows none of them.
  session.home = false;
  page.drawer = 'onnx';
  run.sideRuns.importer ??= new Importer(run);
  await run.sideRuns.importer.take(files);
}
