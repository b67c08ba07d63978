/** A spreadsheet file as a ZIP of XML parts (ECMA-376 part 1): which sheets it has, how its numbers are shown, the texts its cells share. */
import { type NumberForm, formOf, readable } from './xlsx-cell.ts'
import { SharedStrings } from './shared-strings.ts'
import { attribute, LongText, malformed, type XmlHandler, XmlReader } from './xml.ts'
import { entryBytes, openZip, type Zip, ZipFault } from './zip.ts'

export type Sheet = { name: string; part: string }
export type Workbook = {
  zip: Zip
  sheets: Sheet[]
  isFrom1904: boolean
  /** The form of each style that a cell may have. */
  forms: NumberForm[]
  sharedStringsPart: string | null
}

const mostSheets = 1_000

/** Throws ZipFault or XmlFault, each with what is wrong and what to do. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await openZip(path)
  const links = await relations(zip, '')
  const part = links.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  if (!zip.entries.has(part) || part.endsWith('.bin')) throw new ZipFault(otherKind(zip, part))
  const own = await relations(zip, part)
  const { sheets, isFrom1904 } = await readWorkbook(zip, part, new Map(own.filter(({ type }) => type === 'worksheet').map(({ id, target }) => [id, target])))
  if (sheets.length === 0) throw new ZipFault('The spreadsheet has no sheet with cells.')
  const styles = own.find(({ type }) => type === 'styles')?.target
  const strings = own.find(({ type }) => type === 'sharedStrings')?.target
  return { zip, sheets, isFrom1904, forms: styles && zip.entries.has(styles) ? await readForms(zip, styles) : [], sharedStringsPart: strings && zip.entries.has(strings) ? strings : null }
}

function otherKind({ entries }: Zip, part: string): string {
  if (part.endsWith('.bin') || entries.has('xl/workbook.bin')) return 'This is a binary Excel workbook (.xlsb). Save it as XLSX or CSV and upload that.'
  if (entries.has('content.xml') && entries.has('META-INF/manifest.xml')) return 'This is an OpenDocument file. Save it as XLSX or CSV and upload that.'
  if (entries.has('word/document.xml') || entries.has('ppt/presentation.xml')) return 'This is a document, not a spreadsheet. Upload a CSV or XLSX file.'
  return 'This is a ZIP file, but no spreadsheet. Unpack it and upload the CSV or XLSX file in it.'
}

/** Reads a part to its end, or until `isEnough`. */
export async function* readPart(zip: Zip, part: string, handler: XmlHandler): AsyncGenerator<void> {
  const entry = zip.entries.get(part)
  if (!entry) throw new ZipFault('The spreadsheet is damaged: a part of it is missing. Save it again and upload that.')
  const reader = new XmlReader(handler)
  let decoder: TextDecoder | null = null
  for await (const chunk of entryBytes(zip, entry)) {
    decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8')
    reader.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  reader.end()
}

async function readAll(zip: Zip, part: string, handler: XmlHandler): Promise<void> {
  const pieces = readPart(zip, part, handler)
  while (!(await pieces.next()).done);
}

type Relation = { id: string; type: string; target: string }

/** What a part points at; of the package itself when `part` is ''. Nothing outside the file is ever opened: targets are looked up among its entries. */
async function relations(zip: Zip, part: string): Promise<Relation[]> {
  const slash = part.lastIndexOf('/') + 1
  const file = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`
  const found: Relation[] = []
  if (!zip.entries.has(file)) return found
  await readAll(zip, file, {
    open(name, attributes) {
      if (name !== 'Relationship' || found.length >= mostSheets * 2) return
      const target = attribute(attributes, 'Target') ?? ''
      found.push({
        id: attribute(attributes, 'Id') ?? '', type: (attribute(attributes, 'Type') ?? '').replace(/^.*\//, ''),
        target: target.startsWith('/') ? target.slice(1) : resolved(part.slice(0, slash), target),
      })
    },
  })
  return found
}

function resolved(folder: string, target: string): string {
  const base = `file:///${folder}`
  if (!URL.canParse(target, base)) throw malformed()
  return new URL(target, base).pathname.slice(1)
}

async function readWorkbook(zip: Zip, part: string, targets: ReadonlyMap<string, string>): Promise<Pick<Workbook, 'sheets' | 'isFrom1904'>> {
  const visible: Sheet[] = []
  const hidden: Sheet[] = []
  let isFrom1904 = false
  await readAll(zip, part, {
    open(name, attributes) {
      if (name === 'workbookPr') isFrom1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')
      const target = name === 'sheet' ? targets.get(attribute(attributes, 'id') ?? '') : undefined
      if (target === undefined || visible.length + hidden.length >= mostSheets) return
      const sheet = { name: attribute(attributes, 'name') ?? '', part: target }
      if ((attribute(attributes, 'state') ?? 'visible') === 'visible') visible.push(sheet)
      else hidden.push(sheet)
    },
  })
  return { sheets: [...visible, ...hidden], isFrom1904 }
}

const mostStyles = 100_000

async function readForms(zip: Zip, part: string): Promise<NumberForm[]> {
  /** One for each format, however many styles have it. */
  const own = new Map<number, NumberForm>()
  const forms: NumberForm[] = []
  let inCells = false
  await readAll(zip, part, {
    open(name, attributes) {
      if (name === 'numFmt' && own.size < mostStyles) readFormat(attributes, own)
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells && forms.length < mostStyles) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        forms.push(own.get(id) ?? formOf(id, undefined))
      }
    },
    close(name) { if (name === 'cellXfs') inCells = false },
  })
  return forms
}

function readFormat(attributes: string, forms: Map<number, NumberForm>) {
  const id = Number(attribute(attributes, 'numFmtId'))
  forms.set(id, formOf(id, attribute(attributes, 'formatCode') ?? ''))
}

/** `scratch` is where they may be put when they are many. */
export async function readSharedStrings({ zip, sharedStringsPart }: Workbook, scratch: string): Promise<SharedStrings> {
  const strings = new SharedStrings(scratch)
  if (sharedStringsPart === null) return strings
  const text = new TextOfString()
  try {
    await readAll(zip, sharedStringsPart, {
      open(name) { if (name === 'si') text.begin(); else text.open(name) },
      text: (piece) => text.add(piece),
      close(name) { if (name === 'si') strings.add(readable(text.whole)); else text.close(name) },
    })
  } catch (error) {
    strings.close()
    throw error
  }
  return strings
}

/** The text of a string in runs; how it is pronounced (rPh) is not part of it. */
export class TextOfString {
  readonly #text = new LongText()
  #isText = false
  #isPhonetic = false

  get whole(): string {
    return this.#text.whole
  }

  begin() {
    this.#text.begin()
    this.#isText = false
    this.#isPhonetic = false
  }
  open(name: string) {
    if (name === 't') this.#isText = true
    else if (name === 'rPh') this.#isPhonetic = true
  }
  add(piece: string) {
    if (this.#isText && !this.#isPhonetic) this.#text.add(piece)
  }
  close(name: string) {
    if (name === 't') this.#isText = false
    else if (name === 'rPh') this.#isPhonetic = false
  }
}
