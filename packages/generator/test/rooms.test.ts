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

it('only write writes, and in dev one file the JavaScript of the project and one a socket', () => {
  const writing =
    /\b(?:writeFile|appendFile|mkdir|rename|rm|unlink|copyFile|cp|symlink|createWriteStream|rmdir)(?:Sync)?\(/
  const dev = importing(writing).filter((file) => file.startsWith('dev/'))
  expect(dev).toEqual(['dev/dev-folder.ts', 'dev/single-instance.ts'])
  expect(rooms(importing(writing).filter((file) => !dev.includes(file)))).toEqual(['write'])
})

it('one file runs the code of the user', () => {
  expect(importing(/from 'jiti'/)).toEqual(['analyse/load-modules.ts'])
  const processes = importing(/node:child_process|node:worker_threads|node:vm/)
  // What dev starts are programs of the project, as production does; git is asked what a file was.
  const others = processes.filter((file) => !file.startsWith('dev/') && file !== 'load/file-at-ref.ts')
  expect(others).toEqual(['analyse/evaluator.ts'])
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
