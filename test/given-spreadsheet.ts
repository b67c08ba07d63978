/** Spreadsheet files as other programs write them, and as nobody should: made part by part. */
import { crc32, deflateRawSync } from 'node:zlib'

export type Parts = Record<string, string | Buffer>

/** A whole XLSX file with these sheets; each is the XML inside `sheetData`. Other parts may be added or replaced. */
export function workbookOf(sheets: Record<string, string>, more: Parts = {}): Buffer {
  const names = Object.keys(sheets)
  const each = (one: (name: string, number: number) => string) => names.map((name, index) => one(name, index + 1)).join('')
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': '<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': `<?xml version="1.0"?><!-- made by hand --><x:workbook xmlns:x="m" xmlns:r="r"><x:sheets>${each((name, number) => `<x:sheet name="${name}" sheetId="${number}" r:id="r${number}"/>`)}</x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${each((_, number) => `<Relationship Id="r${number}" Type="http://x/worksheet" Target="/xl/worksheets/sheet${number}.xml"/>`)
    }<Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="http://x/styles" Target="styles.xml"/></Relationships>`,
    ...Object.fromEntries(names.map((name, index) => [`xl/worksheets/sheet${index + 1}.xml`, `<worksheet><dimension ref="A1:C4"/><sheetData>${sheets[name]}</sheetData></worksheet>`])),
    ...more,
  })
}

/** Rows of texts as a sheet's XML. */
export const rowsXml = (rows: string[][]): string =>
  rows.map((cells) => `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`).join('')

type Flaws = { encrypted?: boolean; method?: number }

export function zipOf(parts: Parts, { encrypted = false, method = 8 }: Flaws = {}): Buffer {
  const entries: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(Buffer.from(content))
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(encrypted ? 1 : 0, 2)
    fields.writeUInt16LE(method, 4)
    fields.writeUInt32LE(crc32(Buffer.from(content)), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(content.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed])
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, place, Buffer.from(name)]))
    entries.push(entry)
    offset += entry.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(Buffer.concat(directory).length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...entries, ...directory, Buffer.from('PK\x05\x06'), end])
}
