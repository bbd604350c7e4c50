import { pathToFileURL } from 'node:url'

/** A place in a file of the project, as a message or a line of a stack names it. */
export interface NamedPlace {
  /** With `/`. */
  readonly path: string
  readonly line: number
  /** 1 where none is named. */
  readonly column: number
}

/** Finds the first place of a text that is in a file of the project itself, and not in what is installed there. */
export function createPlaceFinder(projectDirectory: string): (text: string) => NamedPlace | null {
  const directory = spellings(projectDirectory).map(literally).join('|')
  const place = new RegExp(`(?<![\\w/.-])(${directory})[/\\\\]([^\\n:]+):(\\d+)(?::(\\d+))?`, 'g')
  return (text) => {
    for (const [, spelling = '', inside = '', line, column = '1'] of text.matchAll(place)) {
      const path = (spelling.startsWith('file:') ? decoded(inside) : inside).replaceAll('\\', '/')
      if (!path.split('/').includes('node_modules')) return { path, line: Number(line), column: Number(column) }
    }
    return null
  }
}

/** Leaves of every path the part that is in the project: no finding holds a path of the machine. */
export function withoutDirectory(text: string, projectDirectory: string): string {
  return spellings(projectDirectory).reduce(
    (rest, spelling) => rest.replaceAll(`${spelling}/`, '').replaceAll(`${spelling}\\`, '').replaceAll(spelling, '.'),
    text,
  )
}

/** As a URL, as the system writes it, and as what loads modules writes it on Windows. */
function spellings(directory: string): readonly string[] {
  return [...new Set([pathToFileURL(directory).href, directory, directory.replaceAll('\\', '/')])]
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
