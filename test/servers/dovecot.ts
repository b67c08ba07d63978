/** A throw-away Dovecot: takes mail by LMTP for anybody, or for those named, keeps it in a maildir a person, hands it out by IMAP (password `secret`). */
import { chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, greeted, openFolder, run } from './place.ts'

/** Debian's user and group `mail`. */
const mailId = 8

export type Dovecot = AsyncDisposable & {
  imapPort: number
  lmtpPort: number
  /** Where Postfix asks whether a password is right. */
  authPort: number
  /** The messages of a mailbox as bytes, oldest first; waits until there are `count`. */
  messages(mailbox: string, count: number): Promise<Buffer[]>
  /** Puts messages into a mailbox as files, as many as wanted: by IMAP fifty thousand take half an hour. */
  put(mailbox: string, messages: readonly Buffer[], options?: { seen?: boolean }): Promise<void>
}

/** `people`: those who have a mailbox, and how many bytes fit into it; anybody else is unknown (550 5.1.1). Left out: everybody has one. */
export async function startDovecot({ people }: { people?: Record<string, { quotaBytes?: number }> } = {}): Promise<Dovecot> {
  const folder = await openFolder('dovecot')
  const [imapPort, lmtpPort, authPort] = [await freePort(), await freePort(), await freePort()]
  await mkdir(join(folder, 'run'))
  await mkdir(join(folder, 'mail'))
  await chown(join(folder, 'mail'), mailId, mailId)
  await writeFile(join(folder, 'dovecot.conf'), configuration(folder, { imapPort, lmtpPort, authPort }, people !== undefined))
  if (people) await writeFile(join(folder, 'people'), Object.entries(people).map((entry) => personLine(folder, ...entry)).join(''))
  await run('dovecot', ['-c', join(folder, 'dovecot.conf')])
  await greeted(lmtpPort)
  return {
    imapPort, lmtpPort, authPort,
    messages: (mailbox, count) => messagesOf(join(folder, 'mail', mailbox), count),
    put: (mailbox, messages, { seen = false } = {}) => putInto(join(folder, 'mail', mailbox), messages, seen ? 'S' : ''),
    async [Symbol.asyncDispose]() {
      await stop(Number(await readFile(join(folder, 'run/master.pid'), 'utf8')))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** passwd-file: name, password, uid, gid, gecos, home, shell, extra fields. */
const personLine = (folder: string, name: string, { quotaBytes }: { quotaBytes?: number }) =>
  `${name}:{PLAIN}secret:${mailId}:${mailId}::${folder}/mail/${name}::${quotaBytes === undefined ? '' : `userdb_quota_rule=*:bytes=${quotaBytes}`}\n`

const everybody = (folder: string) => `driver = static
  args = uid=${mailId} gid=${mailId} home=${folder}/mail/%u allow_all_users=yes`
const thoseNamed = (folder: string) => `driver = passwd-file
  args = username_format=%u ${folder}/people`

const configuration = (folder: string, { imapPort, lmtpPort, authPort }: Pick<Dovecot, 'imapPort' | 'lmtpPort' | 'authPort'>, named: boolean) => `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovenull
mail_location = maildir:${folder}/mail/%u
mail_uid = ${mailId}
mail_gid = ${mailId}
first_valid_uid = ${mailId}
passdb {
  driver = static
  args = password=secret
}
userdb {
  ${named ? thoseNamed(folder) : everybody(folder)}
}
mail_plugins = quota
recipient_delimiter = +
plugin {
  quota = maildir:User quota
  quota_grace = 0
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = ${authPort}
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
`

/** Maildir: the flags stand behind the name in `cur`. */
async function putInto(maildir: string, messages: readonly Buffer[], flags: string): Promise<void> {
  for (const name of ['', 'cur', 'new', 'tmp']) await mkdir(join(maildir, name), { recursive: true })
  for (const message of messages) await writeFile(join(maildir, 'cur', `${Date.now()}.${putCount++}.test:2,${flags}`), message)
  await run('chown', ['-R', `${mailId}:${mailId}`, maildir])
}
let putCount = 0

/** Maildir: a message is in `new` once it is whole. */
async function messagesOf(maildir: string, count: number, deadline = Date.now() + 60_000): Promise<Buffer[]> {
  for (;;) {
    const names = (await readdir(join(maildir, 'new')).catch(() => [])).sort()
    if (names.length >= count) return Promise.all(names.map((name) => readFile(join(maildir, 'new', name))))
    if (Date.now() > deadline) throw new Error(`${maildir} holds ${names.length} messages after a minute, not ${count}.`)
    await wait(50)
  }
}

async function stop(pid: number): Promise<void> {
  process.kill(pid, 'SIGTERM')
  while (isAlive(pid)) await wait(20)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
