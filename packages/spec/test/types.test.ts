import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const types = fileURLToPath(new URL('../types', import.meta.url))
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

function compile(project: string): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, '--project', project, '--pretty', 'false'], (error, stdout) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout })
    })
  })
}

describe('the types of the DSL', () => {
  it('accept and refuse exactly what types/*.types.ts expects', async () => {
    expect(await compile(types)).toEqual({ code: 0, output: '' })
  })

  it('ask for the issuer of a subject where there are several issuers', async () => {
    expect(await compile(join(types, 'several-issuers'))).toEqual({ code: 0, output: '' })
  })

  it('suggest the scope that was meant', async () => {
    const { output } = await compile(join(types, 'misspelt-scope'))
    expect(output).toContain(`'"notes:wirte"' is not assignable to type '"notes:read" | "notes:write"'`)
    expect(output).toContain(`Did you mean '"notes:write"'?`)
  })

  it('accept no scope before the first build, and say what to do', async () => {
    const { code, output } = await compile(join(types, 'before-build'))
    expect(code).not.toBe(0)
    expect(output).toContain('Run `mcp-gen build` once: it tells TypeScript which scopes this server declares.')
  })
})
