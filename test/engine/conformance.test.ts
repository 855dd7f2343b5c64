import { conforms } from './conformance.ts';
import { startEngine } from './start.ts';

conforms('the portable engine on wasm', { start: () => startEngine('wasm'), graphs: 60 });
conforms('the portable engine on cpu', { start: () => startEngine('cpu'), graphs: 15 });
