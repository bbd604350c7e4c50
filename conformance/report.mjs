// What the suite found, for people; and whether it is as it should be.

/** Prints the outcome of each leg, each check that was not passed, and the counts. Returns whether all is well. */
export function report(outcomes, refused, partial) {
  console.log('')
  const well = outcomes.map((outcome) => reportLeg(outcome, partial))
  const askedAll = refused.passed + refused.failed.length
  console.log(`${'without a token'.padEnd(18)}${refused.passed} of ${askedAll} requests answered 401`)
  for (const what of refused.failed) console.log(`  not refused: ${what}`)
  return well.every(Boolean) && refused.failed.length === 0
}

function reportLeg({ name, goal, code, printed, scenarios, seconds }, partial) {
  const checks = scenarios.flatMap((scenario) =>
    scenario.checks.map((check) => ({ ...check, scenario: scenario.name })),
  )
  const passed = checks.filter(({ status }) => status === 'SUCCESS').length
  const failed = checks.filter(({ status }) => status === 'FAILURE')
  const warned = checks.filter(({ status }) => status === 'WARNING')
  const counts = `${passed} passed, ${failed.length} failed`
  console.log(
    `${name.padEnd(18)}${counts}, ${warned.length} warnings, ${scenarios.length} scenarios, ${seconds.toFixed(1)} s`,
  )
  for (const check of [...failed, ...warned]) print(check)
  const enough = partial || passed >= goal
  if (!enough) console.log(`  fewer than the ${goal} checks that there are to pass`)
  if (code !== 0 && failed.length === 0) console.log(`  the suite ended with ${code}:\n${printed}`)
  return code === 0 && failed.length === 0 && enough
}

function print({ scenario, id, status, errorMessage }) {
  console.log(`  ${status.toLowerCase()} ${scenario} / ${id}: ${(errorMessage ?? '').slice(0, 300)}`)
}
