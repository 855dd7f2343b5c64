import { expose } from 'comlink';
import { Sampling } from './sampling.ts';

expose(new Sampling());
