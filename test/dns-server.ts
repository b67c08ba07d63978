/** A DNS server on loopback for tests: answers TXT questions from a table, everything else with "no such name" (RFC 1035 over UDP). */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** Names in lower case with their TXT records; `servfail`: the server cannot say; `silent`: it never answers. */
export type Zone = Record<string, string[] | 'servfail' | 'silent'>

export type DnsServer = AsyncDisposable & { address: string; zone: Zone; questions: string[] }

export async function startDnsServer(zone: Zone = {}): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const questions: string[] = []
  socket.on('message', (query, { port, address }) => {
    const { name, end } = readName(query)
    questions.push(name)
    const found = zone[name]
    if (found !== 'silent') socket.send(answerTo(query, end, found), port, address)
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

function answerTo(query: Buffer, questionEnd: number, found: string[] | 'servfail' | undefined): Buffer {
  const records = Array.isArray(found) ? found : []
  const code = found === 'servfail' ? serverFailure : found ? 0 : noSuchName
  const header = Buffer.from(query.subarray(0, headerBytes))
  header.writeUInt16BE(0x8180 | code, 2)
  header.writeUInt16BE(records.length, 6)
  header.writeUInt32BE(0, 8)
  return Buffer.concat([header, query.subarray(headerBytes, questionEnd), ...records.map(txtRecord)])
}

/** Name as a pointer to the question, type TXT, class IN, 60 seconds; the text in strings of at most 255 bytes. */
function txtRecord(text: string): Buffer {
  const strings = (text.match(/.{1,255}/gs) ?? ['']).map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')]))
  const data = Buffer.concat(strings)
  const head = Buffer.from([0xc0, headerBytes, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0])
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
