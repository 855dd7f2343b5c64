import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

export const noticesFile = 'third-party-notices.md';

interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly homepage?: string;
  readonly author?: string | { readonly name: string };
}

/** Texts for packages that name a licence but bring no text of it. */
const standardTexts: Readonly<Record<string, string>> = {
  'Apache-2.0': 'public/data/licences/noto-emoji-Apache-2.0.txt',
};

/** Of what is in the bundle: modules whose code is left out do not count. */
const modulesOf = (bundle: Rolldown.OutputBundle): readonly string[] =>
  Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));

/** The folder of the package that a module belongs to; null for our own. */
function packageFolder(id: string): string | null {
  const path = id.replace(/^\0/, '').split('?')[0]!;
  const match = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path);
  return match?.[1] ?? null;
}

/** One package: name, version, licence, and the text of it. Throws where a package has neither text nor a known licence. */
function noticeOf(folder: string, facts: PackageFacts): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const path = file ? join(folder, file) : standardTexts[facts.license ?? ''];
  const author = typeof facts.author === 'string' ? facts.author : facts.author?.name;
  const text = path && existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
  if (text === null && !facts.license) throw new Error(`${facts.name} names no licence`);
  return [
    `## ${facts.name} ${facts.version} (${facts.license ?? 'see below'})`,
    [author, facts.homepage].filter(Boolean).join(', '),
    ...(text === null ? [] : [`\`\`\`\n${text}\n\`\`\``]),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/**
 * Writes third-party-notices.md into the site: every package of which a page or a worker carries code, and `others`, which
 * come another way (fonts, the service worker).
 * `collect` is the plugin of the workers' builds, which end before the page's.
 */
export function thirdPartyNotices(others: readonly string[]): {
  readonly collect: Plugin;
  readonly write: Plugin;
} {
  const folders = new Set(others.map((name) => join('node_modules', name)));
  const note = (ids: Iterable<string>) => {
    for (const id of ids) {
      const folder = packageFolder(id);
      if (folder && existsSync(join(folder, 'package.json'))) folders.add(folder);
    }
  };
  return {
    collect: {
      name: 'collect-third-party',
      generateBundle(_, bundle) {
        note(modulesOf(bundle));
      },
    },
    write: {
      name: 'write-third-party-notices',
      generateBundle(_, bundle) {
        note(modulesOf(bundle));
        const byName = new Map(
          [...folders].map((folder) => {
            const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFacts;
            return [facts.name, { folder, facts }] as const;
          }),
        );
        const notices = [...byName]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, { folder, facts }]) => noticeOf(folder, facts));
        const head =
          '# Third-party notices\n\nThis site is built with the packages below. Data sets and their licences: Settings, "About this data set", and data/licences.';
        this.emitFile({
          type: 'asset',
          fileName: noticesFile,
          source: `${[head, ...notices].join('\n\n')}\n`,
        });
      },
    },
  };
}
