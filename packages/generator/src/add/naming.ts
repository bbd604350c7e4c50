import { itemName } from '../model/item-name.js'

/** What a name on the command line stands for. */
export interface Named {
  /** As clients call it: `delete_note`. */
  readonly name: string
  /** The path of the file below its kind's folder, without an extension: `notes/delete-note`. */
  readonly path: string
  /** The file's own name, without an extension: `delete-note`. */
  readonly file: string
  /** For people: `Delete note`. */
  readonly title: string
}

export interface Unnameable {
  readonly problem: string
  /** A name that would do; empty if none can be made of it. */
  readonly suggestion: string
}

const FOLDER = /^[A-Za-z0-9][A-Za-z0-9_-]*$/
const FILE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
/** What models allow, with what clients put before it. */
const MAX_LENGTH = 64
/** Windows opens a device instead of a file, whatever the extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/

/**
 * Reads a name as people write them: `delete_note`, `delete-note`, `DeleteNote`,
 * `notes/delete`. The file is named as all are, and its name is the tool's.
 */
export function readName(text: string): Named | Unnameable {
  const folders = text.replace(/\.m?ts$/, '').split('/')
  const last = folders.pop() ?? ''
  const file = kebabCase(last)
  const path = [...folders, file].join('/')
  const name = itemName(path)
  const problem = problemOf({ text, folders, file, name })
  if (problem !== null) return { problem, suggestion: suggestionFor(folders, last) }
  return { name, path, file, title: file.charAt(0).toUpperCase() + file.slice(1).replaceAll('-', ' ') }
}

function problemOf(read: { text: string; folders: readonly string[]; file: string; name: string }): string | null {
  if (read.text.trim() === '') return 'is empty'
  const folder = read.folders.find((candidate) => !FOLDER.test(candidate))
  if (folder !== undefined) return `has ${JSON.stringify(folder)} as a folder`
  if (!FILE.test(read.file)) return 'is not letters and digits that start with a letter, in words joined by - or _'
  if (DEVICE.test(read.file)) return 'is a device on Windows, where no file can have that name'
  return read.name.length > MAX_LENGTH ? `is longer than ${MAX_LENGTH} characters` : null
}

function kebabCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
}

function suggestionFor(folders: readonly string[], last: string): string {
  const safe = folders.filter((folder) => FOLDER.test(folder))
  const file = slug(last)
  const path = [...safe, file].join('/')
  return problemOf({ text: path, folders: safe, file, name: itemName(file) }) === null ? path : ''
}

function slug(text: string): string {
  const words = kebabCase(text.normalize('NFKD').replace(/\p{M}/gu, ''))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, MAX_LENGTH)
    .replace(/-+$/, '')
  return DEVICE.test(words) ? `${words}-tool` : words
}
