import { type Ask, LEGACY, naming } from './ask.js'

/** Without an id it asks for no answer, and so nothing may happen at all; it is judged like any other message. */
export const notification: Ask = {
  name: 'as a notification',
  request(item) {
    const [method, params] = naming(item)
    return { method: 'POST', headers: { 'mcp-protocol-version': LEGACY }, body: { jsonrpc: '2.0', method, params } }
  },
  status: 202,
  runs: 'nothing',
}
