import { expose } from 'comlink';
import { ComposeTrainer } from './compose.ts';

expose(new ComposeTrainer());
