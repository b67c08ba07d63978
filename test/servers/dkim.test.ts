/** Our signatures before a second, independent verifier: dkimpy, as Debian has it. */
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createDkimSigner, type DkimKey } from '../../src/message/dkim.ts'

const now = new Date('2025-01-01T12:00:00Z')
const zone: Record<string, string> = {}

function givenKey(selector: string, algorithm: DkimKey['algorithm']): DkimKey {
  const pair = algorithm === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519')
  const bytes = pair.publicKey.export({ type: 'spki', format: 'der' })
  zone[`${selector}._domainkey.acme.example`] = `v=DKIM1; k=${algorithm}; p=${(algorithm === 'rsa' ? bytes : bytes.subarray(-32)).toString('base64')}`
  return { domain: 'acme.example', selector, algorithm, privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string }
}
const signer = createDkimSigner([givenKey('s1', 'rsa'), givenKey('s2', 'ed25519')])

/** Debian's own interpreter: its packages are not seen by others. */
async function verdicts(messages: readonly Buffer[]): Promise<string[][]> {
  const child = spawn('/usr/bin/python3', [fileURLToPath(new URL('dkimpy.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ zone, messages: messages.map((bytes) => bytes.toString('base64')) }))
  return await json(child.stdout) as string[][]
}

const head = [
  'Date: Wed, 01 Jan 2025 12:00:00 +0000', 'From: Acme <news@acme.example>', 'To: anna@example.net', 'Subject: Autumn', 'Message-ID: <1@acme.example>',
  'List-Unsubscribe: <https://acme.example/u/TOKEN>,\r\n\t<mailto:no@acme.example>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click', 'MIME-Version: 1.0',
]
const messageOf = (body: string, more: readonly string[] = []) => Buffer.from([...head, ...more, '', body, ''].join('\r\n'))
const signed = async (bytes: Buffer) => Buffer.concat([await signer.sign(bytes, now), bytes])

test('every signature verifies, whatever the white space, and none once a byte was changed or a field added', async () => {
  const bodies = [
    '', '\r\n\r\n', ' \t', 'Hello', 'Hello  \r\n\r\n\r\n', ' leading', 'a \t b\t\r\n.\r\n..\r\nFrom me', 'Grüße 語\u00a0 x', 'x'.repeat(990), 'line  of text \r\n'.repeat(5_000),
  ]
  const messages = bodies.flatMap((body) => [messageOf(body), messageOf(body, ['Reply-To:  \r\n \t ask@acme.example \t', 'X-Delivery:1.2.abc', 'Feedback-ID: a:b:c:d'])])
  const whole = await Promise.all(messages.map(signed))
  expect(await verdicts(whole)).toEqual(whole.map(() => ['pass', 'pass']))

  const forged = whole.flatMap((bytes) => {
    const text = bytes.toString('latin1')
    return [
      text.replace('Subject: Autumn', 'Subject: Autumm'), text.replace('One-Click', 'Two-Click'), `${text}x\r\n`,
      `From: Evil <evil@evil.example>\r\n${text}`, text.replace('\r\nTo:', '\r\nSubject: Evil\r\nTo:'), text.replace('\r\nTo:', '\r\nContent-Type: text/html\r\nTo:'),
    ].map((changed) => Buffer.from(changed, 'latin1'))
  })
  expect((await verdicts(forged)).flat()).not.toContain('pass')
})
