import { expose } from 'comlink';
import { OwnPictures } from './own-pictures.ts';

expose(new OwnPictures());
