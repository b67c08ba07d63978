/** Looking into a file before it is sent. */
import { expect, test } from 'vitest'
import { decoded, delimiterOf, previewOf, rowsOf } from './preview.ts'

test('quotes may hold the delimiter, line breaks and quotes', () => {
  expect(rowsOf('Name,Note\r\n"Berg, Anna","says ""hi""\nand goes"\r\nBen,\r\n', ',', 10)).toEqual([
    ['Name', 'Note'], ['Berg, Anna', 'says "hi"\nand goes'], ['Ben', ''],
  ])
})

test('the delimiter is the one the header uses, whatever stands in quotes', () => {
  expect(delimiterOf('"a,b,c";x;y\n1,2,3,4')).toBe(';')
  expect(delimiterOf('a\tb\tc\n')).toBe('\t')
  expect(delimiterOf('only one column\n')).toBe(',')
})

test('what is not UTF-8 is read as Windows writes it, and a mark decides for UTF-16', () => {
  expect(decoded(Uint8Array.from([0x4d, 0xfc, 0x6c]), false)).toEqual({ encoding: 'windows-1252', text: 'Mül' })
  expect(decoded(Uint8Array.from([0xff, 0xfe, 0x41, 0x00]), false)).toEqual({ encoding: 'utf-16le', text: 'A' })
})

test('a file cut inside a character still reads as UTF-8', () => {
  expect(decoded(Uint8Array.from([0x61, 0xc3]), true).encoding).toBe('utf-8')
})

test('the first rows come with the header apart', async () => {
  const preview = await previewOf(new Blob(['Vorname;E-Mail\nÄnne;a@x.example\n']))
  expect(preview).toEqual({ encoding: 'utf-8', delimiter: ';', header: ['Vorname', 'E-Mail'], rows: [['Änne', 'a@x.example']] })
})
