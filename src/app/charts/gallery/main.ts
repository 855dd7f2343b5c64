import { mount } from 'svelte';
import '../../ui/base.css';
import { loadTexts } from '../../text/texts.ts';
import Gallery from './Gallery.svelte';

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme');
if (theme) document.documentElement.dataset['theme'] = theme;
await loadTexts('run');
mount(Gallery, {
  target: document.getElementById('gallery')!,
  props: { only: asked.get('only') ?? '', vector: asked.has('vector') },
});
