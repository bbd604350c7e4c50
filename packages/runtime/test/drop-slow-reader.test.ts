import { setImmediate as turn } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { dropSlowReader } from '../src/server/drop-slow-reader.js'

const MOST = 8

function stream() {
  const drop = vi.fn()
  const cancelled = vi.fn()
  let source: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      source = controller
    },
    cancel: cancelled,
  })
  const sent = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  const send = (text: string): void => source?.enqueue(new TextEncoder().encode(text))
  return { response: dropSlowReader(sent, MOST, drop), drop, cancelled, send, end: () => source?.close() }
}

test('a stream that is read is handed on, and ends', async () => {
  const { response, drop, send, end } = stream()
  send('one')
  const text = response.text()
  send('two')
  end()
  expect(await text).toBe('onetwo')
  expect(drop).not.toHaveBeenCalled()
})

test('one that is not read is dropped, with what lies there, and its source is let go', async () => {
  const { response, drop, cancelled, send } = stream()
  send('12345678')
  send('9')
  await turn()
  expect(drop).toHaveBeenCalledOnce()
  expect(cancelled).toHaveBeenCalledOnce()
  await expect(response.text()).rejects.toThrow()
})

test('one that ends at our own end, as when a token expires, does not break its connection', async () => {
  const { response, drop, cancelled } = stream()
  await response.body?.cancel()
  await turn()
  expect(cancelled).toHaveBeenCalledOnce()
  expect(drop).not.toHaveBeenCalled()
})

test('what is no stream of events is left alone', () => {
  const whole = Response.json({})
  expect(dropSlowReader(whole, MOST, () => {})).toBe(whole)
})
