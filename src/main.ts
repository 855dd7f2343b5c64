import { flushSync, mount } from 'svelte';
import './app/ui/base.css';
import App from './app/App.svelte';
import { holdKeys } from './app/shell/held-keys.ts';
import { loadTexts, withTexts } from './app/text/texts.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
const release = holdKeys();
// An address that names own pictures is understood only once they are known.
if (location.hash.includes('=own-')) await (await import('./app/model/stored-own-sets.ts')).registerOwnSets();
// The face that is shown first arrives together with its words, so that the static shell gives way only once.
await (location.hash.length > 1
  ? withTexts('run', import('./app/run/Playground.svelte'))
  : Promise.all([loadTexts('page'), import('./app/run/FirstVisit.svelte')]));
target.replaceChildren();
mount(App, { target });
flushSync();
release();
