import { readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { ts } from 'ts-morph'
import { byCodeUnits } from '../model/order.js'
import { onDisk } from './layout.js'

/**
 * The files that entry files lead to by relative imports, inside the project.
 * It reads import statements only, and follows what exists.
 */
export function findSources(directory: string, entries: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const waiting = [...entries]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue
    found.add(path)
    waiting.push(...importsOf(directory, path))
  }
  return [...found].sort(byCodeUnits)
}

function importsOf(directory: string, path: string): readonly string[] {
  if (!/\.[mc]?[jt]sx?$/.test(path)) return []
  const text = read(onDisk(directory, path))
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => /^\.\.?\//.test(fileName))
    .map(({ fileName }) => posix.join(posix.dirname(path), fileName))
    .filter((target) => !target.startsWith('../'))
    .flatMap((target) => existing(directory, target))
}

function existing(directory: string, target: string): readonly string[] {
  const candidates = [target, target.replace(/\.([mc]?)js(x?)$/, '.$1ts$2'), `${target}.ts`, `${target}/index.ts`]
  const found = candidates.find((path) => statSync(onDisk(directory, path), { throwIfNoEntry: false })?.isFile())
  return found === undefined ? [] : [found]
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
