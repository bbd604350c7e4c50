import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigurationError } from '../configuration/configuration-error.js'
import { createPrivateFile, isErrorWithCode } from './private-file.js'

/** Directories that this process holds: a process number alone does not tell two servers in one process apart. */
const held: Set<string> = new Set()

/**
 * Takes a directory for this process; the in-process database has no lock of
 * its own, and two of them on the same files destroy each other's data.
 *
 * The lock is a file that names its owner. The lock of a process that is gone
 * stays where it is, and its one successor is a second file, named after the
 * content of the first: of several processes that find the same dead lock, one
 * can make that file. Removing the dead lock instead would need to know that it
 * is still the same one.
 *
 * @returns What gives it back.
 * @throws ConfigurationError when another process that still runs has it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const first = join(directory, 'lock')
  if (held.has(directory)) throw inUse(directory, process.pid, first)
  held.add(directory)
  try {
    const chain = await take(directory, first)
    return async () => {
      held.delete(directory)
      // The first one first: who comes now finds nothing and begins anew, whatever is left of the others.
      for (const file of chain) await rm(file, { force: true })
    }
  } catch (error) {
    held.delete(directory)
    throw error
  }
}

/** The lock's file and the dead ones before it, the oldest first. */
async function take(directory: string, first: string): Promise<readonly string[]> {
  const mine = `${process.pid} ${randomBytes(8).toString('hex')}\n`
  let chain = [first]
  let root: string | undefined
  for (;;) {
    const file = chain.at(-1) ?? first
    if (await createPrivateFile(file, mine)) {
      // The whole chain may have been given back since its beginning was read; its beginning goes first.
      if (chain.length === 1 || (await contentOf(first)) === root) return chain
      await rm(file, { force: true })
      chain = [first]
      continue
    }
    const content = await contentOf(file)
    if (file === first) root = content
    // Its owner gave it back in between.
    if (content === undefined) chain = [first]
    else chain.push(successorOf(first, ownerGone(content, directory, file)))
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch(ignoreMissing)
}

/** The content of a lock whose owner is gone. */
function ownerGone(content: string, directory: string, file: string): string {
  const owner = Number.parseInt(content, 10)
  // In a container every run has the same process number: a lock with ours that we do not hold is an old one.
  if (owner !== process.pid && isRunning(owner)) throw inUse(directory, owner, file)
  return content
}

function successorOf(first: string, content: string): string {
  return `${first}.${createHash('sha256').update(content).digest('hex').slice(0, 16)}`
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return isErrorWithCode(error, 'EPERM')
  }
}

function inUse(directory: string, pid: number, file: string): ConfigurationError {
  return new ConfigurationError([
    `The state directory ${directory} is in use by process ${pid}.\n` +
      'Two authorization servers must not share it. Stop the other one, or give this one its own directory by MCP_AUTH_STATE.\n' +
      `When process ${pid} is no authorization server, delete ${file}.`,
  ])
}

function ignoreMissing(error: unknown): undefined {
  if (!isErrorWithCode(error, 'ENOENT')) throw error
}
