import { readFileSync } from 'node:fs'
import { isRecord } from '../model/is-record.js'
import { onDisk, PACKAGE_FILE } from './layout.js'

export interface DeclaredPackages {
  /** Whether there is a package.json. */
  readonly isThere: boolean
  /** The names, in no order; none if there is no package.json. */
  readonly names: ReadonlySet<string>
  /** Why package.json cannot be read, or null. */
  readonly problem: string | null
}

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

/**
 * The packages that the project's own package.json declares, which decide what
 * can be generated: what is installed may be there for somebody else.
 */
export function readDeclaredPackages(projectDirectory: string): DeclaredPackages {
  const text = read(onDisk(projectDirectory, PACKAGE_FILE))
  if (text === null) return { isThere: false, names: new Set(), problem: null }
  try {
    const manifest: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    if (!isRecord(manifest)) return { isThere: true, names: new Set(), problem: 'it holds no object' }
    return { isThere: true, names: new Set(FIELDS.flatMap((field) => namesIn(manifest[field]))), problem: null }
  } catch {
    return { isThere: true, names: new Set(), problem: 'it is not JSON' }
  }
}

function namesIn(field: unknown): readonly string[] {
  return isRecord(field) ? Object.keys(field) : []
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
