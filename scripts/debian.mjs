/** The real servers and the browser that tests talk to, as Debian packages. Nothing is started: tests start throw-away ones themselves. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

const programs = [
  { file: '/usr/sbin/smtp-sink', packageName: 'postfix' },
  { file: '/usr/lib/dovecot/imap', packageName: 'dovecot-imapd' },
  { file: '/usr/lib/dovecot/lmtp', packageName: 'dovecot-lmtpd' },
  { file: '/usr/bin/chromium', packageName: 'chromium' },
  { file: '/usr/lib/python3/dist-packages/dkim/__init__.py', packageName: 'python3-dkim' },
]
const servicePolicy = '/usr/sbin/policy-rc.d'

export const missingPackages = () => programs.filter(({ file }) => !existsSync(file)).map(({ packageName }) => packageName)

/** As root on Debian they are installed; else the reader is told what to do. */
export function installTestServers(say, stop) {
  const missing = missingPackages()
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    stop(`The tests talk to real mail servers and a real browser. Please install the Debian packages ${missing.join(', ')}\n`
      + `(apt-get install ${missing.join(' ')}), or leave those tests out: npm test -- --without-servers`)
  }
  say(`installing Debian packages for the tests (${missing.join(', ')})`)
  withoutStartingServices(() => {
    const apt = (...args) => runQuietly('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=600', ...args])
    if (!apt('update') || !apt('install', '--yes', '--no-install-recommends', ...missing)) stop('apt-get did not succeed.')
  })
}

/** invoke-rc.d asks this program whether it may start a service; 101 means no (Debian Policy 9.3.3). */
function withoutStartingServices(work) {
  const isOurs = !existsSync(servicePolicy)
  if (isOurs) writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (isOurs) rmSync(servicePolicy)
  }
}

function runQuietly(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, encoding: 'utf8' })
  if (status !== 0) console.error(`${stdout}${stderr}`)
  return status === 0
}
