/** An address as people write it: stored domains are A-labels (RFC 5890), screens show U-labels. Browsers have no function for it. */

/** `anna@xn--bcher-kva.example` → `anna@bücher.example`. What is no valid A-label stays as it is. */
export function displayAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (!address.includes('xn--')) return address
  return address.slice(0, at + 1) + address.slice(at + 1).split('.').map(uLabel).join('.')
}

function uLabel(label: string): string {
  if (!label.startsWith('xn--')) return label
  try {
    return decodedPunycode(label.slice(4))
  } catch {
    return label
  }
}

// RFC 3492, section 5: the parameters of Punycode.
const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700

/** RFC 3492, section 6.2. Throws on what is no Punycode. */
function decodedPunycode(input: string): string {
  const cut = input.lastIndexOf('-')
  const output = Array.from(input.slice(0, Math.max(cut, 0)), (letter) => letter.codePointAt(0)!)
  let [code, bias, position] = [128, 72, 0]
  for (let index = cut + 1; index < input.length;) {
    const number = generalizedInteger(input, index, bias)
    index = number.next
    const places = output.length + 1
    bias = adapted(number.value, places, position === 0 && code === 128)
    code += Math.floor((position + number.value) / places)
    position = (position + number.value) % places
    output.splice(position++, 0, code)
  }
  return String.fromCodePoint(...output)
}

/** A variable-length number: digits of little weight first, each with its own threshold. */
function generalizedInteger(input: string, start: number, bias: number): { value: number; next: number } {
  let value = 0
  for (let index = start, weight = 1, k = base; ; index++, k += base) {
    const digit = digitOf(input.charCodeAt(index))
    value += digit * weight
    const threshold = Math.min(tMax, Math.max(tMin, k - bias))
    if (digit < threshold) return { value, next: index + 1 }
    weight *= base - threshold
  }
}

/** `a`–`z` are 0–25, `0`–`9` are 26–35. */
function digitOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97
  if (code >= 48 && code <= 57) return code - 22
  throw new RangeError('This is no digit of Punycode.')
}

/** RFC 3492, section 6.1. */
function adapted(delta: number, places: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? damp : 2))
  rest += Math.floor(rest / places)
  let k = 0
  for (; rest > ((base - tMin) * tMax) / 2; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}
