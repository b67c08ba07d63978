import { expect, test } from 'vitest'
import { signedHeaders } from './signature.ts'

test('a post is signed as the specification has it; without a secret it is not', () => {
  // From the examples of standardwebhooks.com.
  const given = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at: new Date(1614265330_000) }
  expect(signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', given)).toEqual({
    'webhook-id': given.id, 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
  expect(signedHeaders(null, given)).toEqual({ 'webhook-id': given.id, 'webhook-timestamp': '1614265330' })
})
