import { OnnxImport } from './onnx-import.ts';
import { serve } from './serve.ts';

serve(new OnnxImport());
