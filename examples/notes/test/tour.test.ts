import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { choosePort, startProgram } from '../tour/processes.js'

it('takes another port for the tour when the usual one is taken', async () => {
  const other = createServer().listen(0, 'localhost')
  await once(other, 'listening')
  const address = other.address()
  const taken = address !== null && typeof address === 'object' ? address.port : 0
  const chosen = await choosePort(taken)
  expect(chosen).not.toBe(taken)
  expect(chosen).toBeGreaterThan(0)
  other.close()
  await once(other, 'close')
  expect(await choosePort(taken)).toBe(taken)
})

it('shows what a program printed that ended before it was ready', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'notes-tour-'))
  await writeFile(join(folder, 'broken.mjs'), `console.error('no database'); process.exit(3)`)
  const program = startProgram('broken.mjs', {}, folder)
  // Port 9 is discard: nobody answers there.
  await expect(program.untilAnswers('http://localhost:9/')).rejects.toThrow('no database')
  await program.stop()
  await rm(folder, { recursive: true })
})
