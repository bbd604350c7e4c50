import type { Answer } from '../ask.js'
import { type Finding, failure, findings, type Problem, warning } from '../finding.js'
import type { Probed } from '../look.js'

const CURE = 'Answer 401 with the same challenge whatever the method is, before anything else is looked at.'

/** MCP, Authorization: a caller without a token gets a 401, and by every method that clients probe with the same one. */
export function withoutToken(seen: Probed): readonly Finding[] {
  const answers = [seen.initialize, seen.get, seen.head].filter((reply) => reply.kind === 'answer')
  const silences = [seen.get, seen.head].filter((reply) => reply.kind === 'silence')
  const problems = [
    ...silences.map(({ cause, cure }) => failure(`asked by GET or HEAD it ${cause}`, cure)),
    ...answers.flatMap((answer) => problemOf(answer, seen)),
    ...(differ(answers) ? [failure('the challenge is another one for another method', CURE)] : []),
  ]
  return findings('without-token', problems, fine(seen))
}

function problemOf(answer: Answer, { declaresPublic }: Probed): readonly Problem[] {
  const { method, status } = answer
  if (status === 401) return []
  if (method !== 'POST' || status >= 300)
    return [failure(`${method} without a token is answered ${status}, not 401`, CURE)]
  switch (declaresPublic) {
    case true:
      return []
    case false:
      return [failure('anybody can start a session without a token, and nothing is declared public', CURE)]
    case null:
      return [
        warning(
          'anybody can start a session without a token: right only if something is meant to be public',
          'Ask for a token; or run this in the project, where it sees what is declared public.',
        ),
      ]
  }
}

function differ(answers: readonly Answer[]): boolean {
  const refusals = answers.filter(({ status }) => status === 401)
  return new Set(refusals.map(({ challenges }) => challenges.join('\n'))).size > 1
}

function fine({ initialize }: Probed): string {
  return initialize.kind === 'answer' && initialize.status === 401
    ? 'POST, GET and HEAD without a token are answered 401 alike'
    : 'a session without a token is for what is declared public; GET and HEAD are answered 401 alike'
}
