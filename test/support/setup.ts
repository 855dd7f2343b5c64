import fc from 'fast-check';
import './texts.ts';

/** The same random cases in every run, so that CI is not a lottery; FC_SEED=... npm run test:unit looks at others. */
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_261_123) });
