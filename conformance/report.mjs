// What the suite found, for people; and whether it is as it should be.
import { requiredScenarios } from './suite.mjs'

/** Prints the outcome of each leg and each check that was not passed. Returns the counts, and whether all is well. */
export function report(outcomes, refused, partial) {
  console.log('')
  const legs = outcomes.map((outcome) => reportLeg(outcome, partial))
  for (const one of refused) legs.push(reportRefused(one))
  const passed = legs.reduce((sum, leg) => sum + leg.passed, 0)
  const failed = legs.reduce((sum, leg) => sum + leg.failed, 0)
  return { passed, failed, well: failed === 0 && passed > 0 }
}

function reportRefused({ lanes, passed, failed }) {
  const counts = `${passed} passed, ${failed.length} failed`
  console.log(`${title('without a token', lanes)}${counts}: each request is answered 401`)
  for (const what of failed) console.log(`  not refused: ${what}`)
  return { passed, failed: failed.length }
}

/** The column that says what was run, on which lanes. */
function title(name, lanes) {
  return `${name}${lanes === 'sdk' ? ', SDK lane' : ''}`.padEnd(28)
}

/** What a leg lacks counts as failed: checks that were not made, scenarios that were not run, an odd exit code. */
function reportLeg(leg, partial) {
  const { name, lanes, goal, code, printed, scenarios, seconds } = leg
  const checks = scenarios.flatMap((scenario) =>
    scenario.checks.map((check) => ({ ...check, scenario: scenario.name })),
  )
  const passed = checks.filter(({ status }) => status === 'SUCCESS').length
  const failed = checks.filter(({ status }) => status === 'FAILURE')
  const warned = checks.filter(({ status }) => status === 'WARNING')
  const missing = partial ? [] : missingFrom(leg, passed)
  if (failed.length === 0 && code !== 0) missing.push(`the suite ended with ${code}:\n${printed}`)
  const counts = `${passed} passed, ${failed.length} failed`
  const took = `${scenarios.length} scenarios, ${seconds.toFixed(1)} s`
  console.log(`${title(name, lanes)}${counts}, ${warned.length} warnings, of ${goal}; ${took}`)
  for (const check of [...failed, ...warned]) print(check)
  for (const what of missing) console.log(`  ${what}`)
  return { passed, failed: failed.length + missing.length }
}

function missingFrom({ name, goal, scenarios }, passed) {
  const run = new Set(scenarios.map((scenario) => scenario.name))
  return [
    ...(passed < goal ? [`fewer than the ${goal} checks that there are to pass`] : []),
    ...requiredScenarios(name)
      .filter((scenario) => !run.has(scenario))
      .map((scenario) => `${scenario} was not run, and is required`),
  ]
}

function print({ scenario, id, status, errorMessage }) {
  console.log(`  ${status.toLowerCase()} ${scenario} / ${id}: ${(errorMessage ?? '').slice(0, 300)}`)
}
