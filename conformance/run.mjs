// `npm run conformance`: the official suite on a protected server that mcp-gen makes from a spec, in every revision of
// the protocol that the suite knows, without a baseline, once as it is and once with the SDK lane alone; and its
// questions to the embedded authorization server.
// Ends with 1 when anything fails. `-- --verbose` prints what the suite says, `-- --scenario NAME` asks for one thing,
// `-- --counts FILE` writes "<passed> <failed>" there.
import { rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPackages } from '../scripts/build.mjs'
import { installIfNeeded, requireNode } from '../scripts/install.mjs'
import { runAuthorization } from './authorization.mjs'
import { buildFixture, startFixture } from './fixture.mjs'
import { startFront } from './front.mjs'
import { report } from './report.mjs'
import { installSuite, nodeForSuite, runSuite } from './suite.mjs'
import { askWithoutToken } from './without-token.mjs'

/**
 * What is asked, and how many checks the server of the official SDK passes: if
 * ours pass fewer, the suite did not get as far as asking.
 */
const LEGS = [
  { name: '2025-06-18', args: ['--suite', 'all', '--spec-version', '2025-06-18'], version: '2025-06-18', goal: 56 },
  { name: '2025-11-25', args: ['--requirements', '2025-11-25'], goal: 84 },
  // `--requirements` would add the scenarios of an extension (tasks) that the list itself does not count.
  { name: '2026-07-28', args: ['--suite', 'all', '--spec-version', '2026-07-28'], goal: 152 },
]

/** Milliseconds that one scenario may take. */
const PATIENCE = '10000'

const verbose = process.argv.includes('--verbose')
const only = option('--scenario')
const countsFile = option('--counts')

function option(name) {
  const index = process.argv.indexOf(name)
  return index < 0 ? undefined : process.argv[index + 1]
}

requireNode()
installIfNeeded()
buildPackages()
installSuite()
if (nodeForSuite() === undefined) {
  console.log(`skipped: the suite needs Node 22, and none is packaged for ${process.platform} on ${process.arch}.`)
  console.log('Run this with Node 22 or newer.')
  process.exit(1)
}
buildFixture()
const results = await mkdtemp(join(tmpdir(), 'conformance-'))
try {
  const { passed, failed, well } = await main()
  if (countsFile !== undefined) writeFileSync(countsFile, `${passed} ${failed}\n`)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = well ? 0 : 1
} finally {
  rmSync(results, { recursive: true, force: true, maxRetries: 5 })
}

async function main() {
  const { createTestIssuer } = await import('@mcp-secure/testing')
  let fixture
  let token
  const target = () => fixture
  const front = await startFront({ target, token: () => token })
  const resource = `${front.origin}/mcp`
  const issuer = await createTestIssuer({ audience: resource })
  token = await issuer.issue({ scopes: ['fixture:use'], expiresIn: 3_600 })
  try {
    const outcomes = []
    const refused = []
    for (const lanes of ['both', 'sdk']) {
      fixture = await startFixture({ resource, issuer: issuer.issuer, lanes })
      for (const leg of LEGS) outcomes.push(await runLeg(leg, { lanes, front, target, token: () => token }))
      refused.push({ lanes, ...(await askWithoutToken(`http://localhost:${fixture.port}/mcp`)) })
      await fixture.stop()
    }
    if (only === undefined) outcomes.push(await runAuthorization(results))
    return report(outcomes, refused, only !== undefined)
  } finally {
    await fixture?.stop()
    await issuer.stop()
    await front.close()
  }
}

async function runLeg({ name, args, version, goal }, { lanes, front, target, token }) {
  const own = version === undefined ? undefined : await startFront({ target, token, version })
  const what = only === undefined ? args : ['--scenario', only, '--spec-version', name]
  const url = `${(own ?? front).origin}/mcp`
  const started = performance.now()
  try {
    const run = await runSuite(['server', '--url', url, ...what, '--timeout', PATIENCE], join(results, lanes, name))
    if (verbose) console.log(run.printed)
    return { ...run, name, lanes, goal, seconds: (performance.now() - started) / 1_000 }
  } finally {
    await own?.close()
  }
}
