// `npm run mutation`: changes the rules of the compiler and the decision of the guard, one change at a time,
// and counts how many of the changes no test notices. `--force` judges those again that were judged before.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackages } from '../scripts/build.mjs'
import { installIfNeeded, requireNode, root, runNpm } from '../scripts/install.mjs'
import { writeFacts } from './facts.mjs'

const LOWEST_SCORE = 85
/** What a mutant came to when a test, the clock or the process noticed it, and when nothing did. */
const NOTICED = ['Killed', 'Timeout']
const UNNOTICED = ['Survived', 'NoCoverage']

const started = performance.now()
requireNode()
installIfNeeded()
const own = join(root, 'mutation')
if (!existsSync(join(own, 'node_modules', '@stryker-mutator'))) runNpm(['ci', '--prefix', own, '--loglevel', 'error'])
buildPackages()

const facts = join(own, '.stryker', 'facts.bin')
const projects = await writeFacts(join(root, 'packages', 'generator', 'test'), facts)
console.log(`${projects} fixtures and golden projects are read`)

const stryker = join(own, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
const { status } = spawnSync(
  process.execPath,
  [stryker, 'run', join('mutation', 'stryker.config.json'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, MUTATION_FACTS: facts } },
)
const report = join(own, '.stryker', 'report.json')
if (!existsSync(report)) process.exit(status || 1)

const mutants = Object.values(JSON.parse(readFileSync(report, 'utf8')).files).flatMap((file) => file.mutants)
const count = (outcomes) => mutants.filter((mutant) => outcomes.includes(mutant.status)).length
const [noticed, unnoticed] = [count(NOTICED), count(UNNOTICED)]
const score = (100 * noticed) / (noticed + unnoticed)
const minutes = ((performance.now() - started) / 60_000).toFixed(1)
console.log(
  `mutation score ${score.toFixed(2)} %, at least ${LOWEST_SCORE} % wanted: ${noticed} of ${noticed + unnoticed} changes are noticed, in ${minutes} minutes`,
)
process.exit(status === 0 && score >= LOWEST_SCORE ? 0 : 1)
