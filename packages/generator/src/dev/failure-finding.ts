import { createPlaceFinder, withoutDirectory } from '../load/named-paths.js'
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

/** The first place that it names in the project itself. */
function placeIn(text: string, directory: string): string | null {
  const place = createPlaceFinder(directory)(text)
  if (place === null) return null
  // A module that does not even parse as JavaScript has no source map yet.
  const source = place.path.replace(GENERATION, '').replace(/\.([mc]?)js$/, '.$1ts')
  return `${source}:${place.line}:${place.column}`
}

const GENERATION = /^\.mcp-secure\/dev\/\d+\//

/** Its first lines: the frames of Node itself help nobody. */
function withoutPaths(text: string, directory: string): string {
  const lines = text.split('\n').filter((line) => !/^\s+at .*(?:node:internal|node_modules)/.test(line))
  return withoutDirectory(lines.join('\n'), directory)
    .replace(/\.mcp-secure[/\\]dev[/\\]\d+[/\\]/g, '')
    .trim()
}
