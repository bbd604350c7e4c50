import { type Ask, modern, naming } from './ask.js'

export const call: Ask = {
  name: 'in a request of 2026-07-28',
  request: (item) => modern(...naming(item)),
  status: 200,
  runs: 'handler',
}
