import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const types = fileURLToPath(new URL('../types', import.meta.url))
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

it('the types of a generated client accept and refuse exactly what types/client.types.ts expects', async () => {
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [compiler, '--project', types, '--pretty', 'false'], (_error, stdout) => resolve(stdout))
  })
  expect(output).toBe('')
})
