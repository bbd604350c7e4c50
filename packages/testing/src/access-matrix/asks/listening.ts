import { type Ask, modern, naming } from './ask.js'

/** The same in 2026-07-28, where what changes is told on a stream: that belongs to a caller, and strangers have none. */
export const listening: Ask = {
  name: 'as a subscription of 2026-07-28',
  request(item) {
    const [, { uri }] = naming(item)
    return modern('subscriptions/listen', { notifications: { resourceSubscriptions: [uri] } })
  },
  // Not found, where the server has nothing at all that could be subscribed to.
  status: [200, 404],
  runs: 'nothing',
  needsCaller: true,
}
