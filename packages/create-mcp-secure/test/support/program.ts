import { spawn } from 'node:child_process'
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const bin: string = fileURLToPath(new URL('../../bin/create-mcp-secure.cjs', import.meta.url))

export interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Options {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly nodeArguments?: readonly string[]
  /** The user that it runs as. */
  readonly uid?: number
  /** Called with everything printed so far, and what sends a signal. */
  readonly watch?: (printed: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** Runs the program as somebody's script would: without a terminal. */
export function create(args: readonly string[], options: Options): Promise<Result> {
  const { cwd, env = {}, nodeArguments = [], uid, watch } = options
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [...nodeArguments, bin, ...args], {
      cwd,
      env: { ...process.env, npm_config_user_agent: '', npm_execpath: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid !== undefined && { uid, gid: uid }),
    })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      watch?.(out, (signal) => void child.kill(signal))
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.once('error', failed)
    child.once('close', (code) => done({ code, out, err }))
  })
}

/** Every file below a folder, with slashes, sorted; what git keeps for itself is left out. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => relative(folder, join(folder, name)).split(sep).join('/'))
    .filter((name) => !name.startsWith('.git/'))
    .sort()
}

/** A `PATH` on which a program of this name is a script, before everything else. */
export function pathWith(folder: string, name: string, script: string): string {
  const file = join(folder, name)
  writeFileSync(file, `#!${process.execPath}\n${script}\n`)
  chmodSync(file, 0o755)
  return [folder, process.env.PATH].join(delimiter)
}
