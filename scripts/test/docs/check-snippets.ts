import type { Page } from './page.js'

/** Languages whose snippets must be part of a file that the tests compile, run or compare. */
const FROM_FILES = new Set(['ts', 'js', 'json', 'yaml', 'toml', 'nginx', 'dockerfile', 'http', 'markdown', 'diff'])
/** A command is checked word by word; drawings, and output of other people's programs, by nobody. */
const OTHERS = new Set(['sh', 'text', ''])
/** Where those files are: nothing else in the repository is compiled, run or compared as a whole. */
const PLACES = /^(?:examples|docs\/examples|templates|packages|conformance\/server)\//

/** What is wrong with the snippets of a page, one line each. */
export function checkSnippets({ name, blocks }: Page, read: (path: string) => string | undefined): string[] {
  return blocks.flatMap(({ language, text, file }) => {
    const where = `${name}: the block that starts with ${JSON.stringify(text.split('\n', 1)[0])}`
    if (file === undefined) {
      if (OTHERS.has(language)) return []
      const cure = FROM_FILES.has(language)
        ? 'names no file: put <!-- file: … --> before it'
        : 'has an unknown language'
      return [`${where} ${cure}`]
    }
    if (!PLACES.test(file)) return [`${where} is from ${file}, which no test looks at`]
    const source = read(file)?.replaceAll('\r\n', '\n')
    if (source === undefined) return [`${where} is from ${file}, which does not exist`]
    return hasLines(source, text) ? [] : [`${where} does not stand in ${file}`]
  })
}

/** Whether whole lines of a file are exactly these. */
function hasLines(source: string, lines: string): boolean {
  return lines.trim() !== '' && `\n${source.replace(/\n?$/, '\n')}`.includes(`\n${lines}`)
}
