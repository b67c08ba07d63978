/** The button *Test*: asks the provider what it is, and says in words what came of it. Nobody signs in. */
import { AppError } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Test } from './contract.ts'
import { discover, whatWentWrong } from './provider.ts'
import type { Settings } from './settings.ts'

export async function testProvider(secrets: Secrets, settings: Settings): Promise<Test> {
  if (settings.issuer === '') throw new AppError('conflict', 'issuerMissing', 'Enter the issuer and save first.')
  try {
    const found = (await discover(secrets, settings)).serverMetadata()
    const missing = (['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const).filter((name) => !found[name])
    if (missing.length > 0) return fault(`It names no ${missing.join(', ')}.`)
    return {
      ok: true, message: 'The provider answers.', reply: `${found.issuer}: ${found.authorization_endpoint}`,
      advice: 'Enter the redirect URI there if you have not yet, then sign in by the button in a private window: only that shows whether client ID and secret are right.',
    }
  } catch (error) {
    return fault(whatWentWrong(error))
  }
}

const fault = (reply: string): Test => ({
  ok: false, message: 'The provider cannot be used.', reply,
  advice: 'Open ISSUER/.well-known/openid-configuration in a browser on this machine. It must answer, and its “issuer” must be letter for letter what you entered.',
})
