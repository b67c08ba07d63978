/** Which of the known providers a host belongs to: one with a region in its name is known by the rest. Pure. */
import type { Preset } from '../../../src/outbound/contract.ts'

export const providerOf = (presets: Preset[], host: string): Preset | undefined =>
  presets.find((preset) => preset.host !== '' && registered(preset.host) === registered(host))

const registered = (host: string) => host.toLowerCase().split('.').slice(-2).join('.')
