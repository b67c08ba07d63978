/** Four kinds of tests: unit (pure and on a database), whole (the program as a process of its own), servers (real Postfix and Dovecot), browser (real Chromium). */
import { defineConfig } from 'vitest/config'

const shared = { isolate: false, globalSetup: ['test/global.ts'], testTimeout: 30_000, hookTimeout: 60_000 }
/** It starts and kills real database servers, which takes its time; `npm run check` goes without. */
const slow = ['src/platform/embedded-postgres.test.ts']

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'unit', include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'test/*.test.ts', 'faults/*.test.ts'], exclude: slow } },
      { test: { ...shared, name: 'whole', include: ['test/whole/**/*.test.ts', ...slow], testTimeout: 120_000 } },
      { test: { ...shared, name: 'servers', include: ['test/servers/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false } },
      { test: { ...shared, name: 'browser', include: ['test/e2e/**/*.test.ts'], testTimeout: 180_000, fileParallelism: false } },
    ],
  },
})
