/** A DNS server on loopback for tests: answers TXT, MX, A, AAAA and PTR questions from a table, everything else with "no such name" (RFC 1035 over UDP). */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/**
 * Names in lower case with their TXT records; of another kind as `MX acme.example`: `10 mx.acme.example` (`0 .` for a null MX),
 * `A mx.acme.example`: `192.0.2.1`, `PTR 1.2.0.192.in-addr.arpa`: `mx.acme.example`. `servfail`: the server cannot say; `silent`: it never answers.
 */
export type Zone = Record<string, string[] | 'servfail' | 'silent'>

export type DnsServer = AsyncDisposable & { address: string; zone: Zone; questions: string[] }

export async function startDnsServer(zone: Zone = {}): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const questions: string[] = []
  socket.on('message', (query, { port, address }) => {
    const { name, end } = readName(query)
    questions.push(name)
    const kind = kinds[query.readUInt16BE(end - 4)] ?? ''
    const found = zone[kind === 'TXT' ? name : `${kind} ${name}`]
    if (found !== 'silent') socket.send(answerTo(query, end, kind, found), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`, zone, questions,
    async [Symbol.asyncDispose]() {
      socket.close()
      await once(socket, 'close')
    },
  }
}

const kinds: Record<number, string> = { 1: 'A', 12: 'PTR', 15: 'MX', 16: 'TXT', 28: 'AAAA' }
const headerBytes = 12
const noSuchName = 3
const serverFailure = 2

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = headerBytes
  for (; query[at] !== 0; at += query[at]! + 1) labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!))
  // Behind the name: the closing zero, the type and the class.
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

function answerTo(query: Buffer, questionEnd: number, kind: string, found: string[] | 'servfail' | undefined): Buffer {
  const records = Array.isArray(found) ? found : []
  const code = found === 'servfail' ? serverFailure : found ? 0 : noSuchName
  const header = Buffer.from(query.subarray(0, headerBytes))
  header.writeUInt16BE(0x8180 | code, 2)
  header.writeUInt16BE(records.length, 6)
  header.writeUInt32BE(0, 8)
  const type = query.readUInt16BE(questionEnd - 4)
  return Buffer.concat([header, query.subarray(headerBytes, questionEnd), ...records.map((text) => recordOf(type, dataOf[kind]!(text)))])
}

/** Name as a pointer to the question, class IN, 60 seconds. */
function recordOf(type: number, data: Buffer): Buffer {
  const head = Buffer.from([0xc0, headerBytes, 0, type, 0, 1, 0, 0, 0, 60, 0, 0])
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

const dataOf: Record<string, (text: string) => Buffer> = {
  /** In strings of at most 255 bytes. */
  TXT: (text) => Buffer.concat((text.match(/.{1,255}/gs) ?? ['']).map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')]))),
  A: (text) => Buffer.from(text.split('.').map(Number)),
  AAAA: (text) => Buffer.from(text.split(':').map((group) => group.padStart(4, '0')).join(''), 'hex'),
  PTR: nameBytes,
  MX(text) {
    const [priority, exchange] = text.split(' ')
    return Buffer.concat([Buffer.from([0, Number(priority)]), nameBytes(exchange!)])
  },
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').filter(Boolean)
  return Buffer.concat([...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])), Buffer.from([0])])
}
