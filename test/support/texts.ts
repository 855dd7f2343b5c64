import { loadTexts } from '../../src/app/text/texts.ts';

/** The page's words, which main.ts fetches before it mounts anything. */
await loadTexts('learn');
