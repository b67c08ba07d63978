/** `npm run bench -- send [--recipients N]`: the product's own figures as JSON lines. Never a test: nothing here passes or fails. */
import { Command } from 'commander'
import { benchSend } from './send.ts'

await new Command('bench')
  .addCommand(new Command('send')
    .description('a mass email into smtp-sink, beside smtp-source and nodemailer (needs the Debian package postfix)')
    .option('--recipients <count>', 'how many', '100000')
    .action(({ recipients }: { recipients: string }) => benchSend(Number(recipients))))
  .parseAsync()
