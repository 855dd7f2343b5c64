import type { SiteBase } from './protocol.ts';

/** The folder of this page, absolute: data sets and binaries lie below it. */
export const siteBase = (): SiteBase => new URL('.', document.baseURI).href;
