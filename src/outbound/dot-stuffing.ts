/** A line that begins with a dot gets a second one on the wire (RFC 5321 4.5.2). */

const dot = Buffer.from('.')

/** The content as it goes over the wire. Most mail has no such line and is passed on uncopied. */
export function dotStuffed(content: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = 0
  if (content[0] === 0x2e) parts.push(dot)
  for (let at = content.indexOf('\r\n.'); at !== -1; at = content.indexOf('\r\n.', at + 3)) {
    parts.push(content.subarray(from, at + 2), dot)
    from = at + 2
  }
  return parts.length === 0 ? content : Buffer.concat([...parts, content.subarray(from)])
}
