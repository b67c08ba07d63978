/** How many deliveries have come to an end, whichever. */
import type { MassEmail } from '../../../src/campaign/contract.ts'

export const settledOf = ({ sent, failed, skipped, uncertain }: MassEmail['figures']): number => sent + failed + skipped + uncertain
