/** Put in by vite.config.ts from package.json. */
declare const __APP_VERSION__: string;

/** The page's version, which saved runs carry. */
export const appVersion: string = __APP_VERSION__;
