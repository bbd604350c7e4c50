import { copyFileSync, linkSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { isSystemError } from '../load/system-error.js'

/** What writing asks of the disk; a test puts one in its place that is full. */
export interface Disk {
  writeFile(path: string, text: string): void
  rename(from: string, to: string): void
  /** A second name for the content of a file; nothing that needs room, where the disk can do that. */
  keep(path: string, copy: string): void
  remove(path: string): void
  /** Makes a folder, and says whether it was not there. */
  makeFolder(path: string): boolean
  removeFolder(path: string): void
}

export const realDisk: Disk = {
  writeFile: (path, text) => writeFileSync(path, text, { flag: 'wx' }),
  rename,
  keep(path, copy) {
    try {
      linkSync(path, copy)
    } catch {
      copyFileSync(path, copy)
    }
  },
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => mkdirSync(path, { recursive: true }) !== undefined,
  removeFolder: (path) => rmdirSync(path),
}

/** On Windows a reader, such as an editor or a virus scanner, can hold the target for a moment. */
const RENAME_ATTEMPTS = 5
const BUSY = new Set(['EACCES', 'EBUSY', 'EPERM'])

function rename(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to)
      return
    } catch (error) {
      const isBusy = process.platform === 'win32' && isSystemError(error) && BUSY.has(error.code)
      if (!isBusy || attempt === RENAME_ATTEMPTS) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20 * attempt)
    }
  }
}
