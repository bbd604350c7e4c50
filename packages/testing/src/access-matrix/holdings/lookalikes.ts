import type { HoldingRule } from './holding.js'

/** Scopes are whole words, and their case counts (RFC 6749 section 3.3). */
export const lookalikes: HoldingRule = ({ scopes }, expected) => {
  const declared = Object.keys(expected.scopes)
  const like = scopes.flatMap((scope) => [
    `${scope}x`,
    `x${scope}`,
    scope.slice(0, -1),
    scope.toUpperCase(),
    `${scope}:*`,
    '*',
  ])
  const undeclared = like.filter((scope) => scope !== '' && !declared.includes(scope))
  return [{ name: 'scopes that look like those needed', scopes: [...new Set(undeclared)], missing: scopes }]
}
