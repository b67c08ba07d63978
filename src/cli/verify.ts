/** `tidings verify`: counts all figures anew from the deliveries and the campaign log, while mail goes out or not. Changes nothing. */
import { type Difference, verifyFigures } from '../log/recount.ts'
import { withInstallation } from './installation.ts'
import { command, shows } from './outcome.ts'

export const verifyCommand = () => command('verify', 'prove the figures: recount them from deliveries and log and name every difference')
  .action(shows(() => withInstallation(async ({ db }) => {
    const differences = await verifyFigures(db)
    return { text: differences.length === 0 ? 'The figures are right.' : differences.map(sentence).join('\n'), data: { differences }, failed: differences.length > 0 }
  })))

const sentence = ({ of, lane, metric, machine, hour, domain, entityType, kept, counted }: Difference): string =>
  `${metric}${machine ? ' (machine)' : ''} of ${of}${lane === null ? '' : `, lane ${lane}`}${hour ? `, ${hour.toISOString()}` : ''}${domain === undefined ? '' : `, ${entityType} at ${domain || 'all other domains'}`}: ${kept} kept, ${counted} counted`
