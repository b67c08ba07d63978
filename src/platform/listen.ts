/** Hears NOTIFY on a connection of its own, and comes back when that connection breaks. */
import type pg from 'pg'

const retryMs = 1_000

/** Calls `onNotice` for each notification, and once after each (re)connection: something may have been missed. */
export async function listen(pool: pg.Pool, channel: string, onNotice: () => void) {
  let closed = false
  let client: pg.PoolClient | undefined
  let timer: NodeJS.Timeout | undefined

  const connect = async () => {
    try {
      client = await pool.connect()
      client.on('notification', onNotice)
      client.on('error', lost)
      await client.query(`listen ${channel}`)
      onNotice()
    } catch {
      lost()
    }
  }
  const lost = () => {
    client?.removeAllListeners('notification').removeListener('error', lost)
    client?.release(true)
    client = undefined
    if (!closed) timer = setTimeout(() => { void connect() }, retryMs)
  }

  await connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      client?.removeAllListeners('notification').removeListener('error', lost)
      client?.release(true)
      client = undefined
    },
  }
}
