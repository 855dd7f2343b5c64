import { expose } from 'comlink';
import { Ask } from './ask.ts';

expose(new Ask());
