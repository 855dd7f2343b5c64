/** Picture files with the class that their folder names. */
export interface NamedPicture {
  readonly file: File;
  readonly className: string;
  /** Decides the order, so that the same folder always makes the same data set. */
  readonly path: string;
}

export interface Folder {
  readonly title: string;
  readonly pictures: readonly NamedPicture[];
  /** Pictures that lie in no folder of their own. */
  readonly classless: number;
}

const isPicture = (file: File) =>
  file.type.startsWith('image/') || /\.(png|jpe?g|gif|webp|bmp|avif)$/i.test(file.name);

/** A folder chosen in a file dialog: each picture's class is the folder it lies in, below the chosen one. */
export const folderOf = (files: readonly File[]): Folder =>
  sorted(files.map((file) => ({ file, path: file.webkitRelativePath || file.name })));

function sorted(found: readonly { readonly file: File; readonly path: string }[]): Folder {
  const pictures = found
    .filter(({ file, path }) => isPicture(file) && !path.split('/').some((part) => part.startsWith('.')))
    .map(({ file, path }) => ({ file, path, parts: path.split('/') }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const roots = new Set(pictures.map(({ parts }) => parts[0]));
  const inFolders = pictures.filter(({ parts }) => parts.length >= 3);
  // Several folders dropped at once are the classes themselves.
  const areClasses = inFolders.length === 0 && roots.size >= 2;
  const kept = areClasses ? pictures.filter(({ parts }) => parts.length === 2) : inFolders;
  return {
    title: areClasses || roots.size !== 1 ? '' : [...roots][0]!,
    pictures: kept.map(({ file, path, parts }) => ({ file, path, className: parts.at(-2)! })),
    classless: pictures.length - kept.length,
  };
}

/** The pictures of each class, classes in the order of their names. */
export function byClass(pictures: readonly NamedPicture[]): ReadonlyMap<string, readonly NamedPicture[]> {
  const classes = new Map<string, NamedPicture[]>();
  for (const picture of pictures) {
    const members = classes.get(picture.className) ?? [];
    members.push(picture);
    classes.set(picture.className, members);
  }
  return new Map([...classes].sort(([a], [b]) => a.localeCompare(b, 'en')));
}

/** Labelled pictures, at most about `most`: where there are more, equally many of each class. */
export function evenly(
  classes: ReadonlyMap<string, readonly NamedPicture[]>,
  most: number,
): readonly { readonly picture: NamedPicture; readonly label: number }[] {
  const all = [...classes.values()];
  const count = all.reduce((sum, pictures) => sum + pictures.length, 0);
  const each = count > most ? Math.max(1, Math.floor(most / all.length)) : most;
  return all.flatMap((pictures, label) => pictures.slice(0, each).map((picture) => ({ picture, label })));
}

/** Dropped folders, read to their depths. */
export async function droppedFolder(entries: readonly FileSystemEntry[]): Promise<Folder> {
  const found: { file: File; path: string }[] = [];
  for (const entry of entries) await walk(entry, found);
  return sorted(found);
}

async function walk(entry: FileSystemEntry, found: { file: File; path: string }[]): Promise<void> {
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
