import fc from 'fast-check';

/** The same random cases in every run, so that CI is not a lottery; FC_SEED=... npm run test:unit looks at others. */
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_261_123) });
