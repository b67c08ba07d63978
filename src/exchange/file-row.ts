/** A row of a file as every kind of file gives it, and how many columns a file may have. */
export type FileRow = {
  /** Where the row begins; the first line of a text file, the first row of a sheet, is 1. */
  line: number
  cells: string[]
  /** Why neither this row nor anything behind it could be read. It is the last one then. */
  unreadable?: string
}

/** No list of people has more; a file that has is something else, and each row of it would cost thousands of cells. */
export const mostColumns = 1_000
