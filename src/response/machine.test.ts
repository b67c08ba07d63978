import { expect, test } from 'vitest'
import { isMachine } from './machine.ts'

const seen = (userAgent: string, { method = 'GET', purpose = '' } = {}) => isMachine({ method, userAgent, purpose })

test('people are people: browsers, phones, mail programs, and the image proxies of Gmail and Yahoo', () => {
  for (const userAgent of [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
    'Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/90.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
    'Thunderbird/128.0', '',
  ]) expect([userAgent, seen(userAgent)]).toEqual([userAgent, false])
})

test('robots and security scanners are machines', () => {
  for (const userAgent of [
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Slackbot-LinkExpanding 1.0', 'BarracudaCentral.org',
    'Mozilla/5.0 (compatible; bingbot/2.0)', 'Mozilla/5.0 BingPreview/1.0b', 'facebookexternalhit/1.1', 'Mimecast URL Protect', 'ProofPoint URL Defense',
  ]) expect([userAgent, seen(userAgent)]).toEqual([userAgent, true])
})

test('HEAD and a prefetch are machines, whatever the agent says', () => {
  const browser = 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0'
  expect(seen(browser, { method: 'HEAD' })).toBe(true)
  expect(seen(browser, { purpose: 'prefetch;prerender' })).toBe(true)
})
