import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import type { ConsoleBuild } from './console-messages.js'

export type Findings = ConsoleBuild['findings']

export interface TypeChecker {
  /** Checks the project as it is now; a check that still runs is given up for this one. */
  check(): void
  close(): void
}

export interface TypeCheckerOptions {
  readonly directory: string
  readonly environment: NodeJS.ProcessEnv
  /** Called after each check that was not given up. */
  onFindings(findings: Findings): void
}

/** Runs the project's own compiler beside everything else; null if the project has none. */
export function createTypeChecker({ directory, environment, onFindings }: TypeCheckerOptions): TypeChecker | null {
  const compiler = compilerOf(directory)
  if (compiler === null) return null
  let running: ChildProcess | null = null
  let resting: NodeJS.Timeout | undefined

  function giveUp(): void {
    clearTimeout(resting)
    if (running !== null) killTree(running)
    running = null
  }

  function start(compiler: string): void {
    const child = spawn(process.execPath, [compiler, '--noEmit', '--pretty', 'false', '--project', '.'], {
      cwd: directory,
      env: environment,
      // Its own group: recent compilers run in a child of this child.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
    running = child
    yieldToOthers(child)
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    child.on('error', () => undefined)
    child.on('close', () => {
      if (running !== child) return
      running = null
      onFindings(readFindings(text))
    })
  }

  return {
    check() {
      giveUp()
      resting = setTimeout(() => start(compiler), REST)
    },
    close: giveUp,
  }
}

/** Milliseconds until a check starts: the first requests to the new server come first. */
const REST = 300

function compilerOf(directory: string): string | null {
  if (!existsSync(join(directory, 'tsconfig.json'))) return null
  try {
    const manifest = createRequire(join(directory, 'package.json')).resolve('typescript/package.json')
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin?: { readonly tsc?: string } }
    return bin?.tsc === undefined ? null : join(dirname(manifest), bin.tsc)
  } catch {
    return null
  }
}

/** The next build is waited for, this is not. */
function yieldToOthers({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, 10)
  } catch {
    // It is over already, or the system does not allow it.
  }
}

function killTree(child: ChildProcess): void {
  const { pid } = child
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on('error', () =>
      child.kill(),
    )
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It is over already.
  }
}

/** `mcp/tools/a.ts(6,12): error TS2322: …`, with further lines indented; or without a place. */
const FINDING = /^(?:(.+?)\((\d+),(\d+)\): )?(error|warning) (TS\d+): (.*)$/

function readFindings(text: string): Findings {
  const findings: { place: string; severity: 'error' | 'warning'; code: string; message: string }[] = []
  for (const line of text.split(/\r?\n/)) {
    const [whole, file, row, column, severity, code = '', message = ''] = FINDING.exec(line) ?? []
    const last = findings.at(-1)
    if (whole !== undefined) {
      const place = file === undefined ? 'tsconfig.json' : `${file.replaceAll('\\', '/')}:${row}:${column}`
      findings.push({ place, severity: severity === 'warning' ? 'warning' : 'error', code, message })
    } else if (last !== undefined && line.startsWith(' ')) last.message += `\n${line}`
  }
  return findings
}
