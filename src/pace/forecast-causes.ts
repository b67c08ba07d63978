/** What a mass email waits for: the installation's portion, an account's limit or its warm-up, the sending window; or only for its own speed. */
export const forecastCauses = ['portion', 'account', 'warmUp', 'window', 'speed'] as const
export type ForecastCause = (typeof forecastCauses)[number]
