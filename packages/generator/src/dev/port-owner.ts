import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { promisify } from 'node:util'

/** A program that listens on a port. */
export interface PortOwner {
  readonly pid: number
  /** Its name, and the script that it runs if it is an interpreter: no other arguments, they may be secrets. */
  readonly command: string
}

/** Who listens on a TCP port of this machine; null if that cannot be told. */
export async function portOwner(port: number): Promise<PortOwner | null> {
  try {
    if (process.platform === 'linux') return ownerOnLinux(port)
    return process.platform === 'win32' ? await ownerOnWindows(port) : await ownerByLsof(port)
  } catch {
    // Another user's program, or a machine without the tool.
    return null
  }
}

function ownerOnLinux(port: number): PortOwner | null {
  const sockets = new Set(['tcp', 'tcp6'].flatMap((table) => listeningSockets(table, port)))
  if (sockets.size === 0) return null
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (!openSockets(pid).some((socket) => sockets.has(socket))) continue
    return { pid: Number(pid), command: shortened(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')) }
  }
  return null
}

/** proc(5), /proc/net/tcp: the second column is the local address, `0A` is LISTEN, the tenth is the inode. */
function listeningSockets(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync(`/proc/net/${table}`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === '0A')
    .map((columns) => `socket:[${columns[9]}]`)
}

function openSockets(pid: string): readonly string[] {
  try {
    const folder = `/proc/${pid}/fd`
    return readdirSync(folder).map((name) => linkOf(`${folder}/${name}`))
  } catch {
    // It is gone, or of another user.
    return []
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

const run = promisify(execFile)
const LIMIT = { timeout: 3_000, windowsHide: true } as const

async function ownerByLsof(port: number): Promise<PortOwner | null> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], LIMIT)
  const [, pid] = /^p(\d+)$/m.exec(stdout) ?? []
  if (pid === undefined) return null
  const { stdout: line } = await run('ps', ['-o', 'command=', '-p', pid], LIMIT)
  return { pid: Number(pid), command: shortened(line.trim().split(/\s+/)) }
}

async function ownerOnWindows(port: number): Promise<PortOwner | null> {
  const { stdout } = await run('netstat', ['-ano', '-p', 'TCP'], LIMIT)
  const [, pid] = new RegExp(`^\\s*TCP\\s+\\S+:${port}\\s+\\S+:0\\s+\\S+\\s+(\\d+)\\s*$`, 'm').exec(stdout) ?? []
  if (pid === undefined) return null
  const { stdout: row } = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], LIMIT)
  const [, name] = /^"([^"]+)"/.exec(row.trim()) ?? []
  return name === undefined ? null : { pid: Number(pid), command: name }
}

const INTERPRETER = /^(?:node|bun|deno|python[\d.]*|ruby|java)$/

function shortened([program = '', ...rest]: readonly string[]): string {
  const name = basename(program)
  const script = INTERPRETER.test(name) ? rest.find((argument) => /^[^-].*[./]/.test(argument)) : undefined
  const command = script === undefined ? name : `${name} ${basename(script)}`
  return command.replace(/[^\x20-\x7e]/g, '?').slice(0, 60)
}
