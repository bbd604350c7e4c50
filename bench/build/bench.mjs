// `npm run bench:build`: how long a build takes, beside `tsc` on the same project, and how much memory it holds.
// `npm run bench:build -- --runs 9` measures more often; `-- --dry` leaves docs/performance.md as it is.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPackages } from '../../scripts/build.mjs'
import { installIfNeeded, requireNode, root, runNpm } from '../../scripts/install.mjs'
import { run, spread } from './measure.mjs'
import { writeProject } from './project.mjs'
import { number, seconds, writeReport } from './report.mjs'

const here = import.meta.dirname
const GENERATOR = join(root, 'packages', 'generator', 'bin', 'mcp-gen.js')
const COMPILER = join(here, 'node_modules', 'typescript59', 'lib', 'tsc.js')

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, dry: { type: 'boolean', default: false } },
})
const runs = Number(values.runs)
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs takes a whole number above 0, not ${values.runs}.`)
  process.exit(2)
}

requireNode()
installIfNeeded()
if (!existsSync(COMPILER)) runNpm(['ci', '--prefix', here])
buildPackages()

const made = []
try {
  const sizes = []
  for (const [tools, times] of [
    [10, runs],
    [100, runs],
    [1000, Math.max(1, Math.ceil(runs / 2))],
  ]) {
    sizes.push(await measureSize(tools, times))
  }
  const rebuilds = await measureRebuilds(sizes[1].project, runs)
  const verdicts = judge(sizes, rebuilds)
  for (const { what, measured, wanted, isMet } of verdicts) {
    console.log(`${isMet ? 'met   ' : 'MISSED'}  ${what}: ${measured}; wanted: ${wanted}`)
  }
  const { version } = JSON.parse(readFileSync(join(here, 'node_modules', 'typescript59', 'package.json'), 'utf8'))
  if (!values.dry)
    writeReport(root, { sizes, verdicts, versions: { node: process.versions.node, typescript: version } })
  process.exitCode = verdicts.every(({ isMet }) => isMet) ? 0 : 1
} finally {
  for (const project of made) rmSync(project, { recursive: true, force: true })
}

/** Both programs in turn, so that whatever else the machine does hits both alike. */
async function measureSize(tools, times) {
  const project = writeProject(tools)
  made.push(project)
  const cold = []
  const tsc = []
  const memory = []
  for (let time = 0; time < times; time++) {
    rmSync(join(project, 'generated'), { recursive: true, force: true })
    const built = await run(GENERATOR, ['build', '--project', project], root)
    cold.push(built.milliseconds)
    if (built.megabytes !== null) memory.push(built.megabytes)
    // What was built has to compile, or the comparison says nothing.
    tsc.push((await run(COMPILER, ['--noEmit', '--project', project], project)).milliseconds)
  }
  const result = {
    tools,
    project,
    cold: spread(cold),
    tsc: spread(tsc),
    ratio: spread(cold.map((milliseconds, time) => milliseconds / tsc[time])),
    megabytes: memory.length === 0 ? null : Math.max(...memory),
  }
  console.log(
    `${String(tools).padStart(5)} tools  mcp-gen build ${seconds(result.cold)}  tsc --noEmit ${seconds(result.tsc)}  ` +
      `ratio ${number(result.ratio)}  ${result.megabytes === null ? '' : `${Math.round(result.megabytes)} MB`}`,
  )
  return result
}

/** Each beside a cold build of its own, for the same reason. */
async function measureRebuilds(project, times) {
  const took = []
  const parts = []
  for (let time = 0; time < times; time++) {
    rmSync(join(project, 'generated'), { recursive: true, force: true })
    const { milliseconds } = await run(GENERATOR, ['build', '--project', project], root)
    const rebuilt = JSON.parse(
      execFileSync(process.execPath, [join(here, 'rebuild.mjs'), project, '1', '42']).toString(),
    )
    took.push(...rebuilt)
    parts.push(...rebuilt.map((one) => one / milliseconds))
  }
  return { took: spread(took), part: spread(parts) }
}

function judge([ten, hundred, thousand], rebuilds) {
  const slopes = [(hundred.cold.median - ten.cold.median) / 90, (thousand.cold.median - hundred.cold.median) / 900]
  const memory = [ten, hundred].map(({ megabytes }) => megabytes)
  return [
    {
      what: 'a cold build of 100 tools, against `tsc --noEmit`',
      measured: `${number(hundred.ratio)} of its time`,
      wanted: 'less than 1',
      isMet: hundred.ratio.median < 1,
    },
    {
      what: 'a rebuild of 100 tools after one edit',
      measured: `${Math.round(rebuilds.took.median)} ms (${Math.round(rebuilds.took.least)}–${Math.round(rebuilds.took.most)}), ${number(rebuilds.part)} of a cold build`,
      wanted: 'less than 0.1',
      isMet: rebuilds.part.median < 0.1,
    },
    {
      what: 'peak memory with 100 tools',
      measured: hundred.megabytes === null ? 'only measured on Linux' : `${Math.round(Math.max(...memory))} MB`,
      wanted: 'less than 300 MB',
      isMet: hundred.megabytes === null || Math.max(...memory) < 300,
    },
    {
      what: 'one more tool, from 100 to 1,000, against from 10 to 100',
      measured: `${slopes[1].toFixed(2)} ms, against ${slopes[0].toFixed(2)} ms`,
      wanted: 'no more, within a quarter',
      isMet: slopes[1] <= slopes[0] * 1.25,
    },
  ]
}
