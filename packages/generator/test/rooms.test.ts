import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { analyse } from '../dist/analyse/analyse.js'
import { createEvaluator } from '../dist/analyse/evaluator.js'
import { createLoader } from '../dist/load/project.js'
import { model } from '../dist/model/model.js'
import { render } from '../dist/render/render.js'
import { plan } from '../dist/write/plan.js'
import { copyOf, filesIn, testDirectory } from './support/project.js'

const SOURCE = join(testDirectory, '..', 'src')
const files = filesIn(SOURCE)
const textOf = (file: string) => readFileSync(join(SOURCE, file), 'utf8')
const importing = (what: RegExp) => files.filter((file) => what.test(textOf(file)))
const rooms = (found: readonly string[]) => [...new Set(found.map((file) => file.split('/')[0]))].sort()

it('only load and analyse import ts-morph', () => {
  expect(rooms(importing(/'ts-morph'/))).toEqual(['analyse', 'load'])
})

it('no node leaves analyse: its facts, its values and what it hands on do not mention ts-morph', () => {
  for (const file of ['facts.ts', 'static-value.ts', 'evaluation.ts', 'analyse.ts']) {
    expect(textOf(`analyse/${file}`)).not.toContain('ts-morph')
  }
})

it('only render imports handlebars', () => {
  expect(rooms(importing(/from 'handlebars'/))).toEqual(['render'])
})

/** What of node:fs leaves the disk as it is. */
const LOOKING = ['existsSync', 'lstatSync', 'readdirSync', 'readFileSync', 'readlinkSync', 'realpathSync', 'statSync']

/** What a text takes of node:fs by name; `*` where it could be all of it. */
function takenOfDisk(text: string): readonly string[] {
  const clauses = [...text.matchAll(/import ([^'"]+?) from '(?:node:)?fs(?:\/promises)?'/g)].map(
    ([, clause = '']) => clause,
  )
  const others = /(?:import|require)\(\s*['"`](?:node:)?fs|getBuiltinModule|export [^'"]+ from '(?:node:)?fs/.test(text)
  const names = clauses.flatMap((clause) =>
    /^\{.*\}$/s.test(clause)
      ? clause
          .replace(/[{}]/g, '')
          .split(',')
          .map((name) => name.trim().replace(/ as \w+$/, ''))
      : ['*'],
  )
  return [...names, ...(others ? ['*'] : [])].filter((name) => name !== '' && !name.startsWith('type '))
}

it('only write writes, and in dev one file the JavaScript of the project and one a socket', () => {
  // A watcher looks, and goes on looking.
  const writing = files.filter((file) =>
    takenOfDisk(textOf(file)).some((name) => ![...LOOKING, 'watch'].includes(name)),
  )
  const dev = writing.filter((file) => file.startsWith('dev/'))
  expect(dev).toEqual(['dev/dev-folder.ts', 'dev/single-instance.ts'])
  expect(rooms(writing.filter((file) => !dev.includes(file)))).toEqual(['write'])
  expect(rooms(importing(/'proper-lockfile'/))).toEqual(['write'])
  // ts-morph would write as well.
  expect(importing(/\.(?:save|saveSync|emitSync|copyImmediately|deleteImmediately)\(/)).toEqual([])
})

it.each([
  `import { openSync } from 'node:fs'`,
  `import { existsSync, truncateSync as existsSyncToo } from 'fs'`,
  `import * as fs from 'node:fs'`,
  `import fs from 'node:fs'`,
  `import fs, { type Stats } from 'node:fs'`,
  `import { writeFile } from 'node:fs/promises'`,
  `const { rm } = await import('node:fs/promises')`,
  `const fs = process.getBuiltinModule('fs')`,
  `export { rmSync } from 'node:fs'`,
])('what could write is known as that: %s', (text) => {
  expect(takenOfDisk(text).every((name) => LOOKING.includes(name))).toBe(false)
})

it('one file runs the code of the user', () => {
  expect(importing(/from 'jiti'|import\('jiti'/)).toEqual(['analyse/load-modules.ts'])
  const processes = importing(/['"](?:node:)?(?:child_process|worker_threads|vm|cluster)['"]|\beval\(|new Function\(/)
  // What dev starts are programs of the project, as production does; git is asked what a file was.
  const others = processes.filter((file) => !file.startsWith('dev/') && file !== 'load/file-at-ref.ts')
  expect(others).toEqual(['analyse/evaluator.ts'])
  // A path that is put together could lead to a module of the project; what dev prepares is text of such a program.
  const computed = importing(/\b(?:import|require)\(\s*[^'"\s]/)
  expect(computed).toEqual(['dev/program-process.ts', 'dev/warm-up.ts'])
})

it('the same source gives the same bytes: no room on the way to them knows when, where or on what it runs', () => {
  const chance =
    /new Date\b|Date\.now|Math\.random|randomUUID|randomBytes|performance\.|process\.(?:env|cwd|platform|hrtime|uptime|pid)|\.(?:localeCompare|toLocale\w+)\(|\bIntl\.|node:(?:os|process)/
  const found = importing(chance)
  // What is asked of git, and a module of the user in its own process, are no part of what is generated.
  const others = ['analyse/load-modules.ts', 'analyse/watch-process.ts', 'load/file-at-ref.ts']
  const way = ['load', 'analyse', 'model', 'check', 'render', 'lock', 'access']
  expect(found.filter((file) => way.some((room) => file.startsWith(`${room}/`))).sort()).toEqual(others)
})

it('diagnostics are born in load, analyse, check and lock, and where writing failed', () => {
  expect(rooms(importing(/\bdiagnostic\(|report\.add\(/))).toEqual(['analyse', 'check', 'load', 'lock', 'write'])
})

it('the generator imports neither the runtime nor the authorization server', () => {
  expect(importing(/^(?:import|export) .*from '@mcp-secure\/(?:runtime|auth-server|testing|console)/m)).toEqual([])
})

it('every rule of check is in its table', () => {
  const rules = files.filter((file) => /^check\//.test(file) && /: Rule =/.test(textOf(file)))
  for (const file of rules) expect(textOf('check/check.ts')).toContain(`./${file.slice('check/'.length, -3)}.js'`)
})

it.each(['notes', 'offers'])(
  'what goes from room to room survives a structured clone, frozen or not: %s',
  async (name) => {
    const directory = copyOf(join(testDirectory, 'golden', name))
    const evaluator = createEvaluator({ directory, timeoutSeconds: 20, keepsSpare: false })
    try {
      const project = createLoader(directory).load()
      const { facts } = await analyse(project, evaluator)
      const server = model(facts)
      const rendered = render(server)
      const steps = plan(rendered, [])
      for (const value of [facts, server, rendered, steps]) expect(structuredClone(value)).toEqual(value)
      expect(render(structuredClone(model(structuredClone(facts))))).toEqual(rendered)
      expect(Object.isFrozen(server.tools[0]?.access.scopes)).toBe(true)
    } finally {
      evaluator.close()
    }
  },
)
