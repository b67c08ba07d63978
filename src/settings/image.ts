/** Pictures that people upload for everybody to see: PNG and JPEG, known by their bytes and not by their name. SVG is none of them: it can carry programs. Pure. */

export type Picture = { contentType: 'image/png' | 'image/jpeg'; width: number; height: number }

export const mostBytes = 200_000
const mostPixels = 4_000

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

/** Or what is wrong with it, in a sentence. */
export function readPicture(bytes: Buffer): Picture | string {
  if (bytes.length > mostBytes) return 'The picture has more than 200 kB. Make it smaller, for example 600 pixels wide.'
  const picture = ofPng(bytes) ?? ofJpeg(bytes)
  if (!picture) return 'This is no PNG or JPEG picture. Others are not taken: SVG can carry programs.'
  if (picture.width > mostPixels || picture.height > mostPixels || picture.width === 0 || picture.height === 0) return `The picture is larger than ${mostPixels} pixels.`
  return picture
}

/** The first chunk is IHDR (PNG 11.2.1). */
function ofPng(bytes: Buffer): Picture | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngSignature) || bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return { contentType: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** Segments from SOI to the frame header SOFn (ITU T.81 B.2.2). */
function ofJpeg(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { contentType: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
  return null
}
