import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map((name) => ({
  name: name.replaceAll('\\', '/'),
  text: readFileSync(join(root, name), 'utf8').replaceAll('\r', ''),
}))

/** Languages whose snippets must be part of a file that is compiled or run. */
const SOURCE = /^(ts|js|json)$/

interface Snippet {
  readonly page: string
  readonly language: string
  readonly file: string | undefined
  readonly text: string
}

const snippets: Snippet[] = pages.flatMap(({ name, text }) =>
  [...text.matchAll(/(?:<!-- file: (\S+) -->\n)?```(\w+)\n([\s\S]*?)```/g)].map((match) => ({
    page: name,
    file: match[1],
    language: match[2] ?? '',
    text: match[3] ?? '',
  })),
)

describe('the documentation', () => {
  it.each(snippets.filter(({ language }) => SOURCE.test(language)))(
    'shows in $page only source that stands in $file',
    ({ file, text }) => {
      expect(file, 'name the file that the snippet is from: <!-- file: … -->').toBeDefined()
      expect(readFileSync(join(root, file ?? ''), 'utf8').replaceAll('\r', '')).toContain(text)
    },
  )

  it.each(pages)('has no link in $name that leads nowhere', ({ name, text }) => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(#[^)\s]*)?\)/g)].map((match) => match[1] ?? '')
    for (const link of links.filter((link) => !/^[a-z]+:/.test(link))) {
      const target = resolve(root, dirname(name), link)
      expect(() => readdirOrFile(target), `${name} links to ${relative(root, target)}`).not.toThrow()
    }
  })
})

function readdirOrFile(path: string): void {
  try {
    readFileSync(path)
  } catch {
    readdirSync(path)
  }
}
