import { serve } from './serve.ts';
import { OwnPictures } from './own-pictures.ts';

serve(new OwnPictures());
