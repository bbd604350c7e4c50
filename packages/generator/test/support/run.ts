import type { Ask } from '../../dist/cli/ask.js'
import { main } from '../../dist/cli/main.js'
import { testDirectory } from './project.js'

export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface Surroundings {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly tty?: boolean
  readonly columns?: number
  readonly ask?: Partial<Ask>
}

/** Runs one command line of mcp-gen in this process. */
export async function run(argv: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { cwd = testDirectory, env = {}, tty = false, columns, ask } = surroundings
  const texts = { out: '', err: '' }
  const stream = (name: 'out' | 'err') => ({
    isTTY: tty,
    columns,
    write(text: string) {
      texts[name] += text
    },
  })
  const io = {
    cwd,
    env,
    out: stream('out'),
    err: stream('err'),
    interrupted: () => AbortSignal.abort(),
    ask: ask === undefined ? undefined : { ...NOBODY, ...ask },
  }
  const code = await main(argv, io)
  return { code, ...texts }
}

/** A question that a test does not expect. */
const NOBODY: Ask = {
  text: (message) => Promise.reject(new Error(`nobody answers: ${message}`)),
  one: (message) => Promise.reject(new Error(`nobody answers: ${message}`)),
  some: (message) => Promise.reject(new Error(`nobody answers: ${message}`)),
}
