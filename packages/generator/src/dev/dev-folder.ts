/**
 * The one file of `dev/` that writes: JavaScript of the project, in
 * `.mcp-secure/dev/`, one folder a generation. It lies inside the project so
 * that packages resolve as they do for the source; it is removed and made anew
 * with every start.
 */
import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RunnableFile } from '../load/transpile.js'
import { WARM_UP } from './warm-up.js'

export interface DevFolder {
  /** Writes a generation, and returns its number and folder. */
  write(files: readonly RunnableFile[]): { readonly number: number; readonly directory: string }
  /** Removes every generation but these. */
  keep(numbers: readonly number[]): void
}

/** `last` is the number of the newest generation that is there and may be in use; with 0 everything is removed. */
export function createDevFolder(project: string, last: number): DevFolder {
  const root = join(project, '.mcp-secure', 'dev')
  if (last === 0) rmSync(root, { recursive: true, force: true, maxRetries: 3 })
  mkdirSync(root, { recursive: true })
  ignoreInGit(dirname(root))
  writeFileSync(join(root, WARM_UP_MODULE), WARM_UP)
  let newest = last
  let written: readonly RunnableFile[] = []
  return {
    write(files) {
      const before = new Set(written)
      const [previous, number] = [join(root, String(newest)), ++newest]
      const directory = join(root, String(number))
      for (const file of files) {
        const target = onDisk(directory, file)
        mkdirSync(dirname(target), { recursive: true })
        if (!(before.has(file) && isLinked(onDisk(previous, file), target))) writeFileSync(target, file.content)
      }
      written = files
      return { number, directory }
    },
    keep(numbers) {
      // The newest one is what the next one is linked to.
      const kept = new Set([...numbers, newest].map(String))
      for (const name of readdirSync(root).filter((entry) => /^\d+$/.test(entry) && !kept.has(entry))) {
        rmSync(join(root, name), { recursive: true, force: true, maxRetries: 3 })
      }
    },
  }
}

const WARM_UP_MODULE = 'warm-up.mjs'

/** A module that loads what nearly every server needs, resolved as the project would; by URL. */
export function warmUpModule(project: string): string {
  return pathToFileURL(join(project, '.mcp-secure', 'dev', WARM_UP_MODULE)).href
}

function onDisk(directory: string, { path }: RunnableFile): string {
  return join(directory, ...path.split('/'))
}

/** A file that did not change is the same file under another name; where the disk cannot do that, a copy. */
function isLinked(from: string, to: string): boolean {
  for (const put of [linkSync, copyFileSync]) {
    try {
      put(from, to)
      return true
    } catch {
      // Written again then.
    }
  }
  return false
}

/** As the authorization server does: `.mcp-secure` keeps itself out of commits. */
function ignoreInGit(directory: string): void {
  try {
    writeFileSync(join(directory, '.gitignore'), '*\n', { flag: 'wx' })
  } catch {
    // It is there already.
  }
}
