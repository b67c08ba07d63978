/** `npm run bench [-- NAME]`: the product's own figures as JSON lines, each beside its limit in the same run. Never a test: a figure cannot fail, only a run that is not whole. */
import { Command } from 'commander'
import type { Report } from './figure.ts'
import { benchFreeze } from './freeze.ts'
import { benchGrowth } from './growth.ts'
import { benchImport } from './import.ts'
import { benchNodes } from './nodes.ts'
import { writePage } from './page.ts'
import { benchRecords } from './records.ts'
import { benchReports } from './reports.ts'
import { Results } from './results.ts'
import { benchSend, benchSendSigned, type SendOptions } from './send.ts'

type Bench = { name: string; description: string; recipients: string; run(options: SendOptions, report: Report): Promise<void> }

const benches: Bench[] = [
  { name: 'send', description: 'a mass email into smtp-sink, beside smtp-source and nodemailer', recipients: '100000', run: benchSend },
  { name: 'send-signed', description: 'the same with DKIM RSA-2048, beside openssl and nodemailer', recipients: '100000', run: benchSendSigned },
  { name: 'freeze', description: 'an audience becomes deliveries, beside a bare INSERT … SELECT', recipients: '1000000', run: benchFreeze },
  { name: 'import', description: 'a CSV file becomes contacts, beside a bare COPY', recipients: '1000000', run: benchImport },
  { name: 'growth', description: 'cost and memory at 10,000 and 100,000 recipients, and at a million if asked for', recipients: '100000', run: benchGrowth },
  { name: 'nodes', description: 'two sender processes against one', recipients: '50000', run: benchNodes },
]

type Given = { recipients: string; profile?: boolean; save: boolean }

async function runBenches(names: string, chosen: Bench[], { recipients, profile = false, save }: Partial<Given>): Promise<void> {
  const results = new Results()
  for (const bench of chosen) {
    await bench.run({ recipients: Number(recipients ?? bench.recipients), profile }, results.report).catch((error: unknown) => {
      // The others are still worth having.
      console.error(`${bench.name} came to no end:`, error)
      process.exitCode = 1
    })
  }
  if (save && !profile) await results.keep(names)
}

const program = new Command('bench')
  // Options belong to the command they stand behind.
  .enablePositionalOptions()
  .description('figures of sending, freezing and importing (needs the Debian packages postfix and openssl); without a name all of them')
  .option('--million', 'growth and memory up to a million recipients, which takes minutes')
  .option('--no-save', 'keep no file in bench/results')
  .action(({ million = false, save }: { million?: boolean; save: boolean }) =>
    runBenches('all', benches.map((bench) => million && bench.name === 'growth' ? { ...bench, recipients: '1000000' } : bench), { save }))
for (const bench of benches) {
  program.addCommand(new Command(bench.name)
    .description(bench.description)
    .option('--recipients <count>', 'how many', bench.recipients)
    .option('--profile', 'print the functions and statements that take the most time; keeps no file, as it slows things down')
    .option('--no-save', 'keep no file in bench/results')
    .action((options: Given) => runBenches(bench.name, [bench], options)))
}
program.addCommand(new Command('records')
  .description('lists of millions of contacts over HTTP, beside the time a page may take; not part of a run of all: making them takes minutes and 12 GB')
  .option('--records <count>', 'how many contacts', '10000000')
  .option('--keep <folder>', 'make them there, or use what was made there before')
  .option('--no-save', 'keep no file in bench/results')
  .action(async ({ records, keep, save }: { records: string; keep?: string; save: boolean }) => {
    const results = new Results()
    await benchRecords({ records: Number(records), keep }, results.report)
    if (save) await results.keep('records')
  }))
program.addCommand(new Command('reports')
  .description('the pages of a campaign of millions of deliveries over HTTP, beside the time a page may take; not part of a run of all: making them takes a quarter of an hour and 25 GB')
  .option('--deliveries <count>', 'how many; three times as many log entries', '10000000')
  .option('--contacts <count>', 'how many contacts', '1000000')
  .option('--keep <folder>', 'make them there, or use what was made there before')
  .option('--verify', 'recount all figures at the end')
  .option('--no-save', 'keep no file in bench/results')
  .action(async ({ deliveries, contacts, keep, verify, save }: { deliveries: string; contacts: string; keep?: string; verify?: boolean; save: boolean }) => {
    const results = new Results()
    await benchReports({ deliveries: Number(deliveries), contacts: Number(contacts), keep, verify }, results.report)
    if (save) await results.keep('reports')
  }))
program.addCommand(new Command('page').description('write docs/performance.md and its picture anew from the newest files in bench/results').action(writePage))
await program.parseAsync()
