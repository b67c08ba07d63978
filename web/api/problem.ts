/** An answer of the server that says no, as an error: RFC 9457 problem details with our code and the faults by field. */
export type Fault = { path: string; message: string }

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly errors: Fault[]
  /** Everything else the answer carries, for example the checks of a refused Pending. */
  readonly more: Record<string, unknown>

  constructor(status: number, problem: Record<string, unknown>) {
    super(String(problem['detail'] ?? problem['title'] ?? `The server answered ${status}.`))
    this.name = 'ApiError'
    this.status = status
    this.code = String(problem['code'] ?? 'unknown')
    this.errors = (problem['errors'] as Fault[] | undefined) ?? []
    this.more = problem
  }

  /** The first fault of each field, as @mantine/form wants them. */
  get byField(): Record<string, string> {
    return Object.fromEntries(this.errors.toReversed().map(({ path, message }) => [path, message]))
  }
}

export async function problemOf(response: Response): Promise<ApiError> {
  const problem = await response.json().catch(() => ({}))
  return new ApiError(response.status, problem)
}

export const unreachable = (): ApiError => new ApiError(0, {
  code: 'unreachable',
  detail: 'The server does not answer. Your work here is kept; try again in a moment.',
})
