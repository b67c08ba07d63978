/** The table of providers. Whoever tells in another way is one row more. */
import { amazonSes } from './amazon-ses.ts'
import type { ProviderName } from './codes.ts'
import { mailgun } from './mailgun.ts'
import { postmark } from './postmark.ts'
import type { Provider } from './provider.ts'
import { sendGrid } from './send-grid.ts'
import { type FetchText, openCertificates } from './sns.ts'

export type Providers = Record<ProviderName, Provider>

export const openProviders = (fetchText: FetchText): Providers =>
  ({ amazonSes: amazonSes(openCertificates(fetchText), fetchText), sendGrid, postmark, mailgun })
