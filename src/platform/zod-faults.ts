/** What a schema found wrong, as faults. */
import type { z } from 'zod'
import type { Fault } from './errors.ts'

/** Every fault on its own, each naming its field; an unknown field is one fault per field. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.join('.')
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: 'There is no such field.' }))
  })
}
