import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { codeOf, Problem } from './problem.js'

/** How much of what is in the way is named. */
const MOST_NAMES = 3

/**
 * Refuses a directory that a project cannot be written into: one that holds
 * something, one that is none, one that may not be written. `.git` alone is fine.
 *
 * @returns Whether the directory exists.
 * @throws {Problem}
 */
export async function checkDirectory(directory: string, cwd: string): Promise<boolean> {
  const shown = relative(cwd, directory) || 'this directory'
  const entries = await entriesOf(directory, shown)
  const others = (entries ?? []).filter((name) => name !== '.git')
  if (others.length > 0) {
    throw new Problem(`${shown} is not empty: it holds ${listed(others)}. Name another directory, or empty this one.`)
  }
  await checkWritable(entries === undefined ? await nearest(dirname(directory)) : directory, cwd)
  return entries !== undefined
}

async function entriesOf(directory: string, shown: string): Promise<string[] | undefined> {
  try {
    return await readdir(directory)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return undefined
    if (code === 'ENOTDIR') throw new Problem(`${shown} is a file, or lies in one. Name a directory.`)
    throw new Problem(`${shown} cannot be read (${code ?? String(error)}). Name another directory.`)
  }
}

/** The closest directory above that exists: where the new one's path begins. */
async function nearest(directory: string): Promise<string> {
  const exists = await stat(directory).then(
    () => true,
    () => false,
  )
  const parent = dirname(directory)
  return exists || parent === directory ? directory : nearest(parent)
}

async function checkWritable(directory: string, cwd: string): Promise<void> {
  try {
    await access(directory, constants.W_OK | constants.X_OK)
  } catch (error) {
    const shown = relative(cwd, directory) || 'this directory'
    throw new Problem(
      `${shown} cannot be written (${codeOf(error) ?? String(error)}). Name a directory where you may write.`,
    )
  }
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
