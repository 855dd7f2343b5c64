import { expose } from 'comlink';
import { Search } from './search.ts';

expose(new Search());
