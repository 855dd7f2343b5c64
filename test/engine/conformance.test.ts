import { conforms } from './conformance.ts';
import { startEngine } from './start.ts';

conforms('networks compiled to WebAssembly', { start: () => startEngine('wasm'), graphs: 60 });
conforms('the portable engine on wasm', { start: () => startEngine('wasm', 'portable'), graphs: 15 });
conforms('the portable engine on cpu', { start: () => startEngine('cpu'), graphs: 15 });
