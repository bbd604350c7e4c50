// Reads every fixture and golden project of the compiler once, so that a mutant of a rule is judged without reading it again.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { serialize } from 'node:v8'
import { analyse } from '../packages/generator/dist/analyse/analyse.js'
import { createEvaluator } from '../packages/generator/dist/analyse/evaluator.js'
import { createLoader } from '../packages/generator/dist/load/project.js'

const TIMEOUT_SECONDS = 3

/** Writes what the rules get of each project, and what was found before they ran, into one file. */
export async function writeFacts(tests, file) {
  const cases = []
  for (const { name, directory } of projects(tests)) {
    const project = createLoader(directory).load()
    // Without a server, or with a syntax error, no rule runs.
    if (project.diagnostics.some(({ severity }) => severity === 'error')) continue
    const evaluator = createEvaluator({ directory, timeoutSeconds: TIMEOUT_SECONDS, keepsSpare: false })
    try {
      const { facts, diagnostics } = await analyse(project, evaluator)
      cases.push({
        name,
        facts,
        existing: project.existing,
        before: [...project.diagnostics, ...diagnostics],
        expected: expectedIn(directory),
      })
    } finally {
      evaluator.close()
    }
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, serialize(cases))
  return cases.length
}

/** What these show is found after the rules: in what is recorded of access, and in what is generated. */
const AFTER_RULES = ['access-looser', 'generated-stale', 'lock-missing', 'lock-stale', 'lock-unreadable']

function projects(tests) {
  return ['fixtures', 'golden'].flatMap((kind) =>
    readdirSync(join(tests, kind))
      .filter((name) => !AFTER_RULES.includes(name))
      .flatMap((name) => {
        const directory = join(tests, kind, name)
        if (existsSync(join(directory, 'mcp'))) return [directory]
        return readdirSync(directory).map((inner) => join(directory, inner))
      })
      .map((directory) => ({ name: directory.slice(tests.length), directory })),
  )
}

/** Nothing, of a golden project: it builds, whatever is advised. */
function expectedIn(directory) {
  const file = join(directory, 'expected.txt')
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
