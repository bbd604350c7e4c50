import { spawn } from 'node:child_process'

export interface Run {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

export interface Ran {
  /** The exit code; nothing when there is no such program, or it was ended. */
  readonly code: number | undefined
  /** What it printed, on both streams. */
  readonly output: string
}

const BATCH_FILES = new Set(['npm', 'pnpm', 'yarn', 'bun'])

/** Runs a program to its end and keeps what it prints. Never throws: that it cannot be started is an answer. */
export function runProgram({ command, args, cwd, env, signal }: Run): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Batch files there. No argument that they get from here has a character that a shell knows.
      shell: process.platform === 'win32' && BATCH_FILES.has(command),
      ...(signal && { signal }),
    })
    let output = ''
    const keep = (chunk: string): void => {
      output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.once('error', (error) => done({ code: undefined, output: output || error.message }))
    child.once('close', (code) => done({ code: code ?? undefined, output }))
  })
}
