/** The headers of an answer that is kept as a file. */

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const contentTypes = { csv: 'text/csv; charset=utf-8', xlsx: xlsxType }

/** RFC 6266: the name as ASCII for old programs, and as it is. */
export function asFile(name: string, kind: keyof typeof contentTypes = 'csv') {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  const disposition = `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`
  return { 'content-type': contentTypes[kind], 'content-disposition': disposition }
}
