// A test runner for Stryker: every fixture is a test, judged in this process by the rules as they were changed. A change
// is switched on by a number, so that nothing is loaded again for the next one.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deserialize } from 'node:v8'
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin'

class FixturesRunner {
  #cases = new Map()
  /** What Stryker's changes to the code look at. */
  #switches = {}
  #judge

  capabilities() {
    // A change of what runs while modules load wants a process of its own.
    return { reloadEnvironment: false }
  }

  async init() {
    globalThis.__stryker__ ??= {}
    this.#switches = globalThis.__stryker__
    for (const one of deserialize(readFileSync(process.env.MUTATION_FACTS ?? ''))) this.#cases.set(one.name, one)
  }

  async dryRun() {
    const tests = []
    for (const [id, one] of this.#cases) {
      this.#switches.currentTestId = id
      const begun = performance.now()
      const wrong = await this.#wrongWith(one)
      const result = { id, name: id, timeSpentMs: performance.now() - begun }
      tests.push(wrong === undefined ? { ...result, status: 0 } : { ...result, status: 1, failureMessage: wrong })
    }
    this.#switches.currentTestId = undefined
    return { status: 'complete', tests, mutantCoverage: this.#switches.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    Object.assign(this.#switches, { activeMutant: activeMutant.id, hitCount: 0, hitLimit })
    const tests = testFilter ?? [...this.#cases.keys()]
    for (const [index, id] of tests.entries()) {
      const wrong = await this.#wrongWith(this.#cases.get(id))
      if (wrong !== undefined) {
        return { status: 'killed', killedBy: [id], failureMessage: wrong, nrOfTests: index + 1 }
      }
    }
    return { status: 'survived', nrOfTests: tests.length }
  }

  /** What is found of a fixture that should not be, or the other way round. */
  async #wrongWith(one) {
    try {
      this.#judge ??= await loadJudge()
      return this.#judge(one)
    } catch (error) {
      return String(error)
    }
  }
}

async function loadJudge() {
  const load = (path) => import(pathToFileURL(resolve('packages', 'generator', 'dist', ...path)).href)
  const { check } = await load(['check', 'check.js'])
  const { model } = await load(['model', 'model.js'])
  const { sortDiagnostics } = await load(['diagnostics', 'sort.js'])
  return ({ facts, existing, before, expected }) => {
    // Some rules are silent where something could not be read: it is not in the model.
    const hasErrors = before.some(({ severity }) => severity === 'error')
    const found = check({ model: model(facts), existing, hasErrors })
    // Of a golden project it is said that it builds, whatever is advised.
    const [is, should] =
      expected === null
        ? [linesOf(found.filter(({ severity }) => severity === 'error')), '']
        : [linesOf(sortDiagnostics([...before, ...found])), expected]
    return is === should ? undefined : is
  }
}

/** As the compiler's own tests write them. */
function linesOf(diagnostics) {
  const at = ({ file, line, column, length }) => `${file}:${line}:${column}+${length}`
  return diagnostics
    .flatMap(({ place, severity, code, message, related }) => [
      `${at(place)} - ${severity} ${code}: ${message}\n`,
      ...related.map((other) => `  ${at(other.place)} - ${other.message}\n`),
    ])
    .join('')
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'fixtures', () => new FixturesRunner())]
