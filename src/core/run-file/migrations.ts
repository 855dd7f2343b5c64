import { runVersion } from './schema.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * migrations[n] turns a file of version n into version n + 1; one old file a version stays in test/fixtures. Steps get
 * unvalidated JSON and must not throw on any of it. Version 2 may have test errors, transferred cells and other strategies than version 1,
 * so an old page says that the file is newer; files of version 1 need no change. Version 4 may have networks whose training was
 * finished; files of version 3 need no change.
 */
const migrations: Readonly<Record<number, (file: Json) => Json>> = {};

/** `file`, of `version` <= the current, brought to the current version. */
export function migrate(file: Json, version: number): Json {
  let current = file;
  for (let from = version; from < runVersion; from++) {
    current = { ...(migrations[from]?.(current) ?? current), version: from + 1 };
  }
  return current;
}
