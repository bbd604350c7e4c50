// `npm run mutation`: changes the rules of the compiler and the decision of the guard, one change at a time, and counts
// how many of the changes no test notices. Fixtures judge the rules, in a millisecond a change, and tests the decision.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackages } from '../scripts/build.mjs'
import { installIfNeeded, requireNode, root, runNpm } from '../scripts/install.mjs'
import { writeFacts } from './facts.mjs'

const LOWEST_SCORE = 85
/** What a change came to when a test, the clock or the process noticed it, and when nothing did. */
const NOTICED = ['Killed', 'Timeout']
const UNNOTICED = ['Survived', 'NoCoverage']

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

const scores = [judge('rules of the compiler', 'fixtures'), judge('the decision of the guard', 'tests')]
process.exit(scores.every((score) => score >= LOWEST_SCORE) ? 0 : 1)

/** Changes what the configuration of this name says, prints what nobody noticed, and gives the score in per cent. */
function judge(what, name) {
  const started = performance.now()
  const judged = changesOf(name).filter(({ status }) => [...NOTICED, ...UNNOTICED].includes(status))
  const unnoticed = judged.filter(({ status }) => UNNOTICED.includes(status))
  for (const { file, location, mutatorName, replacement } of unnoticed) {
    const { line, column } = location.start
    console.log(`${file}:${line}:${column} - ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 120)}`)
  }
  const endless = judged.filter(({ status }) => status === 'Timeout').length
  const noticed = judged.length - unnoticed.length
  const score = (100 * noticed) / judged.length
  const minutes = ((performance.now() - started) / 60_000).toFixed(1)
  console.log(
    `${what}: mutation score ${score.toFixed(2)} %, at least ${LOWEST_SCORE} % wanted: ${noticed} of ${judged.length} changes are noticed, ${endless} of them because it did not end, in ${minutes} minutes`,
  )
  return score
}

/** The changes, and what became of each. */
function changesOf(name) {
  const stryker = join(own, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  const { status } = spawnSync(process.execPath, [stryker, 'run', join(own, `${name}.config.json`)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_FACTS: facts },
  })
  const report = join(results, `${name}.json`)
  if (status !== 0 || !existsSync(report)) process.exit(status || 1)
  const { files } = JSON.parse(readFileSync(report, 'utf8'))
  return Object.entries(files).flatMap(([file, { mutants }]) => mutants.map((mutant) => ({ ...mutant, file })))
}
