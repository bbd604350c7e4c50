import { existsSync, linkSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { onDisk } from '../load/layout.js'
import { isSystemError } from '../load/system-error.js'
import type { RenderedFile } from '../render/render.js'
import { attempt, type WriteFailure } from './write.js'

/**
 * Makes new files, all of them or none: they are written beside where they will
 * stand, and get their names only when every one is there. None is replaced.
 */
export function createFiles(projectDirectory: string, files: readonly RenderedFile[]): WriteFailure | null {
  const undo: (() => void)[] = []
  for (const step of [stage, publish]) {
    for (const { path, text } of files) {
      try {
        step(onDisk(projectDirectory, path), text, undo)
      } catch (error) {
        if (!isSystemError(error)) throw error
        for (const action of undo.reverse()) attempt(action)
        return { path, problem: error.code }
      }
    }
  }
  for (const { path } of files) attempt(() => rmSync(temporary(onDisk(projectDirectory, path)), { force: true }))
  return null
}

function stage(target: string, text: string, undo: (() => void)[]): void {
  makeFolder(dirname(target), undo)
  undo.push(() => rmSync(temporary(target), { force: true }))
  writeFileSync(temporary(target), text, { flag: 'wx' })
}

function publish(target: string, _text: string, undo: (() => void)[]): void {
  nameIt(temporary(target), target)
  undo.push(() => rmSync(target, { force: true }))
}

/** A link does not replace what is there; where there are none, a look has to do. */
function nameIt(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (existsSync(to)) throw error
    renameSync(from, to)
  }
}

/** Folders that were made for a file go with it, as long as they are empty. */
function makeFolder(folder: string, undo: (() => void)[]): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  const made = [folder]
  while (made.at(-1) !== first && dirname(made.at(-1) ?? first) !== made.at(-1))
    made.push(dirname(made.at(-1) ?? first))
  undo.push(() => {
    for (const one of made) removeIfEmpty(one)
  })
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Somebody else has put something there: it is theirs now.
  }
}

function temporary(target: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
}
