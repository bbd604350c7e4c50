import { relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ConsoleBuild } from './console-messages.js'

/** What a program said when it did not start, as a finding with the place in the source that it names. */
export function failureFinding(problem: string, directory: string): ConsoleBuild['findings'][number] {
  return {
    place: placeIn(problem, directory) ?? 'main.ts:1:1',
    severity: 'error',
    code: 'server-does-not-start',
    message: withoutPaths(problem, directory),
    fix: 'Repair what it says. The last server that worked goes on until then.',
  }
}

/** The first line of the stack that is in the project itself. */
function placeIn(text: string, directory: string): string | null {
  for (const [, location = '', line, column = '1'] of text.matchAll(
    /(file:\/\/\S+?|\/[^\s():]+|[A-Z]:\\[^\s():]+):(\d+)(?::(\d+))?/g,
  )) {
    const path = inProject(location, directory)
    if (path !== null) return `${path}:${line}:${column}`
  }
  return null
}

function inProject(location: string, directory: string): string | null {
  const file = location.startsWith('file:') ? fileURLToPath(location) : location
  const path = relative(directory, file)
  if (path.startsWith('..') || path.split(sep).includes('node_modules')) return null
  // A module that does not even parse as JavaScript has no source map yet.
  return path
    .split(sep)
    .join('/')
    .replace(GENERATION, '')
    .replace(/\.([mc]?)js$/, '.$1ts')
}

const GENERATION = /^\.mcp-secure\/dev\/\d+\//

/** Its first lines: the frames of Node itself help nobody. */
function withoutPaths(text: string, directory: string): string {
  const lines = text.split('\n').filter((line) => !/^\s+at .*(?:node:internal|node_modules)/.test(line))
  return lines
    .join('\n')
    .replaceAll(`${pathToFileURL(directory).href}/`, '')
    .replaceAll(`${directory}${sep}`, '')
    .replace(/\.mcp-secure[/\\]dev[/\\]\d+[/\\]/g, '')
    .trim()
}
