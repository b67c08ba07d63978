/** Settings as a file: export and import. */
import { type Route, serve } from '../http/serve.ts'
import type { OnOutboundChange } from '../settings/change.ts'
import * as api from './contract.ts'
import { takeOverSettings, writeSettingsFile } from './settings-file.ts'

export const settingsFileRoutes = (onOutboundChange: OnOutboundChange): Route[] => [
  serve(api.exportSettings, ({ db, now }) => writeSettingsFile(db, now)),
  serve(api.importSettings, ({ db, secrets, actor, now, query, body }) => takeOverSettings(db, body, query.dryRun, { secrets, actor, now }, onOutboundChange)),
]
