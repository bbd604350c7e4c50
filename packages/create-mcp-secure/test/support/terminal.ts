import { spawn, spawnSync } from 'node:child_process'
import { bin } from './program.js'

/** Whether there is `script` of util-linux, which runs a program in a pseudo terminal. */
export const hasTerminal: boolean =
  process.platform === 'linux' &&
  /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')

/** What is typed when the words stand on the screen; each step once, in order. */
export type Step = readonly [words: string, keys: string]

export const KEY = { enter: '\r', down: '\u001b[B', controlC: '\u0003' } as const

/** Runs the program in a terminal, and types. Returns all that it printed, without the control sequences. */
export function typeInto(
  args: readonly string[],
  steps: readonly Step[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<{ code: number | null; raw: string; screen: string }> {
  const command = `stty cols 120 rows 40; ${[process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ')}`
  const { NO_COLOR: _no, FORCE_COLOR: _force, CI: _ci, ...surroundings } = process.env
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    env: { ...surroundings, TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const left = [...steps]
  let [raw, seen] = ['', 0]
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text
    const screen = plain(raw)
    for (const [words, keys] of [...left]) {
      const found = screen.indexOf(words, seen)
      if (found === -1) return
      seen = found + words.length
      left.shift()
      child.stdin.write(keys)
    }
  })
  return new Promise((done) => {
    child.once('close', (code) => done({ code, raw, screen: plain(raw) }))
  })
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
  return text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
}
