/** Plays the people who get the letter: opens it, follows its links, leaves. They know only what is in their mail, as real readers do. */
import type { Api } from './api.ts'
import { pick, randomFrom } from './people.ts'

type Page = { items: { id: string }[]; next: string | null }
type Message = { envelopeTo: string; html: string | null; links: string[]; headers: { name: string; value: string }[] }

const browsers = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36',
]
const readersAtOnce = 6
/** Looks at links before anybody reads the mail: the figures must not count it as a reader. */
const scanner = 'Barracuda Sentinel (EE)'

/** Of a hundred readers about 62 open the letter, 30 of those follow a link, 3 leave; every 25th mail is looked at by a scanner first. */
export async function playReaders(api: Api): Promise<void> {
  const mails = (await messageIds(api)).entries()
  // They share the iterator: each takes the next mail when done with the last.
  await Promise.all(Array.from({ length: readersAtOnce }, async () => {
    for (const [number, id] of mails) await read(await api.get<Message>(`/sandbox/messages/${id}`), number)
  }))
}

async function messageIds(api: Api): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page = await api.get<Page>(`/sandbox/messages?sort=receivedAt&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  return ids
}

async function read(message: Message, number: number): Promise<void> {
  if (!isRead(message)) return
  const random = randomFrom(number + 5_000)
  const visit = visitorWith(pick(browsers, random))
  const clickable = visibleLinks(message).filter((link) => new URL(link).pathname.startsWith('/c/'))
  if (number % 25 === 24) await visitorWith(scanner)(clickable[0]!)
  if (random() >= 0.62) return
  await visit(pixelOf(message))
  if (random() < 0.5) await visit(pick(clickable, random))
  if (random() < 0.15) await visit(pick(clickable, random))
  if (random() < 0.05) await leave(message, visit, random() < 0.5)
}

/** What bounces nobody sees; who is away has not read it yet. */
const isRead = ({ envelopeTo }: Message) => !/^(hard-bounce|soft-bounce|auto-reply)/.test(envelopeTo)

type Visit = (url: string, request?: RequestInit) => Promise<string>

/** Answers the page. Redirects are not followed: the shop behind them does not exist. */
const visitorWith = (userAgent: string): Visit => async (url, request = {}) => {
  const response = await fetch(url, { redirect: 'manual', ...request, headers: { 'user-agent': userAgent, ...request.headers } })
  const page = await response.text()
  if (response.status >= 400) throw new Error(`A reader was answered ${response.status} at ${new URL(url).pathname.slice(0, 3)}…`)
  return page
}

/** By the button of the mail program (RFC 8058), or by the link and the button on its page. */
async function leave(message: Message, visit: Visit, byMailProgram: boolean): Promise<void> {
  const header = message.headers.find(({ name }) => name.toLowerCase() === 'list-unsubscribe')?.value ?? ''
  const url = /<(https?:[^>]+)>/.exec(header)?.[1] ?? message.links.find((link) => new URL(link).pathname.startsWith('/u/'))!
  const pressed = byMailProgram ? { 'List-Unsubscribe': 'One-Click' } : firstButtonOf(await visit(url))
  await visit(url, { method: 'POST', body: new URLSearchParams(pressed) })
}

function firstButtonOf(page: string): Record<string, string> {
  const [, name = '', value = ''] = /<button[^>]* name="([^"]*)" value="([^"]*)"/.exec(page) ?? []
  return { [name]: value }
}

/** People click what they can see. The honeypot, a link without words that is hidden from them, catches only machines. */
function visibleLinks({ html }: Message): string[] {
  const anchors = [...(html ?? '').matchAll(/<a\s([^>]*)>([\s\S]*?)<\/a>/g)]
  return anchors.filter(([, attributes, text]) => text!.trim() !== '' && !/display:\s*none|aria-hidden/.test(attributes!))
    .map(([, attributes]) => /href="([^"]*)"/.exec(attributes!)?.[1]?.replaceAll('&amp;', '&') ?? '')
    .filter((href) => href.startsWith('http'))
}

const pixelOf = ({ html }: Message): string => /<img[^>]*src="([^"]*\/o\/[^"]*\.gif)"/.exec(html ?? '')![1]!
