/** Daily work: the server restarts when its sources change, and the web application reloads by itself. Control-C stops both. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './checkout.mjs'

const serverPort = process.env.TIDINGS_PORT ?? '8080'
const children = [
  start('tsx', ['watch', '--clear-screen=false', 'src/main.ts', 'start'], { TIDINGS_PORT: serverPort }),
  start('vite', [], { TIDINGS_DEV_SERVER: `http://127.0.0.1:${serverPort}` }),
]

let stopping = false
// Control-C reaches the children by itself; a second signal would break off their drain.
process.once('SIGINT', () => { stopping = true })
process.once('SIGTERM', stopAll)
for (const child of children) child.once('exit', stopAll)

function start(program, args, environment) {
  return spawn(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
}

function stopAll() {
  if (stopping) return
  stopping = true
  for (const child of children) child.kill('SIGTERM')
}
