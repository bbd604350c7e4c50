import { type Ask, naming } from './ask.js'

/** Behind something harmless, in the one revision with batches. */
export const batch: Ask = {
  name: 'in a batch of 2025-03-26',
  request(item) {
    const [method, params] = naming(item)
    return {
      method: 'POST',
      headers: { 'mcp-protocol-version': '2025-03-26' },
      body: [
        { jsonrpc: '2.0', id: 1, method: 'ping' },
        { jsonrpc: '2.0', id: 2, method, params },
      ],
    }
  },
  status: 200,
  runs: 'handler',
}
