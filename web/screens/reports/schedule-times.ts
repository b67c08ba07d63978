/** When reports are mostly mailed, as cron schedules; anything else is written. Pure. */
export const ownTimes = 'own'

export const usualTimes = [
  { value: '0 8 * * 1-5', label: 'Every working day at 8:00' },
  { value: '0 8 * * *', label: 'Every day at 8:00' },
  { value: '0 8 * * 1', label: 'Every Monday at 8:00' },
  { value: '0 8 1 * *', label: 'On the first day of the month at 8:00' },
  { value: '0 * * * *', label: 'Every hour' },
]

export const choiceFor = (schedule: string): string => (usualTimes.some(({ value }) => value === schedule) ? schedule : ownTimes)
