/** Writes the files that the product is proved on into a folder: `npm run proving-input -- FOLDER`. The same bytes every time. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contacts } from './contacts.ts'
import { dialects, fileOf } from './files.ts'
import { newsletter } from './newsletter.ts'

const folder = process.argv[2]
if (!folder) {
  console.error('Usage: npm run proving-input -- FOLDER')
  process.exit(2)
}

mkdirSync(folder, { recursive: true })
const { rows, expected } = contacts(10_000)
for (const dialect of dialects) writeFileSync(join(folder, dialect.fileName), fileOf(rows, dialect))
writeFileSync(join(folder, 'newsletter.html'), newsletter())
writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`)
console.log(`${expected.rows} contacts (${expected.missing} without an address, ${expected.malformed} malformed, ${expected.twins} twins, `
  + `${expected.wrongColumnCount} torn apart) and the newsletter are in ${folder}`)
