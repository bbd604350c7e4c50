import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { GatheredBytes } from '../src/guard/gathered-bytes.js'
import { parseBody } from '../src/guard/parse-body.js'
import type { Identified } from '../src/guard/states.js'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

test.each([1, 7, 4_096, 16_384, 100_000])('pieces of %i bytes are the bytes that they were', (length) => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251))
  const gathered = new GatheredBytes()
  for (let from = 0; from < bytes.length; from += length) gathered.add(bytes.subarray(from, from + length))
  expect(gathered.size).toBe(bytes.length)
  expect(bytes.equals(gathered.whole)).toBe(true)
})

test('of nothing nothing comes', () => {
  const gathered = new GatheredBytes()
  expect([gathered.size, gathered.whole.length]).toEqual([0, 0])
})

test('a body that comes byte by byte is not kept byte by byte', async () => {
  const raw = Object.assign(new PassThrough(), { headers: { 'content-type': 'application/json' } })
  const read = parseBody({ raw } as unknown as Identified)
  const pieces: WeakRef<Buffer>[] = []
  for (const byte of Buffer.from('{"text":"byte by byte"}')) {
    const piece = Buffer.alloc(1, byte)
    pieces.push(new WeakRef(piece))
    raw.write(piece)
    // What was created or looked at in this turn is kept until its end.
    await setImmediate()
  }
  collect()
  // The first is the whole of most bodies, and the stream itself may hold the last.
  expect(pieces.slice(1, -1).filter((piece) => piece.deref() !== undefined)).toEqual([])
  raw.end()
  expect(await read).toMatchObject({ body: { text: 'byte by byte' } })
})
