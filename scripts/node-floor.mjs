/** Names every locked package that refuses the oldest Node we promise. Part of `npm run check`. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './checkout.mjs'

const readJson = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'))
const floor = `${readJson('package.json').engines.node.replace('>=', '')}.0`
const { satisfies } = createRequire(import.meta.url)('semver')

const refusing = Object.entries(readJson('package-lock.json').packages)
  .filter(([path, { engines }]) => path !== '' && engines?.node && !satisfies(floor, engines.node))
  .map(([path, { version, engines }]) => `${path.replace(/^.*node_modules\//, '')} ${version} needs Node ${engines.node}`)

for (const line of refusing) console.error(line)
console.log(refusing.length === 0 ? `Every locked package accepts Node ${floor}.` : `${refusing.length} locked packages refuse Node ${floor}.`)
process.exit(refusing.length === 0 ? 0 : 1)
