/**
 * Five kinds of tests: unit (pure and on a database), engine (mail is sent, servers fail, time is waited for or measured), whole (the program as a process of its own),
 * servers (real Postfix and Dovecot), browser (real Chromium, two at a time). `npm run check` runs the first, `npm test` all.
 */
import { defineConfig } from 'vitest/config'

const shared = { isolate: false, globalSetup: ['test/global.ts'], testTimeout: 30_000, hookTimeout: 60_000 }
/** It starts and kills real database servers. */
const database = 'src/platform/embedded-postgres.test.ts'
/** The long ones; those who change what they are about run them by name. */
const engine = [
  'src/delivery/{care,control,faults,mail-rights,pace,sending,shared-accounts,signed-mail,takeover}.test.ts', 'src/campaign/authentication.test.ts',
  'src/signing/{check-domain,keys,signer}.test.ts', 'src/message/dkim.test.ts', 'src/pace/allowance.test.ts', 'src/{receiver,sandbox}/smtp-server.test.ts', 'src/sandbox/answers.test.ts',
  // A second is the limit in them, so nothing else should be in their way.
  'src/{bounce,exchange}/hostile.test.ts',
  'test/doctor.test.ts', 'test/main-job.test.ts', 'test/proving-input.test.ts',
]

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'unit', include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'test/*.test.ts', 'faults/*.test.ts'], exclude: [database, ...engine] } },
      { test: { ...shared, name: 'engine', include: engine } },
      { test: { ...shared, name: 'whole', include: ['test/whole/**/*.test.ts', database], testTimeout: 120_000 } },
      { test: { ...shared, name: 'servers', include: ['test/servers/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false } },
      { test: { ...shared, name: 'browser', include: ['test/e2e/**/*.test.ts'], testTimeout: 180_000 } },
    ],
  },
})
