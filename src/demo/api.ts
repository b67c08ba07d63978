/** The product's HTTP API as the demo uses it: an outside program with a key, nothing more. */
import { setTimeout as wait } from 'node:timers/promises'

export type Api = {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: object): Promise<T>
  patch<T>(path: string, body: object): Promise<T>
  put<T>(path: string, body: object): Promise<T>
  /** Sends a file with its settings and answers the finished task's result. */
  upload<T>(path: string, file: { name: string; text: string }, settings: object): Promise<T>
  /** What the task found out; an error with the task's own words when it failed. */
  task<T>(id: string): Promise<T>
}

type Task = { id: string; status: string; result: unknown; error: string | null }

/** `url` is where the server is, `key` an API key. */
export function openApi(url: string, key: string): Api {
  async function call<T>(method: string, path: string, body?: BodyInit, type?: string): Promise<T> {
    const headers = { authorization: `Bearer ${key}`, ...(type && { 'content-type': type }) }
    const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body !== undefined && { body }) })
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`)
    return await response.json() as T
  }

  const json = <T>(method: string) => (path: string, body: object) => call<T>(method, path, JSON.stringify(body), 'application/json')

  async function task<T>(id: string): Promise<T> {
    for (;;) {
      const { status, result, error } = await call<Task>('GET', `/tasks/${id}`)
      if (status === 'done') return result as T
      if (status === 'failed' || status === 'canceled') throw new Error(error ?? `The task was ${status}.`)
      await wait(100)
    }
  }

  return {
    get: (path) => call('GET', path),
    post: (path, body) => json<never>('POST')(path, body),
    patch: (path, body) => json<never>('PATCH')(path, body),
    put: (path, body) => json<never>('PUT')(path, body),
    task,
    async upload(path, { name, text }, settings) {
      const form = new FormData()
      form.append('settings', JSON.stringify(settings))
      form.append('file', new Blob([text], { type: 'text/csv' }), name)
      const answer = await call<{ task: Task }>('POST', path, form)
      return task(answer.task.id)
    },
  }
}
