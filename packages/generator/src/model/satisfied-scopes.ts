import type { ScopeFacts } from '../analyse/facts.js'

/** For each scope, every other declared scope that it implies, directly or through others. */
export function satisfiedScopes(scopes: readonly ScopeFacts[]): ReadonlyMap<string, readonly string[]> {
  const direct = new Map(scopes.map(({ name, implies }) => [name, implies.map(({ value }) => value)]))
  const order = scopes.map(({ name }) => name)
  return new Map(
    order.map((name) => {
      const reached = reach(name, direct)
      return [name, order.filter((other) => other !== name && reached.has(other))]
    }),
  )
}

function reach(from: string, direct: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [from]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const implied of direct.get(name) ?? []) {
      if (reached.has(implied)) continue
      reached.add(implied)
      waiting.push(implied)
    }
  }
  return reached
}
