import { serve } from './serve.ts';
import { Search } from './search.ts';

serve(new Search());
