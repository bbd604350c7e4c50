import { type Ask, legacy, naming } from './ask.js'

/** To learn that something changes is to learn that it is there; without a session nothing is remembered of it. */
export const subscription: Ask = {
  name: 'as a subscription of 2025-11-25',
  request: (item) => legacy('resources/subscribe', naming(item)[1]),
  status: 200,
  runs: 'nothing',
}
