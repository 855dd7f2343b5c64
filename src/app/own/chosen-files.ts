import type { ChosenFile } from '../../workers/own-pictures.ts';

/** Files of a file dialog; those of a chosen folder with their way in it. */
export const chosenFiles = (files: Iterable<File>): readonly ChosenFile[] =>
  [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

/** Dropped files and folders, these read to their depths. */
export async function droppedFiles(entries: readonly FileSystemEntry[]): Promise<readonly ChosenFile[]> {
  const found: ChosenFile[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: ChosenFile[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    found.push({ file, path: entry.fullPath.replace(/^\//, '') });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader gives a folder in parts, an empty one at its end.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return;
    for (const inner of part) await walk(inner, found);
  }
}

/** Pictures that were taken or drawn here, each under a path of its own, in their order. */
export const takenFiles = (
  pictures: readonly Blob[],
  ending: string,
  now = Date.now(),
): readonly ChosenFile[] =>
  pictures.map((file, i) => ({ file, path: `${now}-${String(i).padStart(4, '0')}.${ending}` }));

/** Whether a folder can be picked: phones and tablets have the control and no dialog for it. */
export function canPickFolders({ userAgent, maxTouchPoints }: Navigator): boolean {
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  return !isApple && !/Android.*(Firefox|Gecko\/)/.test(userAgent);
}
