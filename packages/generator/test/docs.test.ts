import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { codes, explain } from '../dist/diagnostics/explain.js'
import { testDirectory } from './support/project.js'

const DOCS = join(testDirectory, '..', '..', '..', 'docs', 'diagnostics')
const UPDATES = process.env.UPDATE_GOLDEN === '1'

if (UPDATES) {
  mkdirSync(DOCS, { recursive: true })
  for (const code of codes) writeFileSync(join(DOCS, `${code}.md`), explain(code))
}

it('docs/diagnostics has a page for every code, and none besides', () => {
  expect(readdirSync(DOCS).sort()).toEqual(codes.map((code) => `${code}.md`))
})

it.each(codes)('the page of %s says what mcp-gen explain says', (code) => {
  expect(readFileSync(join(DOCS, `${code}.md`), 'utf8').replace(/\r\n/g, '\n')).toBe(explain(code))
})

it.each(codes)('%s is explained in whole sentences', (code) => {
  const [, cause = '', fix = ''] = /## Cause\n\n(.+)\n\n## Fix\n\n(.+)/.exec(explain(code)) ?? []
  expect(cause).toMatch(/^[A-Z`].{20,}\.$/)
  expect(fix).toMatch(/^[A-Za-z`].{20,}\.$/)
})
