/** Who uses an embedded database: one file a user, named after its process. The last one out may stop the server. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf } from './process-identity.ts'

let uses = 0

/** Signs this process in. The answer signs it out again and says whether nobody else is left. */
export function signInUser(folder: string): () => { last: boolean } {
  mkdirSync(folder, { recursive: true })
  const own = `${identityOf(process.pid)} ${++uses}`
  writeFileSync(join(folder, own), '')
  return () => {
    rmSync(join(folder, own), { force: true })
    return { last: livingUsers(folder).length === 0 }
  }
}

/** Files of processes that died without signing out are swept away. */
function livingUsers(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const alive = identityOf(Number.parseInt(name)) === name.replace(/ \d+$/, '')
    if (!alive) rmSync(join(folder, name), { force: true })
    return alive
  })
}
