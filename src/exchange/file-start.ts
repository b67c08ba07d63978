/** The first bytes of a file: enough to tell its kind, its encoding and its delimiter. */
import { open } from 'node:fs/promises'

export async function startOfFile(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
