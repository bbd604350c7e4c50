import { type Ask, legacy, naming } from './ask.js'

export const legacyCall: Ask = {
  name: 'in a request of 2025-11-25',
  request: (item) => legacy(...naming(item)),
  status: 200,
  runs: 'handler',
}
