import { serve } from './serve.ts';
import { Sampling } from './sampling.ts';

serve(new Sampling());
