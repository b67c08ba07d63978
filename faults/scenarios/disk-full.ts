/** The disk of the database is full for some seconds. */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Database } from '../database.ts'
import { Installation } from '../installation.ts'
import { send, untilComplete } from '../mass-email.ts'
import type { Place } from '../parts.ts'
import { measure, type Scenario } from '../scenario.ts'

/** A small disk in memory. */
const diskMegabytes = 300
const fullMs = 4_000

export const diskFull: Scenario = {
  name: 'disk-full',
  promise: 'a full disk under the database costs nobody the mail; with room again, sending goes on by itself',
  impossible: () => process.getuid?.() === 0 && process.platform === 'linux' ? null : 'a small disk can be mounted by root on Linux only',
  async run(place) {
    const disk = join(place.folder, 'disk')
    mkdirSync(disk)
    mount('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m,mode=755`, 'tmpfs', disk])
    try {
      return await onDisk({ ...place, database: await Database.start(disk) }, disk)
    } finally {
      mount('umount', ['-l', disk])
    }
  },
}

async function onDisk(place: Place, disk: string) {
  const { database } = place
  try {
    await using installation = await Installation.start(place)
    const massEmail = await send(installation.api, { recipients: 4_000 })
    await installation.journal.received(1_000)
    const ballast = join(disk, 'ballast')
    fill(ballast)
    await wait(fullMs)
    rmSync(ballast)
    // PostgreSQL gives up when it cannot write its journal; whoever looks after it starts it again.
    await database.restart()
    installation.proxy.target = database.port
    await installation.recovers()
    await untilComplete(installation.api, massEmail)
    return await measure(installation, [massEmail])
  } finally {
    await database.close()
  }
}

function fill(file: string): void {
  const [descriptor, megabyte] = [openSync(file, 'w'), Buffer.alloc(1 << 20)]
  try {
    for (;;) writeSync(descriptor, megabyte)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(descriptor)
  }
}

function mount(program: string, args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.trim()}`)
}
