import type { ParseError } from 'jsonc-parser'
import { type Place, startOf } from '../diagnostics/diagnostic.js'
import { type AccessLock, LOCK_FILE, LOCK_VERSION } from './access-lock.js'
import { Malformed, readShape } from './lock-shape.js'
import { printLock } from './print-lock.js'

/** A lock that was read, or why it cannot be. */
export type ReadLock =
  | { readonly lock: AccessLock }
  | { readonly lock: null; readonly problem: string; readonly place: Place }

/** Reads the text of a lock. What is not exactly a lock of this version is refused with its place, never guessed. */
export async function readLock(text: string): Promise<ReadLock> {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n/g, '\n')
  const conflict = /^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$/m.exec(plain)
  if (conflict !== null) return refuse(plain, conflict.index, conflict[0].length, 'holds a merge conflict')
  let value: unknown
  try {
    value = JSON.parse(plain)
  } catch {
    return notJson(plain)
  }
  try {
    refuseOtherVersions(value)
    const lock = readShape(value)
    // Text of ours holds no name twice; of any other, JSON keeps the last and a reader may see the first.
    if (printLock(lock) !== plain) refuseTwice(plain, await jsonc())
    return { lock }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    const { findNodeAtLocation, parseTree } = await jsonc()
    const root = parseTree(plain)
    const node = root === undefined ? undefined : closest(root, error.path, findNodeAtLocation)
    return refuse(plain, error.offset ?? node?.offset ?? 0, node?.length ?? 1, error.problem)
  }
}

type Jsonc = typeof import('jsonc-parser')

/** Only what is wrong has a place to be found. */
function jsonc(): Promise<Jsonc> {
  return import('jsonc-parser')
}

function refuseOtherVersions(value: unknown): void {
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  if (typeof version === 'number' && version > LOCK_VERSION) {
    throw new Malformed(['version'], `has version ${version}, and this mcp-gen knows no newer one than ${LOCK_VERSION}`)
  }
}

async function notJson(text: string): Promise<ReadLock> {
  const { parseTree } = await jsonc()
  const errors: ParseError[] = []
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  const [first] = errors
  return refuse(text, first?.offset ?? 0, first?.length ?? 1, 'is not JSON')
}

type Node = NonNullable<ReturnType<Jsonc['parseTree']>>

function refuseTwice(text: string, { parseTree }: Jsonc): void {
  const visit = (node: Node): void => {
    const names = new Set<unknown>()
    for (const child of node.children ?? []) {
      const [key] = child.type === 'property' ? (child.children ?? []) : []
      if (key !== undefined && names.has(key.value)) {
        throw new Malformed([], `names ${JSON.stringify(key.value)} twice`, key.offset)
      }
      if (key !== undefined) names.add(key.value)
      visit(child)
    }
  }
  const root = parseTree(text)
  if (root !== undefined) visit(root)
}

/** What is missing has no place of its own: it is missing in something. */
function closest(root: Node, path: readonly (string | number)[], find: Jsonc['findNodeAtLocation']): Node {
  for (let length = path.length; length > 0; length--) {
    const node = find(root, path.slice(0, length))
    if (node !== undefined) return node
  }
  return root
}

function refuse(text: string, offset: number, length: number, problem: string): ReadLock {
  const before = text.slice(0, offset).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const [line = ''] = text.slice(offset).split('\n', 1)
  const place = {
    ...startOf(LOCK_FILE),
    line: before.length,
    column,
    length: Math.max(1, Math.min(length, line.length)),
  }
  return { lock: null, problem, place }
}
