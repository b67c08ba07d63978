#!/usr/bin/env node
/** The `tidings` command: runs the build of this checkout, making it first when it is missing. What a command does is in src/cli. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildFolder, isBuilt, registerProgram, root, sourceHash } from '../scripts/checkout.mjs'

const hash = sourceHash()
if (!isBuilt(hash)) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs'), 'start'], { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(1)
}
registerProgram(hash)
process.setSourceMapsEnabled(true)
await import(join(buildFolder(hash), 'main.js'))
