// `npm run mutation`: changes the rules of the compiler and the decision of the guard, one change at a time, and counts
// how many of the changes no test notices. Fixtures judge a change of a rule in a millisecond; what they do not notice,
// and the guard, is judged by the tests.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackages } from '../scripts/build.mjs'
import { installIfNeeded, requireNode, root, runNpm } from '../scripts/install.mjs'
import { writeFacts } from './facts.mjs'

const LOWEST_SCORE = 85
/** What a change came to when a test, the clock or the process noticed it, and when nothing did. */
const NOTICED = ['Killed', 'Timeout']
const UNNOTICED = ['Survived', 'NoCoverage']

const started = performance.now()
requireNode()
installIfNeeded()
const own = import.meta.dirname
const results = join(own, '.stryker')
if (!existsSync(join(own, 'node_modules', '@stryker-mutator'))) runNpm(['ci', '--prefix', own, '--loglevel', 'error'])
buildPackages()
rmSync(results, { recursive: true, force: true })
mkdirSync(results)

const facts = join(results, 'facts.bin')
const projects = await writeFacts(join(root, 'packages', 'generator', 'test'), facts)
console.log(`${projects} fixtures and golden projects are read`)

const byFixtures = judge('fixtures')
const left = byFixtures.filter(({ status }) => UNNOTICED.includes(status))
console.log(`of ${byFixtures.length} changes of rules, ${left.length} are left to the tests`)
const byTests = judge('tests', left.map(rangeOf))

const noticedByTests = new Set(byTests.filter(({ status }) => NOTICED.includes(status)).map(nameOf))
const ofRules = new Map(byFixtures.map((mutant) => [nameOf(mutant), mutant]))
const all = [...byFixtures, ...byTests.filter((mutant) => !ofRules.has(nameOf(mutant)))]
const judged = all.filter(({ status }) => [...NOTICED, ...UNNOTICED].includes(status))
const unnoticed = judged.filter((mutant) => UNNOTICED.includes(mutant.status) && !noticedByTests.has(nameOf(mutant)))
for (const { file, location, mutatorName, replacement } of unnoticed) {
  const { line, column } = location.start
  console.log(`${file}:${line}:${column} - ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 120)}`)
}
const timedOut = judged.filter(({ status }) => status === 'Timeout').length
const noticed = judged.length - unnoticed.length
const score = (100 * noticed) / judged.length
const minutes = ((performance.now() - started) / 60_000).toFixed(1)
console.log(
  `mutation score ${score.toFixed(2)} %, at least ${LOWEST_SCORE} % wanted: ${noticed} of ${judged.length} changes are noticed, ${timedOut} of them because nothing ended any more, in ${minutes} minutes`,
)
process.exit(score >= LOWEST_SCORE ? 0 : 1)

/** The changes, and what became of each; `more` are places to change besides. */
function judge(name, more = []) {
  const said = JSON.parse(readFileSync(join(own, `${name}.config.json`), 'utf8'))
  const config = join(results, `${name}.config.json`)
  writeFileSync(config, JSON.stringify({ ...said, mutate: [...said.mutate, ...more] }))
  const stryker = join(own, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  const { status } = spawnSync(process.execPath, [stryker, 'run', config], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_FACTS: facts },
  })
  const report = join(results, `${name}.json`)
  if (status !== 0 || !existsSync(report)) process.exit(status || 1)
  const { files } = JSON.parse(readFileSync(report, 'utf8'))
  return Object.entries(files).flatMap(([file, { mutants }]) => mutants.map((mutant) => ({ ...mutant, file })))
}

/** What a change is known by in every run: its number differs. */
function nameOf({ file, location: { start, end }, mutatorName, replacement }) {
  return JSON.stringify([file, start, end, mutatorName, replacement])
}

/** As Stryker takes it: lines from 1, columns from 0. */
function rangeOf({ file, location: { start, end } }) {
  return `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`
}
