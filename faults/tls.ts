/** Certificates of the scenarios: one that is good, one of the same issuer that is past its time. */
import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import { fileURLToPath } from 'node:url'

const fileOf = (name: string) => fileURLToPath(new URL(`../test/tls/${name}`, import.meta.url))

const contextOf = (name: string): SecureContext =>
  createSecureContext({ cert: readFileSync(fileOf(`${name}.crt`)), key: readFileSync(fileOf(`${name}.key`)) })

export const goodCertificate = () => contextOf('localhost')
export const expiredCertificate = () => contextOf('expired')

/** The program trusts who issued both. */
export const trustingEnvironment = { NODE_EXTRA_CA_CERTS: fileOf('localhost.crt') }
