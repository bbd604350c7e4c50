import { EXCHANGE_SECRET, type World } from './world/world.js'

/** What is wrong with what the servers wrote while they were attacked. */
export function checkLogs({ target, hello, boards, issuer }: World, allowedOpaque: number): readonly string[] {
  const problems: string[] = []
  for (const [name, log] of [
    ['target', target.log],
    ['hello', hello.log],
    ['boards', boards.log],
  ] as const) {
    for (const secret of [issuer.secret, EXCHANGE_SECRET, ...issuer.issued]) {
      // The signature alone would do for somebody who knows the rest.
      const end = secret.split('.').at(-1) ?? ''
      if (end.length > 20 && log.includes(end))
        problems.push(`a token or a secret is in the log of ${name}: ${around(log, end)}`)
    }
    for (const line of log.split('\n'))
      if (!isRecord(line)) problems.push(`a line of ${name} is no record: ${line.slice(0, 100)}`)
  }
  // An error there is something that no rule foresaw.
  for (const line of `${target.log}\n${boards.log}`.split('\n'))
    if (/^\{"level":[56]0/.test(line)) problems.push(line.slice(0, 500))
  const allowed = hello.log.split('"decision":"allowed"').length - 1
  if (allowed !== allowedOpaque) problems.push(`hello let ${allowed} requests through, not ${allowedOpaque}`)
  return [...new Set(problems)]
}

function around(log: string, secret: string): string {
  const at = log.indexOf(secret)
  return (
    log
      .slice(Math.max(0, at - 600), at)
      .split('\n')
      .at(-1) ?? ''
  )
}

function isRecord(line: string): boolean {
  if (line === '' || line.startsWith('The MCP server is ready: ')) return true
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}
