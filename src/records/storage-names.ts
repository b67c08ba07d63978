/** What the tables, columns and indexes of custom types and fields are called: made from checked names, never longer than PostgreSQL takes. */
import { createHash } from 'node:crypto'

export const customTablePrefix = 'x_'
export const customColumnPrefix = 'c_'

/** The same for the same place, so that an error that names the index tells which field it was. */
export const uniqueIndexOf = (table: string, column: string): string => indexOf(table, column, 'key')
export const linkIndexOf = (table: string, column: string): string => indexOf(table, column, 'idx')

const indexOf = (table: string, column: string, ending: string) =>
  `${table.slice(0, 20)}_${column.slice(0, 24)}_${createHash('sha256').update(`${table}.${column}`).digest('hex').slice(0, 8)}_${ending}`
