import { expose } from 'comlink';
import { BenchWorker } from './bench.ts';

expose(new BenchWorker());
