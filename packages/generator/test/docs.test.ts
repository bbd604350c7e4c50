import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { catalogue, type DiagnosticCode } from '../dist/diagnostics/catalogue.js'
import { codes, explain } from '../dist/diagnostics/explain.js'
import { testDirectory } from './support/project.js'

const DOCS = join(testDirectory, '..', '..', '..', 'docs', 'diagnostics')
const UPDATES = process.env.UPDATE_GOLDEN === '1'

/** What `explain` says, with the file that its example stands in: the test of all snippets compares them. */
function page(code: DiagnosticCode): string {
  const { example } = catalogue[code]
  return example === undefined
    ? explain(code)
    : explain(code).replace('```ts', `<!-- file: ${example.file} -->\n\`\`\`ts`)
}

const index = `# Diagnostics

Every finding of \`mcp-gen build\`, with its cause and its cure. \`mcp-gen explain CODE\` prints the same page.
Errors stop a build before it writes anything; the files of the last good build stay.

| code | what it says |
|---|---|
${codes.map((code) => `| [\`${code}\`](${code}.md) | ${catalogue[code].title}${catalogue[code].severity === 'warning' ? ' (a warning)' : ''} |`).join('\n')}
`

const pages = new Map([['README.md', index], ...codes.map((code) => [`${code}.md`, page(code)] as const)])

if (UPDATES) {
  mkdirSync(DOCS, { recursive: true })
  for (const [name, text] of pages) writeFileSync(join(DOCS, name), text)
}

it('docs/diagnostics has an index and a page for every code, and none besides', () => {
  expect(readdirSync(DOCS).sort()).toEqual([...pages.keys()].sort())
})

it.each([...pages])('%s says what the catalogue says', (name, text) => {
  expect(readFileSync(join(DOCS, name), 'utf8').replace(/\r\n/g, '\n')).toBe(text)
})

it.each(codes)('%s is explained in whole sentences', (code) => {
  const [, cause = '', fix = ''] = /## Cause\n\n(.+)\n\n## Fix\n\n(.+)/.exec(explain(code)) ?? []
  expect(cause).toMatch(/^[A-Z`].{20,}\.$/)
  expect(fix).toMatch(/^[A-Za-z`].{20,}\.$/)
})
