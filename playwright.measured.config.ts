import { defineConfig } from '@playwright/test';
import everyday from './playwright.config.ts';

const { grepInvert: grep, ...rest } = everyday;

/** The end-to-end tests that measure how long the page's own work takes: `npm run measure`, on a quiet machine. */
export default defineConfig({ ...rest, ...(grep ? { grep } : {}) });
