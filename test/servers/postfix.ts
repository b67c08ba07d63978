/** A throw-away Postfix on loopback that hands mail for good.test and shop.example to an LMTP server and refuses reject.test at RCPT. */
import { chown, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { freePort, greeted, openFolder, run } from './place.ts'

export type Postfix = AsyncDisposable & {
  port: number
  /** What it has logged so far. */
  log(): Promise<string>
}

/** `authPort`: where a Dovecot knows who may sign in; without it nobody can. */
export async function startPostfix({ lmtpPort, authPort }: { lmtpPort: number; authPort?: number }): Promise<Postfix> {
  const folder = await openFolder('postfix')
  const port = await freePort()
  for (const part of ['etc', 'spool', 'spool/pid', 'data']) await mkdir(join(folder, part))
  await chown(join(folder, 'data'), Number(execFileSync('id', ['-u', 'postfix'])), 0)
  await copyFile('/etc/postfix/dynamicmaps.cf', join(folder, 'etc/dynamicmaps.cf'))
  await writeFile(join(folder, 'etc/main.cf'), mainConfiguration(folder, lmtpPort, authPort))
  await writeFile(join(folder, 'etc/master.cf'), await masterConfiguration(port))
  await run('postfix', ['-c', join(folder, 'etc'), 'start'])
  await greeted(port)
  return {
    port,
    log: () => readFile(join(folder, 'maillog'), 'utf8'),
    async [Symbol.asyncDispose]() {
      await run('postfix', ['-c', join(folder, 'etc'), 'stop'])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const signIn = (authPort: number) => `
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${authPort}
smtpd_sasl_security_options = noanonymous
`

const mainConfiguration = (folder: string, lmtpPort: number, authPort: number | undefined) => `
compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
multi_instance_enable = no
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test.local
mydestination =
mynetworks = 127.0.0.0/8
local_recipient_maps =
virtual_mailbox_domains = good.test, shop.example
virtual_transport = lmtp:inet:127.0.0.1:${lmtpPort}
transport_maps = inline:{ {reject.test = error:5.1.1 no such user here} }
default_transport = error:5.4.4 no route in test
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_peername_lookup = no
smtp_dns_support_level = disabled
maillog_file_prefixes = ${folder}
maillog_file = ${folder}/maillog
alias_maps =
alias_database =
recipient_delimiter = +
${authPort === undefined ? '' : signIn(authPort)}`

/** Debian's own table of services, without chroot, its SMTP service moved to our port. */
async function masterConfiguration(port: number): Promise<string> {
  const table = await readFile('/usr/share/postfix/master.cf.dist', 'utf8').catch(() => readFile('/etc/postfix/master.cf', 'utf8'))
  return table
    .replace(/^smtp +inet .*smtpd$/m, `127.0.0.1:${port} inet n - n - 200 smtpd`)
    .replace(/^(\S+ +(?:inet|unix) +[-yn] +[-yn] +)y /gm, '$1n ')
}
