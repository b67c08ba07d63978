/** Writes docs/generated/api.md from the endpoints themselves: every route, who may call it, what it is for. */
import type { Route } from '../src/http/serve.ts'

const rowOf = (route: Route) => 'endpoint' in route
  ? { method: route.endpoint.method as string, path: route.endpoint.path as string, allow: route.endpoint.allow, summary: route.endpoint.summary }
  : { method: [route.method].flat().join(', '), path: route.url, allow: route.allow, summary: route.summary }

const inWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim()

function wordsOf(allow: string): string {
  const [kind, name] = allow.split(':') as [string, string?]
  if (kind === 'may') return `permission *${inWords(name!)}*`
  if (kind === 'some') return `who may read some ${inWords(name!)}`
  return { public: 'everybody', comingIn: 'signed in, also before a second factor that is required', signedIn: 'signed in', administrator: 'administrators', userManager: 'users of type admin' }[kind] ?? allow
}

export function apiPage(routes: Route[]): string {
  const rows = routes.map(rowOf).sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method))
  return [
    '# API', '', 'Made from the contracts by `npm run generate`. Shapes: the OpenAPI 3.1 document that every installation serves at `/api/v1/openapi.json`.', '',
    '| method | path | for | what |', '|---|---|---|---|',
    ...rows.map(({ method, path, allow, summary }) => `| ${method} | \`${path}\` | ${wordsOf(allow)} | ${summary} |`), '',
  ].join('\n')
}
