import { flushSync, mount } from 'svelte';
import './app/theme/base.css';
import App from './app/App.svelte';
import { holdKeys } from './app/shell/held-keys.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
const release = holdKeys();
// The face that is shown first arrives together with App, so that the static shell gives way only once.
await (location.hash.length > 1
  ? import('./app/Playground.svelte')
  : import('./app/first-visit/FirstVisit.svelte'));
target.replaceChildren();
mount(App, { target });
flushSync();
release();
