/** A browser in words, from its user agent: "Firefox on Linux". For people who look for their own; nothing is decided by it. Pure. */

/** In this order: most browsers also call themselves by the names of others. */
const browsers: [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'], [/\bOPR\/|\bOPT\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\bVivaldi\//, 'Vivaldi'], [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\/|\bChromium\//, 'Chrome'], [/\bVersion\/.*\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bWindows\b/, 'Windows'], [/\bCrOS\b/, 'ChromeOS'], [/\bMac OS X\b|\bMacintosh\b/, 'Mac'], [/\bLinux\b|\bX11\b/, 'Linux'],
]

export function deviceInWords(userAgent: string): string {
  const first = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1]
  const [browser, system] = [first(browsers), first(systems)]
  if (browser) return system ? `${browser} on ${system}` : browser
  // A program says its own name first: curl/8.5.0.
  return /^[\w.-]{1,40}(?=\/)/.exec(userAgent)?.[0].replace(/^Mozilla$/, system ? `A browser on ${system}` : 'Unknown browser') ?? 'Unknown browser'
}
